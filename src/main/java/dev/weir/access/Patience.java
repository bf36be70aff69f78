package dev.weir.access;

import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes guessing slow: after some failures the next attempt for the same login, or from the same address, must wait, twice as long
 * each time. An attempt counts as failed before it is looked at, so that many at once gain nothing.
 */
@ApplicationScoped
class Patience {

    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int FREE_FOR_A_LOGIN = 5;
    /** Many people may share an address. */
    private static final int FREE_FOR_AN_ADDRESS = 30;

    /** Without this a large office behind one address would add up its typing errors until nobody there gets in. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Sql sql;
    private final Clock clock;

    Patience(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Failures(int count, Instant lastAt) {}

    /** Whether this attempt may be looked at now. */
    @Transactional
    boolean admits(String login, String address) {
        boolean forLogin = admits(loginKey(login), FREE_FOR_A_LOGIN);
        return admits(addressKey(address), FREE_FOR_AN_ADDRESS) && forLogin;
    }

    @Transactional
    void succeeded(String login, String address) {
        sql.change("delete from sign_in_failure where subject_hash = ?", loginKey(login));
        sql.change(
                "update sign_in_failure set failures = failures - 1 where subject_hash = ? and failures > 0",
                addressKey(address));
    }

    /** An attempt that was admitted and could not be looked at after all is no failure. */
    @Transactional
    void withdraw(String login, String address) {
        for (var key : List.of(loginKey(login), addressKey(address))) {
            sql.change(
                    "update sign_in_failure set failures = failures - 1 where subject_hash = ? and failures > 0", key);
        }
    }

    @Transactional
    void forgetOld() {
        sql.change(
                "delete from sign_in_failure where last_at < ?", clock.instant().minus(FORGOTTEN_AFTER));
    }

    private boolean admits(String key, int free) {
        var now = clock.instant();
        sql.change(
                "insert into sign_in_failure (subject_hash, failures, last_at) values (?, 0, ?) on conflict do nothing",
                key,
                now);
        var before = sql.first(
                        "select failures, last_at from sign_in_failure where subject_hash = ? for update",
                        row -> new Failures(row.getInt("failures"), Sql.instant(row, "last_at")),
                        key)
                .orElseThrow();
        int count = before.lastAt().plus(FORGOTTEN_AFTER).isBefore(now) ? 0 : before.count();
        if (count >= free && before.lastAt().plus(wait(count, free)).isAfter(now)) {
            return false;
        }
        sql.change("update sign_in_failure set failures = ?, last_at = ? where subject_hash = ?", count + 1, now, key);
        return true;
    }

    static Duration wait(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        var doubled = Duration.ofSeconds(1L << Math.min(20, failures - free));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static String loginKey(String login) {
        return CanonicalJson.sha256("login " + login);
    }

    private static String addressKey(String address) {
        return CanonicalJson.sha256("address " + address);
    }
}
