package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.testsupport.Postgres;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Several writers, of one node and of two, on one PostgreSQL. */
class WritersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static final AtomicInteger ENVIRONMENTS = new AtomicInteger();

    private final EnvironmentKey environment = new EnvironmentKey("w" + ENVIRONMENTS.incrementAndGet());

    @BeforeAll
    static void tables() {
        DATABASE.setUrl(Postgres.freshDatabase());
        DATABASE.setUser("postgres");
        DATABASE.setPassword("postgres");
        Flyway.configure()
                .dataSource(DATABASE)
                .locations("db/migration", "db/vendor/postgresql")
                .load()
                .migrate();
    }

    @Test
    void a_full_queue_refuses_at_once_and_who_waits_is_answered_after_the_commit() throws Exception {
        var store = Bare.writing(
                DATABASE,
                Clock.systemUTC(),
                Map.of("weir.store.queue-requests", "16", "weir.store.group-requests", "4"));
        answered(store.append(batch("first")).toCompletableFuture());
        var waiting = new ArrayList<CompletableFuture<Appended>>();
        var seenAtAnswer = Collections.synchronizedList(new ArrayList<Long>());
        try (var elsewhere = holdingTheCursor()) {
            Appended refused = null;
            while (refused == null && waiting.size() < 1000) {
                var name = "waiting " + waiting.size();
                var answer = store.append(batch(name)).toCompletableFuture();
                if (answer.isDone()) {
                    refused = answer.join();
                } else {
                    waiting.add(answer.thenApply(appended -> {
                        seenAtAnswer.add(count("select count(*) from event where name = ?", name));
                        return appended;
                    }));
                }
            }

            // Sixteen in the queue, and what two writers have taken: four each at most.
            assertThat(waiting).hasSizeBetween(16, 24).noneMatch(CompletableFuture::isDone);
            assertThat(refused).isEqualTo(new Appended.Unavailable(Duration.ofSeconds(5)));
            elsewhere.rollback();
        }
        waiting.forEach(WritersTest::answered);
        assertThat(seenAtAnswer).hasSameSizeAs(waiting).containsOnly(1L);
        Bare.stop(store);
    }

    @Test
    void what_waits_is_bounded_by_its_size_too() throws Exception {
        var store = Bare.writing(
                DATABASE,
                Clock.systemUTC(),
                Map.of(
                        "weir.store.queue-characters", "1000",
                        "weir.store.group-requests", "1",
                        "weir.store.writers", "1"));
        var large = "x".repeat(900);
        answered(store.append(batch(large + " larger alone than the limit, and still taken " + large))
                .toCompletableFuture());
        var waiting = new ArrayList<CompletableFuture<Appended>>();
        try (var elsewhere = holdingTheCursor()) {
            while (waiting.size() < 1000) {
                var answer = store.append(batch(large + waiting.size())).toCompletableFuture();
                if (answer.isDone()) {
                    assertThat(answer.join()).isInstanceOf(Appended.Unavailable.class);
                    break;
                }
                waiting.add(answer);
            }

            // One with the writer, one in the queue.
            assertThat(waiting).hasSizeBetween(1, 2);
            elsewhere.rollback();
        }
        waiting.forEach(WritersTest::answered);
        answered(store.append(batch("there is room again")).toCompletableFuture());
        Bare.stop(store);
    }

    @Test
    void two_nodes_that_bring_the_same_events_the_other_way_round_store_each_once() throws Exception {
        var one = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.group-entries", "60"));
        var other = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.group-entries", "60"));
        var answers = new ArrayList<CompletableFuture<Appended>>();
        var names = IntStream.range(0, 40 * 50).mapToObj(i -> "same " + i).toList();
        for (int i = 0; i < names.size(); i += 50) {
            var some = new ArrayList<>(names.subList(i, i + 50));
            answers.add(one.append(batch(some.toArray(String[]::new))).toCompletableFuture());
            Collections.reverse(some);
            answers.add(other.append(batch(some.toArray(String[]::new))).toCompletableFuture());
        }

        var outcomes = answers.stream()
                .flatMap(answer -> answered(answer).stream())
                .map(Disposition::outcome)
                .toList();

        assertThat(Collections.frequency(outcomes, Outcome.ACCEPTED)).isEqualTo(names.size());
        assertThat(Collections.frequency(outcomes, Outcome.DUPLICATE)).isEqualTo(names.size());
        assertThat(count("select count(*) from event where environment = ?", environment.value()))
                .isEqualTo(names.size());
        assertThat(count(
                        "select sum(n) from tally where environment = ? and outcome = 'accepted'", environment.value()))
                .isEqualTo(names.size());
        Bare.stop(one);
        Bare.stop(other);
    }

    @Test
    void an_error_in_the_middle_leaves_nothing_behind_that_would_make_the_retry_a_duplicate() throws Exception {
        var armed = new AtomicBoolean(true);
        try (var pool = pool()) {
            var store = Bare.writing(
                    Failing.on(pool, sql -> sql.startsWith("select last_sequence") && armed.get()),
                    Clock.systemUTC(),
                    Map.of("weir.store.writers", "1"));
            // An environment of which something is known already: the cursor is asked for its state first, and taken
            // after the keys.
            armed.set(false);
            answered(store.append(batch("before")).toCompletableFuture());
            armed.set(true);

            var lost = store.append(batch("caught in it")).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
            assertThat(lost.join()).isInstanceOf(Appended.Unavailable.class);
            armed.set(false);
            var retry = answered(store.append(batch("caught in it")).toCompletableFuture());

            assertThat(retry).extracting(Disposition::outcome).containsExactly(Outcome.ACCEPTED);
            Bare.stop(store);
        }
    }

    @Test
    void two_writers_that_wait_while_a_policy_is_applied_both_heed_it() throws Exception {
        var store = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.group-requests", "1"));
        change("""
                insert into environment (key, name, kind, critical, hash_key, created_at)
                values (?, 'Writers', 'development', false, 'a key', now())
                """, environment.value());
        answered(store.append(batch("before")).toCompletableFuture());
        List<CompletableFuture<Appended>> waiting;
        try (var elsewhere = holdingTheCursor()) {
            waiting = Stream.of("one", "two", "three", "four")
                    .map(name -> store.append(batch(name)).toCompletableFuture())
                    .toList();
            untilTwoWait();
            // Nobody can read this revision, so nothing may be kept that it has not seen.
            for (var sql : List.of(
                    "insert into applied_revision (environment, revision, applied_at) values (?, 2, now())",
                    "update event_cursor set applied = 2 where environment = ?")) {
                try (var change = elsewhere.prepareStatement(sql)) {
                    change.setString(1, environment.value());
                    change.executeUpdate();
                }
            }
            elsewhere.commit();
        }

        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answered(answer))
                        .extracting(Disposition::outcome)
                        .containsExactly(Outcome.DROPPED));
        Bare.stop(store);
    }

    /** Both writers of this environment have judged what they hold, and want the cursor. */
    private static void untilTwoWait() throws SQLException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (var connection = DATABASE.getConnection();
                var select = connection.prepareStatement("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'
                        """)) {
            for (long waiting = 0; waiting < 2; ) {
                assertThat(System.nanoTime()).as("two writers wait").isLessThan(until);
                try (var rows = select.executeQuery()) {
                    rows.next();
                    waiting = rows.getLong(1);
                }
            }
        }
    }

    private static AgroalDataSource pool() throws SQLException {
        var settings = Map.of(
                AgroalPropertiesReader.JDBC_URL, String.valueOf(DATABASE.getUrl()),
                AgroalPropertiesReader.PRINCIPAL, "postgres",
                AgroalPropertiesReader.CREDENTIAL, "postgres",
                AgroalPropertiesReader.MAX_SIZE, "4");
        return AgroalDataSource.from(
                new AgroalPropertiesReader().readProperties(settings).get());
    }

    @Test
    void what_waits_is_bounded_by_the_addresses_of_its_pages_too() throws Exception {
        var store = Bare.writing(
                DATABASE,
                Clock.systemUTC(),
                Map.of(
                        "weir.store.queue-characters", "10000",
                        "weir.store.group-requests", "1",
                        "weir.store.writers", "1"));
        answered(store.append(batch("before")).toCompletableFuture());
        var waiting = new ArrayList<CompletableFuture<Appended>>();
        try (var elsewhere = holdingTheCursor()) {
            while (waiting.size() < 1000) {
                var answer = store.append(visit("key " + waiting.size(), "x".repeat(2000) + waiting.size()))
                        .toCompletableFuture();
                if (answer.isDone()) {
                    assertThat(answer.join()).isInstanceOf(Appended.Unavailable.class);
                    break;
                }
                waiting.add(answer);
            }

            // One or more with the writer; four of 2300 characters and more in the queue.
            assertThat(waiting).hasSizeBetween(4, 6);
            elsewhere.rollback();
        }
        waiting.forEach(WritersTest::answered);
        Bare.stop(store);
    }

    @Test
    void one_old_event_among_many_new_ones_is_found_and_the_new_ones_are_stored() throws Exception {
        var store = Bare.writing(DATABASE, Clock.systemUTC(), Map.of());
        var first = names("first", 100);
        var second = names("second", 99);
        second.add(50, first.get(7));
        var third = names("third", 100);

        var outcomes = Stream.of(first, second, third, second)
                .map(names -> answered(store.append(batch(names.toArray(String[]::new)))
                                .toCompletableFuture())
                        .stream()
                        .map(Disposition::outcome)
                        .toList())
                .toList();

        assertThat(outcomes.get(0)).containsOnly(Outcome.ACCEPTED);
        assertThat(outcomes.get(1).get(50)).isEqualTo(Outcome.DUPLICATE);
        assertThat(Collections.frequency(outcomes.get(1), Outcome.ACCEPTED)).isEqualTo(99);
        assertThat(outcomes.get(2)).containsOnly(Outcome.ACCEPTED);
        assertThat(outcomes.get(3)).containsOnly(Outcome.DUPLICATE);
        assertThat(count("select count(*) from event where environment = ?", environment.value()))
                .isEqualTo(299);
        assertThat(count(
                        "select sum(n) from tally where environment = ? and outcome = 'duplicate'",
                        environment.value()))
                .isEqualTo(101);
        Bare.stop(store);
    }

    private static List<String> names(String prefix, int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList());
    }

    @Test
    void a_reader_who_goes_on_from_the_last_number_misses_none() throws Exception {
        int total = 3_000;
        var one = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.group-entries", "40"));
        var other = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.group-entries", "40"));
        var answers = new ArrayList<CompletableFuture<Appended>>();
        var sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < total / 10; i++) {
                int batch = i;
                var names = IntStream.range(0, 10)
                        .mapToObj(n -> "read " + batch + " " + n)
                        .toArray(String[]::new);
                answers.add((i % 2 == 0 ? one : other).append(batch(names)).toCompletableFuture());
            }
        });

        var sightings = new Sightings(DATABASE);
        long last = 0;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (last < total && System.nanoTime() < until) {
            for (var sighting : sightings.after(environment, last, 500)) {
                assertThat(sighting.sequence()).isEqualTo(last + 1);
                last = sighting.sequence();
            }
        }

        sender.join();
        answers.forEach(WritersTest::answered);
        assertThat(last).isEqualTo(total);
        Bare.stop(one);
        Bare.stop(other);
    }

    @Test
    void what_was_taken_away_while_a_writer_waited_is_stored_again() throws Exception {
        var store = Bare.writing(DATABASE, Clock.systemUTC(), Map.of("weir.store.writers", "1"));
        answered(store.append(visit("first")).toCompletableFuture());
        change("delete from event where environment = ?", environment.value());
        try (var elsewhere = holdingTheCursor()) {
            var second = store.append(visit("second")).toCompletableFuture();
            // What the writer remembers is gone before it gets the cursor, as when Leftovers were cleared.
            try (var delete = elsewhere.prepareStatement("delete from location where environment = ?");
                    var cleared = elsewhere.prepareStatement(
                            "update event_cursor set cleared = cleared + 1 where environment = ?")) {
                delete.setString(1, environment.value());
                delete.executeUpdate();
                cleared.setString(1, environment.value());
                cleared.executeUpdate();
            }
            elsewhere.commit();
            answered(second);
        }

        assertThat(new Sightings(DATABASE).newest(environment, 1))
                .extracting(Sighting::url)
                .containsExactly("https://shop.example/visit");
        Bare.stop(store);
    }

    private Connection holdingTheCursor() throws SQLException {
        var elsewhere = DATABASE.getConnection();
        elsewhere.setAutoCommit(false);
        new Cursor(elsewhere, environment.value()).take();
        return elsewhere;
    }

    private static List<Disposition> answered(CompletableFuture<Appended> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join().match(Appended.Committed::dispositions, unavailable -> {
            throw new AssertionError("unavailable");
        });
    }

    private Batch batch(String... names) {
        return batch(List.of(names).stream()
                .map(name -> entry(name, Event.custom(name, Map.of(), null)))
                .toList());
    }

    private Batch visit(String key) {
        return visit(key, "visit");
    }

    private Batch visit(String key, String path) {
        var page = new Page("https://shop.example/" + path, null, null);
        return batch(List.of(entry(
                key,
                new Event(EventType.PAGEVIEW, null, null, null, Hierarchy.NONE, Map.of(), null, page, Session.NONE))));
    }

    private static Entry entry(@Nullable String key, Event event) {
        return new Entry.Arrival(key, event, Entry.Who.NOBODY, NOW, null, false, List.of(), Entry.Meaning.NOTHING);
    }

    private Batch batch(List<Entry> entries) {
        // An App ID belongs to one environment.
        var app = new AppId(String.valueOf(
                8_000_000_000L + Integer.parseInt(environment.value().substring(1))));
        return new Batch(app, new Revision(environment, 1, "0".repeat(64)), Door.COLLECT, NOW, false, 10, 0, entries);
    }

    private static long count(String sql, String argument) {
        try (var connection = DATABASE.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, argument);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void change(String sql, String argument) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var change = connection.prepareStatement(sql)) {
            change.setString(1, argument);
            change.executeUpdate();
        }
    }
}
