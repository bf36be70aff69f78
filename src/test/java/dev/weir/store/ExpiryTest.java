package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpiryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    @Inject
    DataSource database;

    @Inject
    Published published;

    @Inject
    StoreConfig config;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void each_environment_keeps_events_as_long_as_its_own_policy_says() {
        // given
        var brief = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        var patient = Tenant.of("production", keeping(100, 50), Tenant.ORIGIN);
        for (Tenant tenant : List.of(brief, patient)) {
            event(tenant, 1, "kept", days(11));
            event(tenant, 2, "kept", days(9));
            event(tenant, 3, "quarantined", days(3));
            event(tenant, 4, "quarantined", days(1));
            event(tenant, 5, "kept", days(101));
            event(tenant, 6, "quarantined", days(51));
        }

        // when
        expiry(1000).expire();

        // then
        assertThat(events(brief)).containsExactly("2", "4");
        assertThat(events(patient)).containsExactly("1", "2", "3", "4");
        assertThat(expired(brief)).isEqualTo(4);
        assertThat(expired(patient)).isEqualTo(2);
    }

    @Test
    void the_last_moment_still_counts() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(10));
        event(tenant, 2, "kept", days(10).plusMillis(1));

        // when
        expiry(1000).expire();

        // then
        assertThat(events(tenant)).containsExactly("1");
    }

    @Test
    void many_rows_go_in_many_small_transactions() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        for (int i = 1; i <= 25; i++) {
            event(tenant, i, "kept", days(20));
        }
        event(tenant, 26, "kept", days(1));

        // when
        expiry(10).expire();

        // then
        assertThat(events(tenant)).containsExactly("26");
        assertThat(expired(tenant)).isEqualTo(25);
    }

    @Test
    void what_cannot_be_judged_deletes_nothing() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        var other = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        for (Tenant each : List.of(tenant, other)) {
            event(each, 1, "kept", days(3000));
            event(each, 2, "quarantined", days(3000));
            dropped(each, 3, days(3000));
        }
        tenant.publish("{\"version\":1,\"retention\":", "0".repeat(64));

        // when
        expiry(1000).expire();

        // then
        assertThat(published.unreadable()).contains(tenant.environment().value());
        assertThat(events(tenant)).containsExactly("1", "2");
        assertThat(drops(tenant)).containsExactly("3");
        assertThat(expired(tenant)).isZero();
        assertThat(events(other)).isEmpty();
        assertThat(drops(other)).isEmpty();
        tenant.publish(keeping(3650, 3650));
    }

    @Test
    void without_a_single_app_id_an_environment_is_still_kept_clean() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(11));
        tenant.change("delete from app_origin where app_id = ?", tenant.app());
        tenant.change("delete from app_id where digits = ?", tenant.app());

        // when
        expiry(1000).expire();

        // then
        assertThat(events(tenant)).isEmpty();
    }

    @Test
    void drops_are_forgotten_after_a_week_or_as_soon_as_events_are() {
        // given
        var usual = Tenant.of("production", keeping(395, 30), Tenant.ORIGIN);
        var brief = Tenant.of("production", keeping(2, 1), Tenant.ORIGIN);
        for (Tenant tenant : List.of(usual, brief)) {
            dropped(tenant, 1, days(8));
            dropped(tenant, 2, days(3));
            dropped(tenant, 3, days(1));
        }

        // when
        expiry(1000).expire();

        // then
        assertThat(drops(usual)).containsExactly("2", "3");
        assertThat(drops(brief)).containsExactly("3");
        assertThat(expired(usual)).isZero();
    }

    @Test
    void keys_of_retries_are_forgotten_after_a_day() {
        // given
        var tenant = Tenant.development();
        var fresh = UUID.fromString("00000000-0000-0000-0000-000000000001");
        key(tenant, fresh, Duration.ofHours(23));
        var old = Stream.generate(UUID::randomUUID).limit(7).toList();
        old.forEach(key -> key(tenant, key, Duration.ofHours(25)));

        // when
        expiry(3).expire();

        // then
        assertThat(remembered(tenant, fresh)).isTrue();
        assertThat(old).noneMatch(key -> remembered(tenant, key));
    }

    @Test
    void what_events_share_goes_when_the_last_of_them_must_be_gone() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        for (String table : List.of("hierarchy", "location")) {
            shared(tenant, table, 1, days(13).plusMillis(1));
            shared(tenant, table, 2, days(13));
        }

        // when
        expiry(1000).expire();

        // then
        for (String table : List.of("hierarchy", "location")) {
            assertThat(tenant.rows(
                            "select content from " + table + " where environment = ?",
                            tenant.environment().value()))
                    .containsExactly("2");
        }
        assertThat(expired(tenant)).isZero();
    }

    @Test
    void rows_that_another_node_is_deleting_are_passed_over_without_waiting() throws SQLException {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(12));
        event(tenant, 2, "kept", days(11));
        try (var elsewhere = database.getConnection()) {
            elsewhere.setAutoCommit(false);
            try (var delete = elsewhere.prepareStatement("delete from event where environment = ? and sequence = 1")) {
                delete.setString(1, tenant.environment().value());
                delete.executeUpdate();
            }

            // when
            expiry(1000).expire();

            // then
            assertThat(expired(tenant)).isEqualTo(1);
            elsewhere.rollback();
        }
        assertThat(events(tenant)).containsExactly("1");
    }

    @Test
    void a_clock_that_has_jumped_deletes_nothing() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(11));
        event(tenant, 2, "quarantined", days(3));
        dropped(tenant, 3, days(8));
        var key = UUID.randomUUID();
        key(tenant, key, Duration.ofHours(25));
        var day = Duration.ofDays(1);

        // when
        for (var jump : List.of(
                Duration.ofDays(400), day.plusMillis(1), day.plusMillis(1).negated())) {
            expiry(new AgreedClock(fixed(NOW.plus(jump)), () -> NOW), 1000).expire();
        }

        // then
        assertThat(events(tenant)).containsExactly("1", "2");
        assertThat(drops(tenant)).containsExactly("3");
        assertThat(remembered(tenant, key)).isTrue();
        assertThat(meters.counter("weir.expiry.refused").count()).isEqualTo(3);

        // when
        expiry(new AgreedClock(fixed(NOW.plus(day)), () -> NOW), 1000).expire();

        // then
        assertThat(events(tenant)).isEmpty();
        assertThat(meters.counter("weir.expiry.refused").count()).isEqualTo(3);
    }

    @Test
    void a_clock_that_jumps_meanwhile_deletes_nothing_more() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(11));
        var asked = new AtomicInteger();

        // when
        expiry(new AgreedClock(fixed(NOW), () -> asked.getAndIncrement() == 0 ? NOW : NOW.minus(days(2))), 1000)
                .expire();

        // then
        assertThat(asked.get()).isGreaterThan(1);
        assertThat(events(tenant)).containsExactly("1");
    }

    @Test
    void a_database_that_does_not_say_what_time_it_is_loses_nothing() {
        // given
        var tenant = Tenant.of("production", keeping(10, 2), Tenant.ORIGIN);
        event(tenant, 1, "kept", days(11));

        // when
        expiry(
                        new AgreedClock(fixed(NOW), () -> {
                            throw new SQLException("gone", "08006");
                        }),
                        1000)
                .expire();

        // then
        assertThat(events(tenant)).containsExactly("1");
    }

    @Test
    void the_clock_of_the_database_is_the_one_that_is_asked() throws SQLException {
        assertThat(AgreedClock.of(Clock.systemUTC(), database).now()).isPresent();
        assertThat(AgreedClock.of(fixed(NOW), database).now()).isEmpty();
    }

    private Expiry expiry(int rows) {
        return expiry(new AgreedClock(fixed(NOW), () -> NOW), rows);
    }

    private Expiry expiry(AgreedClock clock, int rows) {
        return new Expiry(database, clock, published, meters, config.dropped(), rows);
    }

    private static Clock fixed(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private double expired(Tenant tenant) {
        return meters.counter(
                        "weir.expired", "environment", tenant.environment().value())
                .count();
    }

    private static PolicyDocument keeping(long events, long quarantine) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", events, "quarantine", quarantine)));
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static List<String> events(Tenant tenant) {
        return tenant.rows(
                "select sequence from event where environment = ? order by sequence",
                tenant.environment().value());
    }

    private static List<String> drops(Tenant tenant) {
        return tenant.rows(
                "select sequence from dropped where environment = ? order by sequence",
                tenant.environment().value());
    }

    private static void event(Tenant tenant, long sequence, String status, Duration age) {
        event(tenant, sequence, status, age, LocalDate.EPOCH);
    }

    private static void event(Tenant tenant, long sequence, String status, Duration age, LocalDate storedOn) {
        var at = NOW.minus(age).atOffset(ZoneOffset.UTC);
        tenant.change(
                "insert into event_day (environment, stored_on, first_sequence, oldest) values (?, ?, ?, ?) on conflict do nothing",
                tenant.environment().value(),
                storedOn,
                sequence,
                OffsetDateTime.parse("1970-01-01T00:00:00Z"));
        tenant.change(
                """
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, status, reason,
                                   redacted, revision, stale, findings, body, stored_on)
                values (?, ?, ?, ?, 'track', ?, ?, 'custom', ?, 'ORIGIN_FENCE', false, 1, false, '[]', '{}', ?)
                """, tenant.environment().value(), sequence, UUID.randomUUID(), tenant.app(), at, at, status, storedOn);
    }

    private static void dropped(Tenant tenant, long sequence, Duration age) {
        tenant.change(
                """
                insert into dropped (environment, sequence, app_id, door, received_at, reason, rule, n, revision, stale)
                values (?, ?, ?, 'track', ?, 'GPC', 'consent', 1, 1, false)
                """,
                tenant.environment().value(),
                sequence,
                tenant.app(),
                NOW.minus(age).atOffset(ZoneOffset.UTC));
    }

    private static void shared(Tenant tenant, String table, int number, Duration age) {
        tenant.change(
                "insert into " + table + " (environment, id, seen_at, content) values (?, ?, ?, ?)",
                tenant.environment().value(),
                new UUID(0, number),
                NOW.minus(age).atOffset(ZoneOffset.UTC),
                String.valueOf(number));
    }

    private static void key(Tenant tenant, UUID key, Duration age) {
        tenant.change(
                "insert into event_key (key, received_at) values (?, ?)",
                Duplicates.among(new AppId(tenant.app()), key),
                NOW.minus(age).atOffset(ZoneOffset.UTC));
    }

    private static boolean remembered(Tenant tenant, UUID key) {
        return tenant.number(
                        "select count(*) from event_key where key = ?", Duplicates.among(new AppId(tenant.app()), key))
                == 1;
    }
}
