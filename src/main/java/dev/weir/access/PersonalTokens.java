package dev.weir.access;

import dev.weir.access.PersonalToken.Scope;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens that people make for their programs: made, looked up, revoked. Weir keeps the hash of a secret and never the secret. */
@ApplicationScoped
@Transactional
class PersonalTokens {

    /** Being used is written down at most this often. */
    private static final Duration USED_EVERY = Duration.ofHours(1);

    private static final int SHOWN = 200;

    private static final String COLUMNS = "t.id, t.name, t.scope, t.created_at, t.expires_at, t.used_at";

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final Sql sql;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    PersonalTokens(
            AccountRepository accounts, Sessions sessions, Sql sql, ChangeLog log, CurrentActor current, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.sql = sql;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** Whose token it is, and which. */
    record Bearer(Account account, PersonalToken token) {}

    /** Somebody's token, as others see it; {@code account} is whose it is, {@code owner} what they are called. */
    record Known(String account, String owner, PersonalToken token) {}

    List<PersonalToken> of(Account account) {
        return of(account.id());
    }

    private List<PersonalToken> of(String account) {
        return sql.list(
                "select " + COLUMNS + " from personal_token t where t.account = ? order by t.created_at desc, t.id",
                PersonalTokens::token,
                account);
    }

    /** Everybody's that can still be used, the newest first, at most {@value #SHOWN}: who lets which program do what. */
    List<Known> newest() {
        return known(" limit " + SHOWN);
    }

    /** All of them. */
    List<Known> all() {
        return known("");
    }

    private List<Known> known(String limit) {
        return sql.list(
                "select a.id as account_id, a.name as account_name, " + COLUMNS
                        + " from personal_token t join account a on a.id = t.account"
                        + " where not a.disabled and t.expires_at > ? order by t.created_at desc, t.id" + limit,
                row -> new Known(row.getString("account_id"), row.getString("account_name"), token(row)),
                clock.instant());
    }

    /**
     * What became of making one.
     *
     * @param secret which nobody can be shown again
     * @param ended whether none was made because the session has ended; else it was because the account has as many as it may have
     */
    record Made(Optional<String> secret, boolean ended) {
        private static final Made FULL = new Made(Optional.empty(), false);
        private static final Made ENDED = new Made(Optional.empty(), true);
    }

    /** For whoever is in this session still: who waits here while a password is reset, or the account is disabled, makes none. */
    Made make(Account asked, Token session, String name, Scope scope, int days) {
        // Two at once must not both find room.
        var locked = accounts.lock(asked.id()).filter(found -> sessions.lasts(session));
        if (locked.isEmpty()) {
            return Made.ENDED;
        }
        var account = locked.get();
        if (!Scope.madeBy(account.role()).contains(scope)) {
            throw new ForbiddenException("this role makes no such token");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        forgetExpired(account, now);
        if (sql.number("select count(*) from personal_token where account = ?", account.id()) >= PersonalToken.MOST) {
            return Made.FULL;
        }
        var secret = PersonalToken.PREFIX + Token.fresh().secret();
        var id = UUID.randomUUID().toString();
        var until = now.plus(Duration.ofDays(days));
        sql.change(
                "insert into personal_token (id, account, token_hash, name, scope, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                account.id(),
                new Token(secret).hash(),
                name,
                scope.id(),
                now,
                until);
        log.write(Entry.of(current.actor(), "made", thing(id))
                .change("name", null, name)
                .change("scope", null, scope.id())
                .change("account", null, account.id())
                .change("expires", null, until.toString()));
        return new Made(Optional.of(secret), false);
    }

    /** One's own; an Admin's doing, anybody's. False where there is no such token, or it is another's. */
    boolean revoke(String id) {
        var owner = sql.first("select account from personal_token where id = ?", row -> row.getString(1), id)
                .filter(found -> mine(found) || current.is(Role.ADMIN));
        return owner.isPresent()
                && of(owner.get()).stream()
                        .filter(token -> token.id().equals(id))
                        .anyMatch(token -> revoked(owner.get(), token, current.actor()));
    }

    /** Whether this account is that of whoever makes this request. */
    boolean mine(String account) {
        return current.actor().subject().equals("local:" + account);
    }

    /** All that an account has. */
    void revokeAll(Account account, Actor by) {
        of(account).forEach(token -> revoked(account.id(), token, by));
    }

    private boolean revoked(String account, PersonalToken token, Actor by) {
        if (sql.change("delete from personal_token where account = ? and id = ?", account, token.id()) == 0) {
            return false;
        }
        log.write(Entry.of(by, "revoked", thing(token.id()))
                .change("name", token.name(), null)
                .change("account", account, null));
        return true;
    }

    /** Who stands behind a secret now; empty when it is revoked or too old, or the account is disabled. */
    Optional<Bearer> bearer(String secret) {
        var now = clock.instant();
        var found = sql.first(
                "select a.id as account_id, a.login, a.name as account_name, a.role, a.password_hash, a.disabled, a.version, "
                        + COLUMNS
                        + " from personal_token t join account a on a.id = t.account"
                        + " where t.token_hash = ? and not a.disabled and t.expires_at > ?",
                PersonalTokens::bearer,
                new Token(secret).hash(),
                now);
        if (found.isPresent()
                && found.get()
                        .token()
                        .usedAt()
                        .filter(at -> at.isAfter(now.minus(USED_EVERY)))
                        .isEmpty()) {
            sql.change(
                    "update personal_token set used_at = ? where id = ?",
                    now.truncatedTo(ChronoUnit.HOURS),
                    found.get().token().id());
        }
        return found;
    }

    /** Why a secret is not believed. */
    record WhyNot(String token, String about, String why) {
        static final WhyNot UNKNOWN = new WhyNot("unknown", "nobody", "unknown or revoked");
    }

    /** Of a token that was revoked Weir knows nothing any more. */
    WhyNot whyNot(String secret) {
        return sql.first(
                        "select t.id, t.account, t.expires_at, a.disabled from personal_token t join account a on a.id = t.account"
                                + " where t.token_hash = ?",
                        row -> new WhyNot(
                                row.getString("id"),
                                "local:" + row.getString("account"),
                                row.getBoolean("disabled") ? "its account is disabled" : "expired"),
                        new Token(secret).hash())
                .orElse(WhyNot.UNKNOWN);
    }

    private void forgetExpired(Account account, Instant now) {
        sql.change("delete from personal_token where account = ? and expires_at <= ?", account.id(), now);
    }

    private static Thing thing(String id) {
        return Thing.of("token", id);
    }

    private static Bearer bearer(ResultSet row) throws SQLException {
        var account = new Account(
                row.getString("account_id"),
                row.getString("login"),
                row.getString("account_name"),
                row.getString("role"),
                Optional.ofNullable(row.getString("password_hash")),
                row.getBoolean("disabled"),
                row.getLong("version"));
        return new Bearer(account, token(row));
    }

    private static PersonalToken token(ResultSet row) throws SQLException {
        return new PersonalToken(
                row.getString("id"),
                row.getString("name"),
                Scope.of(row.getString("scope")).orElse(Scope.CHECK),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                Sql.instantIfAny(row, "used_at"));
    }
}
