package dev.weir.access;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.web.Places;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The people of a Weir that keeps its own accounts. An account is never deleted, so that what somebody did keeps its name; the last
 * working Admin can be neither disabled nor demoted.
 */
@ApplicationScoped
@Transactional
public class People {

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@+-]{1,99}");

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final OwnEnvironments own;
    private final Instance<Places> places;
    private final AccessConfig config;
    private final Hashing hashing;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Sql sql;
    private final Clock clock;

    People(
            AccountRepository accounts,
            Sessions sessions,
            OwnEnvironments own,
            Instance<Places> places,
            AccessConfig config,
            Hashing hashing,
            ChangeLog log,
            CurrentActor current,
            Sql sql,
            Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.own = own;
        this.places = places;
        this.config = config;
        this.hashing = hashing;
        this.log = log;
        this.current = current;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of a change. */
    enum Outcome {
        DONE,
        UNKNOWN,
        LAST_ADMIN
    }

    public List<Person> list() {
        return accounts.all().stream().map(Person::of).toList();
    }

    static String normalised(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    static boolean validLogin(String login) {
        return LOGIN.matcher(login).matches();
    }

    /** A new person, and the token with which that person sets a password; empty where the login is taken. */
    @RolesAllowed(Role.ADMIN)
    Optional<Token> invite(String login, String name, String role) {
        var account = new Account(UUID.randomUUID().toString(), login, name, role, Optional.empty(), false);
        if (!accounts.add(account, clock.instant())) {
            return Optional.empty();
        }
        var token = link(account.id());
        log.write(account.introduced(current.actor(), "invited"));
        return Optional.of(token);
    }

    /** A new token with which somebody sets another password; the one before dies. Empty where there is nobody. */
    @RolesAllowed(Role.ADMIN)
    Optional<Token> newLink(String id) {
        return accounts.byId(id).filter(account -> !account.disabled()).map(account -> {
            var token = link(account.id());
            log.write(Entry.of(current.actor(), "link-made", account.thing()));
            return token;
        });
    }

    private Token link(String account) {
        var token = Token.fresh();
        sql.change("delete from account_link where account = ?", account);
        sql.change(
                "insert into account_link (account, token_hash, expires_at) values (?, ?, ?)",
                account,
                token.hash(),
                clock.instant().plus(config.passwordLink()));
        return token;
    }

    @RolesAllowed(Role.ADMIN)
    Outcome changeRole(String id, String role) {
        return changing(id, !role.equals(Role.ADMIN), account -> {
            accounts.setRole(id, role);
            log.writeIfChanged(
                    Entry.of(current.actor(), "role-changed", account.thing()).change("role", account.role(), role));
        });
    }

    /** Which environments are somebody's own. {@link Outcome#UNKNOWN} also where there is no such environment. */
    @RolesAllowed(Role.ADMIN)
    Outcome changeEnvironments(String id, Set<String> keys) {
        var known = places.stream()
                .flatMap(some -> some.places().stream())
                .map(place -> place.key().value())
                .collect(Collectors.toSet());
        if (!known.containsAll(keys)) {
            return Outcome.UNKNOWN;
        }
        return changing(id, false, account -> {
            var before = own.of(id);
            var after = new TreeSet<>(keys);
            own.replace(id, after);
            log.writeIfChanged(Entry.of(current.actor(), "environments-changed", account.thing())
                    .change("environments", List.copyOf(before), List.copyOf(after)));
        });
    }

    /** Ends the person's sessions with it. */
    @RolesAllowed(Role.ADMIN)
    Outcome disable(String id) {
        return changing(id, true, account -> {
            accounts.setDisabled(id, true);
            sessions.endAll(id);
            sql.change("delete from account_link where account = ?", id);
            log.write(Entry.of(current.actor(), "disabled", account.thing())
                    .change("disabled", account.disabled(), true));
        });
    }

    @RolesAllowed(Role.ADMIN)
    Outcome enable(String id) {
        return changing(id, false, account -> {
            accounts.setDisabled(id, false);
            log.write(Entry.of(current.actor(), "enabled", account.thing())
                    .change("disabled", account.disabled(), false));
        });
    }

    @RolesAllowed(Role.ADMIN)
    Outcome endSessions(String id) {
        return changing(id, false, account -> {
            sessions.endAll(id);
            log.write(Entry.of(current.actor(), "sessions-ended", account.thing()));
        });
    }

    private Outcome changing(String id, boolean takesAnAdminAway, Consumer<Account> change) {
        var admins = accounts.workingAdmins();
        // Read after the lock: what the log says was before must still hold.
        var account = accounts.byId(id);
        if (account.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (takesAnAdminAway && admins.equals(List.of(id))) {
            return Outcome.LAST_ADMIN;
        }
        change.accept(account.get());
        return Outcome.DONE;
    }

    /** Whom a link is for, while it is good. */
    Optional<Account> holder(Token token) {
        return sql.first(
                        "select l.account from account_link l where l.token_hash = ? and l.expires_at > ?",
                        row -> row.getString(1),
                        token.hash(),
                        clock.instant())
                .flatMap(accounts::byId)
                .filter(account -> !account.disabled());
    }

    /** Uses a link up: sets the password and ends all sessions that the old one began. False where the link is not good any more. */
    boolean setPassword(Token token, String password) {
        var holder = holder(token);
        if (holder.isEmpty() || sql.change("delete from account_link where token_hash = ?", token.hash()) != 1) {
            return false;
        }
        accounts.setPassword(holder.get().id(), hashing.hash(password));
        sessions.endAll(holder.get().id());
        log.write(Entry.of(
                holder.get().actor(Actor.Means.LINK),
                "password-set",
                holder.get().thing()));
        return true;
    }

    /** One's own password; ends all sessions but this one. */
    void changeOwnPassword(Account account, String password, Token session) {
        accounts.setPassword(account.id(), hashing.hash(password));
        sessions.endOthers(account.id(), session);
        log.write(Entry.of(account.actor(Actor.Means.SESSION), "password-changed", account.thing()));
    }

    /** Somebody in a session of this account gave a wrong password for it. */
    void refusedPassword(Account account) {
        log.write(Entry.of(account.actor(Actor.Means.SESSION), "password-refused", account.thing()));
    }

    /** One of one's own sessions. */
    void endOwnSession(Account account, String session) {
        if (sessions.end(account.id(), session)) {
            log.write(Entry.of(account.actor(Actor.Means.SESSION), "session-ended", account.thing()));
        }
    }
}
