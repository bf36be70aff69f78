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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The people of a Weir that keeps its own accounts. An account is never deleted, so that what somebody did keeps its name; the last
 * working Admin can be neither disabled nor demoted.
 */
@ApplicationScoped
@Transactional
public class People {

    /** Accounts, disabled ones too: none is ever deleted. */
    static final int MOST = 10_000;

    static final int LONGEST_NAME = 100;
    static final int LONGEST_REASON = 1000;

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@+-]{1,99}");

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final SecondPerson second;
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
            PersonalTokens tokens,
            SecondPerson second,
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
        this.tokens = tokens;
        this.second = second;
        this.own = own;
        this.places = places;
        this.config = config;
        this.hashing = hashing;
        this.log = log;
        this.current = current;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of a change. Each but the first one changed nothing. */
    public enum Outcome {
        DONE(200, "Done."),
        UNKNOWN(404, "There is no such person."),
        OUTDATED(
                412,
                "Somebody else changed this person while you were reading, or they did themselves. Nothing of yours was saved."),
        NO_ENVIRONMENT(422, "There is no such environment."),
        LAST_ADMIN(409, "This is the last Admin who can sign in. Make somebody else an Admin first."),
        TOO_MANY(409, "There are " + MOST + " people: Weir keeps no more accounts."),
        TAKEN(409, "Somebody has this sign-in name already."),
        DISABLED(409, "This person is disabled."),
        NAME_WRONG(422, "Give a name of at most " + LONGEST_NAME + " characters, on one line."),
        LOGIN_WRONG(
                422,
                "A sign-in name has 2 to 100 letters, digits or any of . _ @ + - and starts with a letter or a digit."),
        ROLE_WRONG(422, "Choose a role."),
        BY_PROGRAM(
                403,
                "A program lets nobody in: a person makes an Admin, and enables an account again, on the page People."),
        REASON_WRONG(422, "A reason has at most " + LONGEST_REASON + " characters.");

        private final int status;
        private final String words;

        Outcome(int status, String words) {
            this.status = status;
            this.words = words;
        }

        /** For programs; a page that was lost in a race is a conflict. */
        public int status() {
            return status;
        }

        int pageStatus() {
            return this == OUTDATED ? 409 : status;
        }

        public String words() {
            return words;
        }
    }

    /** A person, and the token with which that person sets a password; neither where the outcome isn't {@link Outcome#DONE}. */
    record Linked(Outcome outcome, Optional<Person> person, Optional<Token> token) {

        private static Linked refused(Outcome outcome) {
            return new Linked(outcome, Optional.empty(), Optional.empty());
        }
    }

    public List<Person> list() {
        return accounts.all().stream().map(Person::of).toList();
    }

    static String normalised(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with how somebody is to be called. */
    static Optional<Outcome> objection(String name, String login) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(People::unwritable)) {
            return Optional.of(Outcome.NAME_WRONG);
        }
        return LOGIN.matcher(login).matches() ? Optional.empty() : Optional.of(Outcome.LOGIN_WRONG);
    }

    /** What no line has, or not every database can hold. */
    private static boolean unwritable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Optional<Person> find(String id) {
        return accounts.byId(id).map(Person::of);
    }

    /**
     * Somebody new, who sets a password by the link; {@code reason} may be empty. A program gets no link: who has stolen its token would
     * be a person by it, who stays when the token is revoked.
     */
    @RolesAllowed(Role.ADMIN)
    Linked invite(String login, String name, String role, String reason) {
        var normalised = normalised(login);
        var objection = objection(name, normalised)
                .or(() -> Role.ALL.contains(role) ? Optional.empty() : Optional.of(Outcome.ROLE_WRONG))
                .or(() -> reasonable(reason) ? Optional.empty() : Optional.of(Outcome.REASON_WRONG));
        if (objection.isPresent()) {
            return Linked.refused(objection.get());
        }
        if (accounts.number() >= MOST) {
            return Linked.refused(Outcome.TOO_MANY);
        }
        var account = new Account(UUID.randomUUID().toString(), normalised, name.strip(), role, Optional.empty());
        if (!accounts.add(account, clock.instant())) {
            return Linked.refused(Outcome.TAKEN);
        }
        var token = byProgram() ? Optional.<Token>empty() : Optional.of(link(account.id()));
        letIn(account.id(), SecondPerson.Way.INVITED);
        log.write(account.introduced(current.actor(), "invited").because(reason.strip()));
        return linked(account.id(), token);
    }

    /** A new link by which somebody sets another password; the one before dies. */
    @RolesAllowed(Role.ADMIN)
    Linked newLink(String id, long version) {
        var found = accounts.lock(id);
        if (found.isEmpty()) {
            return Linked.refused(Outcome.UNKNOWN);
        }
        if (found.get().version() != version) {
            return Linked.refused(Outcome.OUTDATED);
        }
        if (found.get().disabled()) {
            return Linked.refused(Outcome.DISABLED);
        }
        if (byProgram()) {
            return Linked.refused(Outcome.BY_PROGRAM);
        }
        accounts.touch(id);
        var token = link(id);
        letIn(id, SecondPerson.Way.LINK);
        log.write(Entry.of(current.actor(), "link-made", found.get().thing()));
        return linked(id, Optional.of(token));
    }

    private boolean byProgram() {
        return current.actor().means() == Actor.Means.TOKEN;
    }

    private void letIn(String account, SecondPerson.Way way) {
        second.letIn(account, current.actor().subject(), way, clock.instant());
    }

    private Linked linked(String id, Optional<Token> token) {
        return new Linked(Outcome.DONE, find(id), token);
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

    /**
     * What somebody may do, whether they may sign in at all, and which environments are their own, where that is said. A program makes no
     * Admin and enables nobody.
     *
     * @param reason of whatever of it changes; may be empty
     */
    @RolesAllowed(Role.ADMIN)
    public Outcome change(
            String id, String role, boolean disabled, Optional<Set<String>> environments, long version, String reason) {
        return change(
                id,
                role,
                disabled,
                environments,
                version,
                reason,
                current.actor().subject());
    }

    /** The same, where somebody has asked for it: whom it lets in is let in by both. */
    @RolesAllowed(Role.ADMIN)
    public Outcome change(
            String id,
            String role,
            boolean disabled,
            Optional<Set<String>> environments,
            long version,
            String reason,
            String asker) {
        if (!Role.ALL.contains(role)) {
            return Outcome.ROLE_WRONG;
        }
        if (!reasonable(reason)) {
            return Outcome.REASON_WRONG;
        }
        if (!known(environments.orElse(Set.of()))) {
            return Outcome.NO_ENVIRONMENT;
        }
        Predicate<Account> letsIn = account -> (account.disabled() && !disabled)
                || (role.equals(Role.ADMIN) && !account.role().equals(Role.ADMIN));
        return changing(id, version, !role.equals(Role.ADMIN) || disabled, letsIn, account -> {
            changeRole(account, role, reason);
            setDisabled(account, disabled, reason);
            environments.ifPresent(keys -> changeEnvironments(account, keys, reason));
            if (letsIn.test(account)) {
                second.letIn(id, asker, SecondPerson.Way.ROLE, clock.instant());
            }
        });
    }

    /** {@code reason} may be empty. */
    @RolesAllowed(Role.ADMIN)
    Outcome changeRole(String id, String role, long version, String reason) {
        if (!reasonable(reason)) {
            return Outcome.REASON_WRONG;
        }
        return Role.ALL.contains(role)
                ? changing(id, version, !role.equals(Role.ADMIN), account -> changeRole(account, role, reason))
                : Outcome.ROLE_WRONG;
    }

    private static boolean reasonable(String reason) {
        return reason.strip().codePointCount(0, reason.strip().length()) <= LONGEST_REASON;
    }

    private void changeRole(Account account, String role, String reason) {
        accounts.setRole(account.id(), role);
        if (role.equals(Role.ADMIN) && !account.role().equals(role)) {
            letIn(account.id(), SecondPerson.Way.ROLE);
        }
        log.writeIfChanged(Entry.of(current.actor(), "role-changed", account.thing())
                .change("role", account.role(), role)
                .because(reason.strip()));
    }

    /** Which environments are somebody's own. */
    @RolesAllowed(Role.ADMIN)
    Outcome changeEnvironments(String id, Set<String> keys, long version) {
        return known(keys)
                ? changing(id, version, false, account -> changeEnvironments(account, keys, ""))
                : Outcome.NO_ENVIRONMENT;
    }

    private boolean known(Set<String> keys) {
        return places.stream()
                .flatMap(some -> some.places().stream())
                .map(place -> place.key().value())
                .collect(Collectors.toSet())
                .containsAll(keys);
    }

    private void changeEnvironments(Account account, Set<String> keys, String reason) {
        var before = own.of(account.id());
        var after = new TreeSet<>(keys);
        own.replace(account.id(), after);
        accounts.touch(account.id());
        log.writeIfChanged(Entry.of(current.actor(), "environments-changed", account.thing())
                .change("environments", List.copyOf(before), List.copyOf(after))
                .because(reason.strip()));
    }

    /** Ends the person's sessions with it, and revokes their tokens: whoever comes back makes new ones. */
    @RolesAllowed(Role.ADMIN)
    Outcome disable(String id, long version) {
        return changing(id, version, true, account -> setDisabled(account, true, ""));
    }

    @RolesAllowed(Role.ADMIN)
    Outcome enable(String id, long version) {
        return changing(id, version, false, account -> setDisabled(account, false, ""));
    }

    private void setDisabled(Account account, boolean disabled, String reason) {
        accounts.setDisabled(account.id(), disabled);
        if (disabled) {
            sessions.endAll(account.id());
            sql.change("delete from account_link where account = ?", account.id());
            tokens.revokeAll(account, current.actor());
        } else if (account.disabled()) {
            letIn(account.id(), SecondPerson.Way.ENABLED);
        }
        log.writeIfChanged(Entry.of(current.actor(), disabled ? "disabled" : "enabled", account.thing())
                .change("disabled", account.disabled(), disabled)
                .because(reason.strip()));
    }

    /** All that there are: whatever was looked at, none of it is lost by it. */
    @RolesAllowed(Role.ADMIN)
    Outcome endSessions(String id) {
        var found = accounts.byId(id);
        if (found.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        sessions.endAll(id);
        log.write(Entry.of(current.actor(), "sessions-ended", found.get().thing()));
        return Outcome.DONE;
    }

    private Outcome changing(String id, long version, boolean takesAnAdminAway, Consumer<Account> change) {
        return changing(id, version, takesAnAdminAway, account -> false, change);
    }

    private Outcome changing(
            String id, long version, boolean takesAnAdminAway, Predicate<Account> letsIn, Consumer<Account> change) {
        var admins = accounts.workingAdmins();
        // Read after the lock: what the log says was before must still hold.
        var account = accounts.lock(id);
        if (account.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (account.get().version() != version) {
            return Outcome.OUTDATED;
        }
        if (takesAnAdminAway && admins.equals(List.of(id))) {
            return Outcome.LAST_ADMIN;
        }
        if (byProgram() && letsIn.test(account.get())) {
            return Outcome.BY_PROGRAM;
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

    /** Uses a link up: sets the password, ends all sessions and revokes all tokens of whoever had the old one. False where the link is not good any more. */
    boolean setPassword(Token token, String password) {
        var holder = holder(token);
        if (holder.isEmpty()) {
            return false;
        }
        // Before anything is held: it takes long.
        var hash = hashing.hash(password);
        // The account before its link, as whoever makes another link or disables somebody.
        var account = accounts.lock(holder.get().id()).filter(locked -> !locked.disabled());
        if (account.isEmpty() || sql.change("delete from account_link where token_hash = ?", token.hash()) != 1) {
            return false;
        }
        accounts.setPassword(account.get().id(), hash);
        sessions.endAll(account.get().id());
        var by = account.get().actor(Actor.Means.LINK);
        tokens.revokeAll(account.get(), by);
        log.write(Entry.of(by, "password-set", account.get().thing()));
        return true;
    }

    /** One's own password; ends all sessions but this one. False where the one that was compared, or the session, is not good any more. */
    boolean changeOwnPassword(Account compared, String password, Token session) {
        // Before anything is held: it takes long.
        var hash = hashing.hash(password);
        var account = accounts.lock(compared.id())
                .filter(locked -> locked.passwordHash().equals(compared.passwordHash()))
                .filter(locked -> sessions.lasts(session));
        if (account.isEmpty()) {
            return false;
        }
        accounts.setPassword(account.get().id(), hash);
        sessions.endOthers(account.get().id(), session);
        log.write(Entry.of(
                account.get().actor(Actor.Means.SESSION),
                "password-changed",
                account.get().thing()));
        return true;
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
