package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is signed in, kept on the server: ending a session here ends it everywhere, whoever holds a copy of the cookie. */
@ApplicationScoped
class Sessions {

    /** Being seen is written down at most this often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final int BROWSER_LENGTH = 200;

    private final AccountRepository accounts;
    private final Sql sql;
    private final AccessConfig config;
    private final Clock clock;

    Sessions(AccountRepository accounts, Sql sql, AccessConfig config, Clock clock) {
        this.accounts = accounts;
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    /** One session as its owner sees it. {@code id} is the hash: it can end the session, not use it. */
    record Session(String id, Instant createdAt, Instant seenAt, String browser) {}

    private record Seen(Account account, Instant seenAt) {}

    /** Empty where the account was disabled, or has another password, since it was looked at: comparing one takes long. */
    @Transactional
    Optional<Token> begin(Account account, String browser) {
        var locked = accounts.lock(account.id())
                .filter(now -> !now.disabled())
                .filter(now -> now.passwordHash().equals(account.passwordHash()));
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        var token = Token.fresh();
        var now = clock.instant();
        sql.change(
                "insert into account_session (token_hash, account, created_at, seen_at, browser) values (?, ?, ?, ?, ?)",
                token.hash(),
                account.id(),
                now,
                now,
                browser.substring(0, Math.min(BROWSER_LENGTH, browser.length())));
        return Optional.of(token);
    }

    /** The account that a token stands for; empty when it ended, was idle too long, or the account is disabled. */
    @Transactional
    Optional<Account> account(Token token) {
        var now = clock.instant();
        var seen = sql.first(
                "select " + AccountRepository.COLUMNS + ", s.seen_at from account_session s"
                        + " join account a on a.id = s.account"
                        + " where s.token_hash = ? and not a.disabled and s.created_at > ? and s.seen_at > ?",
                row -> new Seen(AccountRepository.account(row), Sql.instant(row, "seen_at")),
                token.hash(),
                now.minus(config.absolute()),
                now.minus(config.idle()));
        if (seen.isPresent() && seen.get().seenAt().isBefore(now.minus(SEEN_EVERY))) {
            sql.change("update account_session set seen_at = ? where token_hash = ?", now, token.hash());
        }
        return seen.map(Seen::account);
    }

    /** Whether {@link #account} would still find somebody; doesn't keep the session alive. */
    boolean lasts(Token token) {
        var now = clock.instant();
        return sql.number(
                        "select count(*) from account_session s join account a on a.id = s.account"
                                + " where s.token_hash = ? and not a.disabled and s.created_at > ? and s.seen_at > ?",
                        token.hash(),
                        now.minus(config.absolute()),
                        now.minus(config.idle()))
                > 0;
    }

    List<Session> of(String account) {
        var now = clock.instant();
        return sql.list(
                "select s.token_hash, s.created_at, s.seen_at, s.browser from account_session s"
                        + " where s.account = ? and s.created_at > ? and s.seen_at > ? order by s.seen_at desc",
                row -> new Session(
                        row.getString("token_hash"),
                        Sql.instant(row, "created_at"),
                        Sql.instant(row, "seen_at"),
                        row.getString("browser")),
                account,
                now.minus(config.absolute()),
                now.minus(config.idle()));
    }

    @Transactional
    void end(Token token) {
        sql.change("delete from account_session where token_hash = ?", token.hash());
    }

    @Transactional
    boolean end(String account, String session) {
        return sql.change("delete from account_session where account = ? and token_hash = ?", account, session) == 1;
    }

    @Transactional
    void endAll(String account) {
        sql.change("delete from account_session where account = ?", account);
    }

    @Transactional
    void endOthers(String account, Token kept) {
        sql.change("delete from account_session where account = ? and token_hash <> ?", account, kept.hash());
    }

    /** What can't be used any more. */
    @Transactional
    void forgetEnded() {
        var now = clock.instant();
        sql.change(
                "delete from account_session where created_at <= ? or seen_at <= ?",
                now.minus(config.absolute()),
                now.minus(config.idle()));
    }
}
