package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

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
    private final AccessConfig config;
    private final Sql sql;
    private final Clock clock;

    People(AccountRepository accounts, Sessions sessions, AccessConfig config, Sql sql, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.config = config;
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
        return accounts.add(account, clock.instant()) ? Optional.of(link(account.id())) : Optional.empty();
    }

    /** A new token with which somebody sets another password; the one before dies. Empty where there is nobody. */
    @RolesAllowed(Role.ADMIN)
    Optional<Token> newLink(String id) {
        return accounts.byId(id).filter(account -> !account.disabled()).map(account -> link(account.id()));
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
        return changing(id, !role.equals(Role.ADMIN), () -> accounts.setRole(id, role));
    }

    /** Ends the person's sessions with it. */
    @RolesAllowed(Role.ADMIN)
    Outcome disable(String id) {
        return changing(id, true, () -> {
            accounts.setDisabled(id, true);
            sessions.endAll(id);
            sql.change("delete from account_link where account = ?", id);
        });
    }

    @RolesAllowed(Role.ADMIN)
    Outcome enable(String id) {
        return changing(id, false, () -> accounts.setDisabled(id, false));
    }

    @RolesAllowed(Role.ADMIN)
    Outcome endSessions(String id) {
        return changing(id, false, () -> sessions.endAll(id));
    }

    private Outcome changing(String id, boolean takesAnAdminAway, Runnable change) {
        if (accounts.byId(id).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        var admins = accounts.workingAdmins();
        if (takesAnAdminAway && admins.equals(List.of(id))) {
            return Outcome.LAST_ADMIN;
        }
        change.run();
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
        accounts.setPassword(holder.get().id(), Passwords.hash(password));
        sessions.endAll(holder.get().id());
        return true;
    }

    /** One's own password; ends all sessions but this one. */
    void changeOwnPassword(Account account, String password, Token session) {
        accounts.setPassword(account.id(), Passwords.hash(password));
        sessions.endOthers(account.id(), session);
    }
}
