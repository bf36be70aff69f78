package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.testsupport.Postgres;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of the days on PostgreSQL, with a clock that the test moves on. */
class PartitionsTest {

    private static final Instant LATE = Instant.parse("2026-03-01T23:59:59Z");

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private volatile Instant now = LATE;
    private final EnvironmentKey shop = new EnvironmentKey("shop");
    private final EnvironmentKey blog = new EnvironmentKey("blog");
    private final Partitions partitions = new Partitions(database);

    @BeforeEach
    void migrated() {
        database.setUrl(Postgres.freshDatabase());
        database.setUser("postgres");
        database.setPassword("postgres");
        Flyway.configure()
                .dataSource(database)
                .locations("db/migration", "db/vendor/postgresql")
                .load()
                .migrate();
    }

    @Test
    void a_week_is_made_ahead_and_nothing_is_lost_at_its_borders() throws Exception {
        partitions.keep(LATE, Map.of());
        partitions.keep(LATE, Map.of());
        var store = Bare.writing(database, moving(), Map.of());
        var sequences = new ArrayList<Long>();
        var sightings = new Sightings(database);
        long last = 0;

        // Over each border of the week, and on beyond it, where nobody has made a table.
        for (int i = 0; i < 20; i++) {
            now = LATE.plus(Duration.ofHours(12L * i));
            append(store, batch(shop, now, "event " + i));
            for (var sighting : sightings.after(shop, last, 10)) {
                last = sighting.sequence();
                sequences.add(last);
            }
        }

        assertThat(tables()).containsExactlyElementsOf(days("2026-03-01", 8));
        assertThat(sequences)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).asLongStream().boxed().toList());
        assertThat(sightings.newest(shop, 20)).hasSize(20);
        assertThat(sightings.newest(shop, 3)).extracting(Sighting::sequence).containsExactly(20L, 19L, 18L);
        assertThat(number("select count(*) from event_default")).isEqualTo(5);
        assertThat(number("select count(*) from event_20260301")).isEqualTo(1);
        assertThat(number("select count(*) from event_20260302")).isEqualTo(2);
        var read = new ArrayList<Long>();
        new StoredEvents(database).newest(shop, EventType.CUSTOM, LATE, 100, stored -> read.add(stored.sequence()));
        assertThat(read).hasSize(20);
        Bare.stop(store);
    }

    @Test
    void a_retry_is_known_over_a_border_whatever_time_it_carries() throws Exception {
        partitions.keep(LATE, Map.of());
        var store = Bare.writing(database, moving(), Map.of());
        assertThat(append(store, batch(shop, LATE, "same"))).containsExactly(Outcome.ACCEPTED);

        now = LATE.plus(Duration.ofHours(20));
        var retried = append(store, batch(shop, now, "same"));
        var withAnotherTime = append(store, batch(shop, LATE.minus(Duration.ofDays(3)), "same"));

        assertThat(retried).containsExactly(Outcome.DUPLICATE);
        assertThat(withAnotherTime).containsExactly(Outcome.DUPLICATE);
        assertThat(number("select count(*) from event")).isEqualTo(1);
        Bare.stop(store);
    }

    @Test
    void a_clock_that_goes_back_does_not_take_the_days_with_it() throws Exception {
        partitions.keep(LATE, Map.of());
        var store = Bare.writing(database, moving(), Map.of());
        now = LATE.plusSeconds(2);
        append(store, batch(shop, now, "after midnight"));
        now = LATE;
        append(store, batch(shop, now, "and before"));

        assertThat(number("select count(*) from event_20260302")).isEqualTo(2);
        assertThat(new Sightings(database).after(shop, 1, 10))
                .extracting(Sighting::name)
                .containsExactly("and before");
        Bare.stop(store);
    }

    @Test
    void a_day_is_dropped_when_it_is_too_old_for_everybody_who_stored_something() throws Exception {
        partitions.keep(LATE, Map.of());
        var store = Bare.writing(database, moving(), Map.of());
        append(store, batch(shop, LATE, "of the shop"));
        append(store, batch(blog, LATE, "of the blog"));
        Bare.stop(store);
        var day = LocalDate.parse("2026-03-01");
        var tooOld = Instant.parse("2026-03-02T01:00:00Z");
        var later = LATE.plus(Duration.ofDays(3));

        // The blog has no policy that can be read; then it keeps things for longer.
        assertThat(partitions.keep(later, Map.of("shop", tooOld)).gone()).isEmpty();
        assertThat(partitions
                        .keep(later, Map.of("shop", tooOld, "blog", LATE.minus(Duration.ofDays(1))))
                        .soon())
                .isEmpty();
        assertThat(partitions
                        .keep(later, Map.of("shop", tooOld, "blog", tooOld.minusMillis(1)))
                        .soon())
                .containsExactly(day);
        assertThat(number("select count(*) from event")).isEqualTo(2);
        // A day of which nobody has stored anything is no reason to drop anything.
        assertThat(tables()).contains("event_20260302");

        var kept = partitions.keep(later, Map.of("shop", tooOld, "blog", tooOld));

        assertThat(kept.gone()).containsExactlyInAnyOrderEntriesOf(Map.of("shop", 1L, "blog", 1L));
        assertThat(tables()).doesNotContain("event_20260301");
        assertThat(number("select count(*) from event")).isZero();
        assertThat(number("select count(*) from event_day")).isZero();
    }

    @Test
    void who_reads_for_long_keeps_a_day_from_being_dropped_and_nobody_waits() throws Exception {
        partitions.keep(LATE, Map.of());
        var store = Bare.writing(database, moving(), Map.of());
        append(store, batch(shop, LATE, "of the shop"));
        Bare.stop(store);
        var limits = Map.of("shop", Instant.parse("2026-03-02T01:00:00Z"));
        try (var reader = database.getConnection();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("select * from event_20260301");

            assertThat(partitions.keep(LATE, limits).gone()).isEmpty();

            reader.rollback();
        }
        assertThat(partitions.keep(LATE, limits).gone()).containsEntry("shop", 1L);
    }

    private Clock moving() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private static List<String> days(String first, int count) {
        return LocalDate.parse(first)
                .datesUntil(LocalDate.parse(first).plusDays(count))
                .map(day -> "event_" + day.toString().replace("-", ""))
                .toList();
    }

    private List<String> tables() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select inhrelid::regclass::text from pg_inherits"
                                + " where inhparent = 'event'::regclass and inhrelid <> 'event_default'::regclass order by 1")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<Outcome> append(EventStore store, Batch batch) {
        return store
                .append(batch)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .match(Appended.Committed::dispositions, unavailable -> {
                    throw new AssertionError("unavailable");
                })
                .stream()
                .map(Disposition::outcome)
                .toList();
    }

    private static Batch batch(EnvironmentKey environment, Instant at, String name) {
        var entry = new Entry.Arrival(
                name,
                Event.custom(name, Map.of(), null),
                Entry.Who.NOBODY,
                at,
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
        var app = new AppId(environment.value().equals("shop") ? "7000000001" : "7000000002");
        return new Batch(
                app, new Revision(environment, 1, "0".repeat(64)), Door.COLLECT, at, false, 10, 0, List.of(entry));
    }
}
