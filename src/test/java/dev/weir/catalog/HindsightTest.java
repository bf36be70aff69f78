package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.store.Appended;
import dev.weir.store.Batch;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.EventStore;
import dev.weir.store.StoredEvents;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HindsightTest {

    private static final long SEED = 20261127;
    private static final MatcherVersion VERSION = MatcherVersion.NEWEST;
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    /** Conditions on what events share, and on what they do not. */
    private static final List<String> CONDITIONS = List.of(
            "selector matches \".buy\"",
            "target matches \"button\"",
            "selector matches \"#panel-1 .buy\"",
            "target matches \"a:nth-child(2)\"",
            "form equals \"checkout\"",
            "path equals \"/\"",
            "path starts with \"/product/\"",
            "path contains \"2\"",
            "path glob \"/product/*/reviews\"",
            "text equals \"Buy\"",
            "text contains \"u\"",
            "href starts with \"https\"",
            "event equals \"Bought\"",
            "property \"plan\" equals \"pro\"");

    @Inject
    EventStore store;

    @Inject
    StoredEvents events;

    /** What the store was given: when, and whether it is kept. */
    private record Given(Instant at, boolean kept, Event event) {}

    @Test
    void counting_agrees_with_looking_at_every_event() {
        var random = new Random(SEED);
        var tenant = Tenant.development();
        var given = given(tenant, random, 600);

        for (int i = 0; i < 120; i++) {
            var text = i < CONDITIONS.size() ? CONDITIONS.get(i) : filter(random, 2);
            var filter = filter(text);
            var type = i % 5 == 4 ? EventType.PAGEVIEW : EventType.CLICK;

            var preview = preview(tenant, type, filter, Hindsight.MOST);

            var expected = of(given, type, filter);
            assertThat(days(preview)).as("seed %d, %s of %s", SEED, text, type).isEqualTo(daysOf(expected));
            assertThat(preview.looked())
                    .isEqualTo(of(given, type, new Filter.All(List.of())).size());
            assertThat(preview.cut()).isFalse();
            assertThat(preview.samples())
                    .as("seed %d, %s of %s", SEED, text, type)
                    .extracting(Preview.Sample::at)
                    .containsExactlyElementsOf(newest(expected));
        }
    }

    @Test
    void counting_by_hour_agrees_with_looking_at_every_event_and_with_counting_by_day() {
        var random = new Random(SEED + 1);
        var tenant = Tenant.development();
        var given = given(tenant, random, 300);

        for (int i = 0; i < 40; i++) {
            var text = i < CONDITIONS.size() ? CONDITIONS.get(i) : filter(random, 2);
            var filter = filter(text);

            var back = Hindsight.back(
                    events,
                    NOW,
                    VERSION,
                    new Hindsight.Looked(tenant.environment(), EventType.CLICK, filter),
                    Hindsight.MOST);

            assertThat(back.preview())
                    .as("seed %d, %s", SEED + 1, text)
                    .isEqualTo(preview(tenant, EventType.CLICK, filter, Hindsight.MOST));
            var counts = of(given, EventType.CLICK, filter).stream()
                    .collect(Collectors.groupingBy(one -> Rhythm.hour(one.at), Collectors.counting()));
            assertThat(back.rhythm())
                    .as("seed %d, %s", SEED + 1, text)
                    .isEqualTo(Rhythm.of(NOW, counts, counts.keySet().stream().min(Long::compare)));
        }
    }

    @Test
    void where_older_events_were_not_looked_at_nothing_is_expected() {
        var tenant = Tenant.development();
        given(tenant, new Random(SEED), 100);

        var back = Hindsight.back(
                events,
                NOW,
                VERSION,
                new Hindsight.Looked(tenant.environment(), EventType.CLICK, filter("text contains \"u\"")),
                20);

        assertThat(back.preview().cut()).isTrue();
        assertThat(back.rhythm().speaks()).isFalse();
    }

    @Test
    void where_too_many_events_would_have_to_be_looked_at_the_newest_are() {
        var random = new Random(SEED);
        var tenant = Tenant.development();
        var given = given(tenant, random, 300);
        var all = of(given, EventType.CLICK, new Filter.All(List.of()));
        var newest = all.subList(all.size() - 20, all.size());

        for (var text : List.of("text equals \"Buy\"", "path contains \"2\" or text equals \"Buy\"")) {
            var preview = preview(tenant, EventType.CLICK, filter(text), 20);

            assertThat(preview.cut()).isTrue();
            assertThat(preview.looked()).isEqualTo(20);
            assertThat(days(preview)).isEqualTo(daysOf(of(newest, EventType.CLICK, filter(text))));
        }
        var selector = preview(tenant, EventType.CLICK, filter(CONDITIONS.get(0)), 20);
        assertThat(selector.cut()).isFalse();
        assertThat(selector.looked()).isEqualTo(all.size());
        assertThat(days(selector)).isEqualTo(daysOf(of(given, EventType.CLICK, filter(CONDITIONS.get(0)))));
    }

    @Test
    void nothing_of_another_environment_is_counted() {
        var tenant = Tenant.development();
        given(tenant, new Random(SEED), 50);

        var preview =
                preview(Tenant.development(), EventType.CLICK, filter("not target matches \"none\""), Hindsight.MOST);

        assertThat(preview.looked()).isZero();
        assertThat(preview.count()).isZero();
        assertThat(preview.samples()).isEmpty();
    }

    private Preview preview(Tenant tenant, EventType type, Filter filter, int most) {
        var looked = new Hindsight.Looked(tenant.environment(), type, filter);
        return Hindsight.preview(events, NOW, VERSION, looked, most);
    }

    private static List<Given> of(List<Given> given, EventType type, Filter filter) {
        var first = LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(Hindsight.DAYS - 1);
        return given.stream()
                .filter(one -> one.kept && one.event.type() == type && !day(one).isBefore(first))
                .filter(one -> VERSION.test(filter).test(one.event))
                .toList();
    }

    private static LocalDate day(Given one) {
        return LocalDate.ofInstant(one.at, ZoneOffset.UTC);
    }

    private static Map<LocalDate, Long> daysOf(List<Given> given) {
        return given.stream().collect(Collectors.groupingBy(HindsightTest::day, TreeMap::new, Collectors.counting()));
    }

    private static Map<LocalDate, Long> days(Preview preview) {
        return preview.busy().stream().collect(Collectors.toMap(Preview.Day::date, Preview.Day::count));
    }

    private static List<Instant> newest(List<Given> given) {
        return IntStream.range(0, Math.min(Hindsight.SAMPLES, given.size()))
                .mapToObj(i -> given.get(given.size() - 1 - i).at)
                .toList();
    }

    private static Filter filter(String text) {
        return Filter.parse(text).match(valid -> valid, refused -> {
            throw new AssertionError(refused.message());
        });
    }

    private static String filter(Random random, int depth) {
        if (depth == 0) {
            return (random.nextInt(4) == 0 ? "not " : "") + CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        }
        var join = random.nextBoolean() ? " and " : " or ";
        return (random.nextInt(4) == 0 ? "not " : "") + "("
                + IntStream.range(0, 2 + random.nextInt(2))
                        .mapToObj(i -> filter(random, random.nextInt(depth)))
                        .collect(Collectors.joining(join))
                + ")";
    }

    /** In the order in which they were stored. */
    private List<Given> given(Tenant tenant, Random random, int count) {
        var given = new ArrayList<Given>();
        for (int i = 0; i < count; i++) {
            // Some at the very edge of a day.
            var at = NOW.minus(Duration.ofDays(random.nextInt(35)).plusMinutes(random.nextInt(1440)));
            var edge = at.truncatedTo(java.time.temporal.ChronoUnit.DAYS).minusMillis(random.nextInt(2));
            given.add(new Given(random.nextInt(5) == 0 ? edge : at, random.nextInt(10) > 0, event(random)));
        }
        for (var one : given) {
            var entry = new Entry.Arrival(
                    null,
                    one.event,
                    Entry.Who.NOBODY,
                    one.at,
                    one.kept ? null : "TEXT_QUARANTINE",
                    false,
                    List.of(),
                    Entry.Meaning.NOTHING);
            var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
            var batch =
                    new Batch(new AppId(tenant.app()), revision, Door.COLLECT, one.at, false, 10, 0, List.of(entry));
            var appended = store.append(batch).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
            assertThat(appended.join()).isInstanceOf(Appended.Committed.class);
        }
        return given;
    }

    private static Event event(Random random) {
        var type = random.nextInt(4) == 0 ? EventType.PAGEVIEW : EventType.CLICK;
        var urls = new ArrayList<@Nullable String>(List.of(
                "https://shop.example/",
                "https://shop.example/?page=2",
                "https://shop.example/product/" + random.nextInt(3) + "#top",
                "https://shop.example/product/" + random.nextInt(3) + "/reviews?sort=new",
                "/product/2"));
        urls.add(null);
        return new Event(
                type,
                random.nextInt(8) == 0 ? "Bought" : null,
                List.of("Buy", "Sell", "Put in the basket").get(random.nextInt(3)),
                random.nextBoolean() ? "https://shop.example/basket?voucher=1" : null,
                type == EventType.PAGEVIEW ? Hierarchy.NONE : hierarchy(random),
                Map.of("plan", random.nextBoolean() ? "pro" : "free"),
                null,
                new Page(urls.get(random.nextInt(urls.size())), null, null),
                Session.NONE);
    }

    private static Hierarchy hierarchy(Random random) {
        var target = new Element(
                random.nextBoolean() ? "button" : "a",
                null,
                random.nextBoolean() ? List.of("buy", "btn") : List.of("btn"),
                Map.of(),
                1 + random.nextInt(3),
                1,
                false);
        var parent = random.nextInt(3) == 0
                ? new Element("form", "checkout", List.of(), Map.of(), 1, 1, false)
                : new Element("div", "panel-" + random.nextInt(3), List.of(), Map.of(), 1, 1, false);
        return new Hierarchy(List.of(target, parent));
    }
}
