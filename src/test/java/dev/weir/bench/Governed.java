package dev.weir.bench;

import dev.weir.policy.PolicyDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A Weir as it is when somebody has set it up: a policy in force, and an App ID with an origin. */
final class Governed {

    private Governed() {}

    static PolicyDocument policy() {
        return PolicyDocument.parse(Payloads.policy(PolicyDocument.balanced().json()))
                .match(valid -> valid, errors -> {
                    throw new IllegalStateException("the policy is wrong: " + errors);
                });
    }

    /** As a console would, with plain SQL: the development environment gets this policy and the shop as an origin. Gives the App ID. */
    static String publish(Connection database, PolicyDocument policy) throws SQLException {
        String app;
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "select digits from app_id where environment = 'development' order by digits")) {
            rows.next();
            app = rows.getString(1);
        }
        change(database, "insert into app_origin (app_id, origin) values (?, ?)", app, Payloads.ORIGIN);
        change(database, """
                insert into policy_revision (environment, number, hash, document, reason, published_by, published_by_name, published_at)
                select 'development', max(number) + 1, ?, ?, 'bench', 'bench', 'Bench', ? from policy_revision
                where environment = 'development'
                """, policy.hash(), policy.canonical(), OffsetDateTime.now(ZoneOffset.UTC));
        change(database, "update governing_epoch set epoch = epoch + 1 where id = 1");
        return app;
    }

    private static void change(Connection database, String sql, Object... values) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** How many events have had this outcome, by Weir's own account. */
    static long tally(Connection database, String outcome) throws SQLException {
        try (var select = database.prepareStatement("select coalesce(sum(n), 0) from tally where outcome = ?")) {
            select.setString(1, outcome);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
