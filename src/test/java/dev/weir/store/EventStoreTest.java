package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    @Inject
    EventStore store;

    @Inject
    Sightings sightings;

    @Inject
    Tallies tallies;

    private static Entry.Arrival arrival(@Nullable String key, String name, @Nullable String reason) {
        return new Entry.Arrival(
                key,
                Event.custom(name, Map.of("plan", "pro"), null),
                Entry.Who.NOBODY,
                NOW,
                reason,
                true,
                List.of(new Note("TEXT_MASKED", "properties", "text.email")),
                Entry.Meaning.NOTHING);
    }

    private static Entry.Drop drop(String reason) {
        return new Entry.Drop(null, reason, List.of(new Note(reason, "page", "pages./pay/*")));
    }

    private static Batch batch(Tenant tenant, Instant at, Entry... entries) {
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        return new Batch(new AppId(tenant.app()), revision, Door.COLLECT, at, false, 10, 0, List.of(entries));
    }

    private static List<Disposition> committed(CompletableFuture<Appended> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join().match(Appended.Committed::dispositions, unavailable -> {
            throw new AssertionError("unavailable");
        });
    }

    private List<Disposition> append(Batch batch) {
        return committed(store.append(batch).toCompletableFuture());
    }

    private static List<Outcome> outcomes(List<Disposition> dispositions) {
        return dispositions.stream().map(Disposition::outcome).toList();
    }

    @Test
    void what_is_appended_is_seen_in_its_order_with_its_reasons() {
        var tenant = Tenant.development();

        append(batch(
                tenant,
                NOW,
                arrival("a", "first", null),
                drop("PAGE_BLOCKED"),
                drop("PAGE_BLOCKED"),
                arrival("b", "second", "TEXT_QUARANTINE")));
        var seen = sightings.after(tenant.environment(), 0, 100);

        assertThat(seen).extracting(Sighting::sequence).containsExactly(1L, 2L, 3L);
        assertThat(seen)
                .extracting(Sighting::outcome)
                .containsExactly(Outcome.ACCEPTED, Outcome.QUARANTINED, Outcome.DROPPED);
        assertThat(seen).extracting(Sighting::count).containsExactly(1, 1, 2);
        assertThat(seen.get(0).name()).isEqualTo("first");
        assertThat(seen.get(0).findings()).containsExactly(new Note("TEXT_MASKED", "properties", "text.email"));
        assertThat(seen.get(1).reason()).isEqualTo("TEXT_QUARANTINE");
        assertThat(seen.get(2).findings()).extracting(Note::rule).containsExactly("pages./pay/*");
        assertThat(sightings.after(tenant.environment(), 2, 100))
                .extracting(Sighting::sequence)
                .containsExactly(3L);
        assertThat(sightings.after(tenant.environment(), 0, 2))
                .extracting(Sighting::sequence)
                .containsExactly(1L, 2L);
        assertThat(sightings.newest(tenant.environment(), 2))
                .extracting(Sighting::sequence)
                .containsExactly(3L, 2L);
        assertThat(sightings.latest(tenant.environment())).isEqualTo(3);
    }

    @Test
    void an_environment_sees_nothing_of_another() {
        var one = Tenant.development();
        var other = Tenant.development();

        append(batch(one, NOW, arrival("a", "mine", null)));

        assertThat(sightings.after(other.environment(), 0, 10)).isEmpty();
        assertThat(tallies.since(other.environment(), Instant.EPOCH)).isEmpty();
        assertThat(sightings.latest(other.environment())).isZero();
    }

    @Test
    void the_tallies_add_up_to_what_was_received() {
        var tenant = Tenant.development();

        append(batch(
                tenant,
                NOW,
                arrival("a", "x", null),
                arrival("a", "x", null),
                drop("GPC"),
                arrival("q", "x", "ORIGIN_FENCE")));
        append(batch(tenant, NOW.plusSeconds(60), arrival("a", "x", null), arrival("c", "x", null)));
        append(batch(tenant, NOW.plusSeconds(3600), arrival("d", "x", null)));

        var counted = tallies.since(tenant.environment(), NOW.minus(Duration.ofHours(1))).stream()
                .collect(Collectors.groupingBy(
                        tally -> tally.outcome() + " " + tally.reason(), Collectors.summingLong(Tallies.Tally::count)));
        assertThat(counted)
                .containsEntry("accepted ", 3L)
                .containsEntry("duplicate ", 2L)
                .containsEntry("dropped GPC", 1L)
                .containsEntry("quarantined ORIGIN_FENCE", 1L)
                .containsEntry("redacted ", 3L)
                .containsEntry("found TEXT_MASKED", 4L);
        var outcomes = Arrays.stream(Outcome.values()).map(Outcome::label).toList();
        assertThat(tallies.since(tenant.environment(), Instant.EPOCH).stream()
                        .filter(tally -> outcomes.contains(tally.outcome()))
                        .mapToLong(Tallies.Tally::count)
                        .sum())
                .isEqualTo(7);
        assertThat(tallies.since(tenant.environment(), Instant.parse("2026-03-01T11:00:00Z")))
                .extracting(Tallies.Tally::hour)
                .containsOnly(Instant.parse("2026-03-01T11:00:00Z"));
    }

    @Test
    void a_key_is_remembered_for_a_day() {
        var tenant = Tenant.development();

        append(batch(tenant, NOW, arrival("k", "x", null)));
        var within = append(batch(tenant, NOW.plus(Duration.ofHours(23)), arrival("k", "x", null)));
        var after = append(batch(tenant, NOW.plus(Duration.ofHours(25)), arrival("k", "x", null)));
        var again = append(batch(tenant, NOW.plus(Duration.ofHours(26)), arrival("k", "x", null)));

        assertThat(outcomes(within)).containsExactly(Outcome.DUPLICATE);
        assertThat(outcomes(after)).containsExactly(Outcome.ACCEPTED);
        assertThat(outcomes(again)).containsExactly(Outcome.DUPLICATE);
    }

    @Test
    void an_event_that_no_row_holds_is_dropped_and_counted() {
        var tenant = Tenant.development();
        var large = new Entry.Arrival(
                "k",
                Event.custom("x", Map.of("a", "x".repeat(1_000_000)), null),
                Entry.Who.NOBODY,
                NOW,
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);

        var answered = append(batch(tenant, NOW, large, arrival("a", "kept", null)));

        assertThat(outcomes(answered)).containsExactly(Outcome.DROPPED, Outcome.ACCEPTED);
        assertThat(answered.get(0).reason()).isEqualTo("TOO_LARGE");
        assertThat(tallies.since(tenant.environment(), Instant.EPOCH))
                .contains(new Tallies.Tally(Instant.parse("2026-03-01T10:00:00Z"), "dropped", "TOO_LARGE", 1));
        assertThat(sightings.after(tenant.environment(), 0, 10))
                .extracting(Sighting::reason)
                .containsExactly(null, "TOO_LARGE");
    }

    @Test
    @Edge("one event as it is stored")
    void an_event_is_as_long_as_a_row_may_be_and_no_character_longer() {
        var tenant = Tenant.development();
        int rest = EventJson.own(named("")).length();

        // A character of more than one byte is one.
        for (var character : List.of("x", "é")) {
            Limit.here()
                    .isTheLastTaken(many -> outcomes(
                                    append(batch(tenant, NOW, whole(character.repeat((int) many - rest)))))
                            .equals(List.of(Outcome.ACCEPTED)));
        }
    }

    private static Event named(String text) {
        return Event.custom("x", Map.of("a", text), null);
    }

    private static Entry.Arrival whole(String text) {
        return new Entry.Arrival(
                null, named(text), Entry.Who.NOBODY, NOW, null, false, List.of(), Entry.Meaning.NOTHING);
    }

    @Test
    void an_event_without_a_key_is_stored_each_time() {
        var tenant = Tenant.development();

        var twice = append(batch(tenant, NOW, arrival(null, "x", null), arrival(null, "x", null)));

        assertThat(outcomes(twice)).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);
    }

    @Test
    void the_same_event_from_everywhere_at_once_is_stored_once_and_no_number_is_skipped() {
        var tenant = Tenant.development();
        var answers = new ArrayList<CompletableFuture<Appended>>();

        IntStream.range(0, 200).parallel().forEach(i -> {
            var answer = store.append(batch(tenant, NOW, arrival("same", "x", null), arrival("own" + i, "x", null)));
            synchronized (answers) {
                answers.add(answer.toCompletableFuture());
            }
        });
        var outcomes = answers.stream()
                .flatMap(answer -> outcomes(committed(answer)).stream())
                .toList();

        assertThat(Collections.frequency(outcomes, Outcome.ACCEPTED)).isEqualTo(201);
        assertThat(Collections.frequency(outcomes, Outcome.DUPLICATE)).isEqualTo(199);
        assertThat(sightings.after(tenant.environment(), 0, 1000))
                .extracting(Sighting::sequence)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 201).asLongStream().boxed().toList());
    }
}
