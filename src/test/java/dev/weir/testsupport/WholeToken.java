package dev.weir.testsupport;

import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A token that leaves nothing out, written by SQL: an Auditor makes none, though an identity provider may give them one. */
public final class WholeToken {

    private WholeToken() {}

    /** The secret; the account is made where there is none. */
    public static String of(String login, String role, Sql sql) {
        SignedIn.account(login, login, role);
        var account = sql.first("select id from account where login = ?", row -> row.getString(1), login);
        var secret = "wpt_" + CanonicalJson.sha256("token of " + login).substring(0, 43);
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        sql.change(
                "insert into personal_token (id, account, token_hash, name, scope, created_at, expires_at)"
                        + " values (?, ?, ?, 'everything', 'all', ?, ?) on conflict do nothing",
                UUID.nameUUIDFromBytes(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString(),
                account.orElseThrow(),
                CanonicalJson.sha256(secret),
                now,
                now.plus(1, ChronoUnit.DAYS));
        return secret;
    }
}
