package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    @Inject
    EventStore store;

    @Inject
    StoredEvents events;

    @Inject
    Sightings sightings;

    @Inject
    Leftovers leftovers;

    @Inject
    DataSource database;

    @Test
    void an_event_is_read_as_it_was_written() {
        var tenant = Tenant.development();
        var urls = new ArrayList<@Nullable String>(List.of(
                "https://shop.example/a/b?c=d#e",
                "https://shop.example/a/b",
                "https://shop.example/a/b?",
                "#top",
                "?page=2",
                "",
                "/caf\u00e9/\ud83d\ude00?x=\ud83d\ude00"));
        urls.add(null);
        var written = urls.stream().map(url -> click(url, "button")).toList();

        append(tenant, written);

        assertThat(read(tenant)).containsExactlyElementsOf(written);
        assertThat(sightings.after(tenant.environment(), 0, 100))
                .extracting(Sighting::url)
                .containsExactlyElementsOf(urls);
        assertThat(sightings.after(tenant.environment(), 0, 100))
                .extracting(Sighting::target)
                .containsOnly("button#cta.buy.now");
    }

    @Test
    void what_many_events_share_is_stored_once_in_each_environment() {
        var tenant = Tenant.development();
        var other = Tenant.development();
        var many = IntStream.range(0, 60)
                .mapToObj(i -> click("https://shop.example/" + i % 3 + "?visit=" + i, i % 2 == 0 ? "a" : "button"))
                .toList();

        append(tenant, many);
        append(tenant, many);
        append(other, many);

        for (var each : List.of(tenant, other)) {
            assertThat(rows(each, "hierarchy")).isEqualTo(2);
            assertThat(rows(each, "location")).isEqualTo(3);
        }
        assertThat(tenant.rows(
                        "select body from event where environment = ?",
                        tenant.environment().value()))
                .hasSize(120)
                .allMatch(body -> body.contains("\"url\":\"?visit=") && !body.contains("cta"));
        assertThat(read(tenant)).hasSize(120);
    }

    @Test
    void what_nobody_refers_to_any_more_is_taken_away() {
        var tenant = Tenant.development();
        append(tenant, List.of(click("https://shop.example/old", "a"), click("https://shop.example/new", "button")));
        assertThat(leftovers.clear(tenant.environment())).isZero();
        tenant.change(
                "delete from event where environment = ? and sequence = 1",
                tenant.environment().value());

        assertThat(leftovers.clear(tenant.environment())).isEqualTo(2);

        assertThat(tenant.rows(
                        "select content from location where environment = ?",
                        tenant.environment().value()))
                .containsExactly("https://shop.example/new");
        assertThat(tenant.rows(
                        "select content from hierarchy where environment = ?",
                        tenant.environment().value()))
                .singleElement()
                .asString()
                .contains("button");
    }

    @Test
    void what_was_taken_away_is_stored_again_when_it_comes_again() {
        var tenant = Tenant.development();
        var event = click("https://shop.example/again", "a");
        append(tenant, List.of(event));
        tenant.change(
                "delete from event where environment = ?", tenant.environment().value());
        assertThat(leftovers.clear(tenant.environment())).isEqualTo(2);

        append(tenant, List.of(event));

        assertThat(read(tenant)).containsExactly(event);
    }

    @Test
    void however_much_is_left_over_all_of_it_goes_but_what_a_writer_holds() throws SQLException {
        var tenant = Tenant.development();
        append(tenant, List.of(click("https://shop.example/kept", "a")));
        for (int i = 0; i < 1201; i++) {
            orphan(tenant, new UUID(1, i));
        }
        var held = new UUID(1, 600);

        try (var writer = database.getConnection()) {
            writer.setAutoCommit(false);
            try (var touch =
                    writer.prepareStatement("update location set seen_at = seen_at where environment = ? and id = ?")) {
                touch.setString(1, tenant.environment().value());
                touch.setObject(2, held);
                touch.executeUpdate();
            }
            assertThat(leftovers.clear(tenant.environment())).isEqualTo(1200);
            writer.rollback();
        }

        assertThat(rows(tenant, "location")).isEqualTo(2);
        assertThat(leftovers.clear(tenant.environment())).isEqualTo(1);
        assertThat(rows(tenant, "location")).isEqualTo(1);
    }

    @Test
    void however_many_rows_there_are_only_some_are_looked_at_at_a_time() {
        var tenant = Tenant.development();
        append(
                tenant,
                IntStream.range(0, 5)
                        .mapToObj(i -> click("https://shop.example/" + i, "a"))
                        .toList());
        for (int i = 0; i < 5; i++) {
            orphan(tenant, new UUID(-1 - i, i));
            orphan(tenant, new UUID(1 + i, i));
        }
        var some = new Leftovers(database, 2);
        var gone = new ArrayList<Integer>();

        var cleared = some.clear(tenant.environment(), "");
        gone.add(cleared.gone());
        while (!cleared.last()) {
            cleared = some.clear(tenant.environment(), cleared.next());
            gone.add(cleared.gone());
        }

        assertThat(gone).hasSizeGreaterThanOrEqualTo(8).allMatch(each -> each <= 2);
        assertThat(gone.stream().mapToInt(each -> each).sum()).isEqualTo(10);
        assertThat(rows(tenant, "location")).isEqualTo(5);
        assertThat(read(tenant)).hasSize(5);
    }

    @Test
    void what_runs_out_of_memory_in_the_middle_takes_nothing_away() {
        var tenant = Tenant.development();
        orphan(tenant, new UUID(1, 1));
        var failing = Failing.on(database, statement -> statement.contains("set cleared"));

        assertThatThrownBy(() -> new Leftovers(failing, 10).clear(tenant.environment()))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(rows(tenant, "location")).isEqualTo(1);
    }

    private static void orphan(Tenant tenant, UUID id) {
        tenant.change(
                "insert into location (environment, id, seen_at, content) values (?, ?, ?, 'https://shop.example/left')",
                tenant.environment().value(),
                id,
                OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    }

    private List<Event> read(Tenant tenant) {
        var read = new ArrayList<Event>();
        events.newest(
                tenant.environment(), EventType.CLICK, Instant.EPOCH, 1000, stored -> read.add(0, stored.event()));
        return read;
    }

    private static long rows(Tenant tenant, String table) {
        return tenant.number(
                "select count(*) from " + table + " where environment = ?",
                tenant.environment().value());
    }

    private void append(Tenant tenant, List<Event> written) {
        var entries = written.stream()
                .<Entry>map(event -> new Entry.Arrival(
                        null, event, Entry.Who.NOBODY, NOW, null, false, List.of(), Entry.Meaning.NOTHING))
                .toList();
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        var batch = new Batch(new AppId(tenant.app()), revision, Door.COLLECT, NOW, false, 10, 0, entries);
        assertThat(store.append(batch)
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(Appended.Committed.class);
    }

    private static Event click(@Nullable String url, String tag) {
        return new Event(
                EventType.CLICK,
                null,
                "Buy",
                "https://shop.example/basket",
                new Hierarchy(List.of(
                        new Element(tag, "cta", List.of("buy", "now"), Map.of("data-test", "cta"), 2, 1, false),
                        new Element("svg", null, List.of(), Map.of(), 1, 1, true, true))),
                Map.of("plan", "pro"),
                null,
                new Page(url, "Shop", null),
                new Session("https://search.example/", null));
    }
}
