package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import dev.weir.testsupport.Postgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What was remembered of retries before keys had a table of their own is remembered after it. */
class KeysByThemselvesTest {

    private static final OffsetDateTime AT =
            Instant.parse("2026-03-01T10:20:30.123456Z").atOffset(ZoneOffset.UTC);

    private record Remembered(AppId app, UUID key) {}

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_key_that_was_stored_under_its_app_id_is_the_one_that_is_looked_for_now(Dialect dialect) throws Exception {
        // given
        var database = database(dialect);
        migrate(database, dialect, "26.3");
        var sameKey = UUID.fromString("00000000-0000-0000-0000-000000000000");
        var before = Stream.of("0000000000", "0123456789", "9876543210", "9999999999")
                .map(AppId::new)
                .flatMap(app -> Stream.of(
                        new Remembered(app, sameKey),
                        new Remembered(app, new UUID(-1, -1)),
                        new Remembered(app, Keys.of(app.digits(), "an order"))))
                .toList();
        for (Remembered one : before) {
            change(
                    database,
                    "insert into event_key (app_id, key, received_at) values (?, ?, ?)",
                    one.app.digits(),
                    one.key,
                    AT);
        }

        // when
        migrate(database, dialect, "latest");

        // then
        for (Remembered one : before) {
            assertThat(change(
                            database,
                            "update event_key set received_at = received_at where key = ? and received_at = ?",
                            Duplicates.among(one.app, one.key),
                            AT))
                    .isEqualTo(1);
        }
        assertThat(change(database, "update event_key set received_at = received_at"))
                .isEqualTo(before.size());
    }

    private static DataSource database(Dialect dialect) {
        if (dialect == Dialect.H2) {
            var h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                    + "DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE;DB_CLOSE_DELAY=-1");
            return h2;
        }
        var postgres = new PGSimpleDataSource();
        postgres.setUrl(Postgres.freshDatabase());
        postgres.setUser("postgres");
        postgres.setPassword("postgres");
        return postgres;
    }

    private static void migrate(DataSource database, Dialect dialect, String target) {
        var vendor = dialect == Dialect.H2 ? "h2" : "postgresql";
        Flyway.configure()
                .dataSource(database)
                .locations("db/migration", "db/vendor/" + vendor)
                .target(target)
                .load()
                .migrate();
    }

    private static int change(DataSource database, String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var change = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                change.setObject(i + 1, values[i]);
            }
            return change.executeUpdate();
        }
    }
}
