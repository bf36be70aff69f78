package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Loads.Stretch;
import dev.weir.testsupport.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LoadsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    @Inject
    Loads loads;

    @Inject
    EventStore store;

    @Inject
    Redacting redacting;

    @Inject
    Erasing erasing;

    @Inject
    Sightings sightings;

    @Inject
    Tallies tallies;

    private final String topic = "topic " + UUID.randomUUID();

    private static Entry.Arrival arrival(@Nullable String key, String name) {
        return new Entry.Arrival(
                key,
                Event.custom(name, Map.of("plan", "pro"), null),
                Entry.Who.NOBODY,
                NOW,
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
    }

    private static Batch batch(Tenant tenant, int lost, Entry... entries) {
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        return new Batch(new AppId(tenant.app()), revision, Door.COLLECT, NOW, false, 10, lost, List.of(entries));
    }

    private static List<Carried> one(Tenant tenant, @Nullable String key, String name) {
        return Carried.of(batch(tenant, 0, arrival(key, name)));
    }

    private static List<Outcome> outcomes(Loaded loaded) {
        return ((Loaded.Committed) loaded)
                .dispositions().stream().map(Disposition::outcome).toList();
    }

    private List<String> names(Tenant tenant) {
        return sightings.after(tenant.environment(), 0, 1000).stream()
                .map(sighting -> String.valueOf(sighting.name()))
                .toList();
    }

    @Test
    void the_position_moves_with_the_events() {
        var tenant = Tenant.development();

        var first = loads.load(topic, List.of(new Stretch(3, Loads.NEVER, 7)), one(tenant, null, "first"));
        var second = loads.load(topic, List.of(new Stretch(3, 7, 9)), one(tenant, null, "second"));

        assertThat(outcomes(first)).containsExactly(Outcome.ACCEPTED);
        assertThat(outcomes(second)).containsExactly(Outcome.ACCEPTED);
        assertThat(names(tenant)).containsExactly("first", "second");
        assertThat(loads.positions(topic)).containsExactly(Map.entry(3, 9L));
    }

    @Test
    void whoever_believes_in_another_position_writes_nothing() {
        var tenant = Tenant.development();
        loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 5)), one(tenant, null, "there"));

        var again = loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 5)), one(tenant, null, "again"));
        var behind = loads.load(topic, List.of(new Stretch(0, 4, 6)), one(tenant, null, "behind"));
        var ahead = loads.load(topic, List.of(new Stretch(0, 6, 7)), one(tenant, null, "ahead"));
        var other = loads.load(
                topic, List.of(new Stretch(1, Loads.NEVER, 5), new Stretch(0, 4, 6)), one(tenant, null, "both"));

        assertThat(List.of(again, behind, ahead, other)).containsOnly(new Loaded.Overtaken());
        assertThat(names(tenant)).containsExactly("there");
        assertThat(loads.positions(topic)).containsExactly(Map.entry(0, 5L));
    }

    @Test
    void of_two_loaders_that_believe_in_the_same_position_one_writes() throws Exception {
        var tenant = Tenant.development();
        var together = new CyclicBarrier(2);
        var loaders = Executors.newFixedThreadPool(2);
        var answers = new ArrayList<Future<Loaded>>();

        for (int i = 0; i < 2; i++) {
            answers.add(loaders.submit(() -> {
                together.await();
                return loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 5)), one(tenant, null, "once"));
            }));
        }
        var loaded = new ArrayList<Loaded>();
        for (var answer : answers) {
            loaded.add(answer.get(60, TimeUnit.SECONDS));
        }
        loaders.shutdown();

        assertThat(loaded).hasAtLeastOneElementOfType(Loaded.Committed.class);
        assertThat(loaded).hasAtLeastOneElementOfType(Loaded.Overtaken.class);
        assertThat(names(tenant)).containsExactly("once");
    }

    @Test
    void a_retry_is_known_whichever_way_either_came() {
        var tenant = Tenant.development();
        loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 1)), one(tenant, "carried first", "a"));
        store.append(batch(tenant, 0, arrival("stored first", "b")))
                .toCompletableFuture()
                .join();

        var stored = store.append(batch(tenant, 0, arrival("carried first", "a")))
                .toCompletableFuture()
                .join();
        var carried = loads.load(topic, List.of(new Stretch(0, 1, 2)), one(tenant, "stored first", "b"));

        assertThat(stored.<List<Outcome>>match(
                        committed -> committed.dispositions().stream()
                                .map(Disposition::outcome)
                                .toList(),
                        unavailable -> List.of()))
                .containsExactly(Outcome.DUPLICATE);
        assertThat(outcomes(carried)).containsExactly(Outcome.DUPLICATE);
        assertThat(names(tenant)).containsExactly("a", "b");
    }

    @Test
    void what_waited_in_the_topic_for_days_is_remembered_for_the_retry_that_waits_behind_it() {
        var tenant = Tenant.development();
        loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 1)), one(tenant, "waited", "a"));

        // As every hour: keys that are older than a day.
        tenant.change(
                "delete from event_key where received_at < ?",
                Instant.now().minus(Duration.ofHours(24)).atOffset(ZoneOffset.UTC));
        var retry = loads.load(topic, List.of(new Stretch(0, 1, 2)), one(tenant, "waited", "a"));

        assertThat(outcomes(retry)).containsExactly(Outcome.DUPLICATE);
    }

    @Test
    void a_batch_counts_as_it_would_have_without_the_journey() {
        var tenant = Tenant.development();
        var drop = new Entry.Drop(null, "PAGE_BLOCKED", List.of(new Note("PAGE_BLOCKED", "page", "pages./pay/*")));
        var carried = Carried.of(batch(tenant, 4, arrival("a", "kept"), drop, drop, arrival("a", "kept")));

        var loaded = loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 4)), carried);

        assertThat(outcomes(loaded))
                .containsExactly(Outcome.ACCEPTED, Outcome.DROPPED, Outcome.DROPPED, Outcome.DUPLICATE);
        assertThat(sightings.after(tenant.environment(), 0, 10))
                .extracting(Sighting::count)
                .containsExactly(1, 2);
        assertThat(tallies.since(tenant.environment(), Instant.EPOCH))
                .extracting(tally -> tally.outcome() + " " + tally.reason() + " " + tally.count())
                .containsExactlyInAnyOrder(
                        "accepted  1", "dropped PAGE_BLOCKED 2", "duplicate  1", "lost COLLECTOR_LOST 4");
    }

    @Test
    void what_lagged_behind_an_application_of_rules_is_loaded_as_they_leave_it() {
        var tenant = Tenant.development();
        var late = Carried.of(batch(tenant, 0, arrival("a", "Bought"), arrival("b", "Secret"), arrival("c", "Aside")));
        tenant.publish(Tenant.balancedWith(
                Map.of("properties", List.of(Map.of("name", "plan", "action", "drop")), "events", List.of("secret"))));
        applied(tenant, 2);
        tenant.publish(Tenant.balancedWith(
                Map.of("text", List.of(Map.of("pattern", "Aside", "label", "aside", "action", "quarantine")))));
        applied(tenant, 3);
        // Everything was loosened again: what was applied stays applied.
        tenant.publish(PolicyDocument.balanced());

        var loaded = loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 3)), late);
        var again = loads.load(topic, List.of(new Stretch(0, 3, 4)), late.subList(0, 1));

        assertThat(((Loaded.Committed) loaded).dispositions())
                .extracting(one -> one.outcome() + " " + one.reason())
                .containsExactly("ACCEPTED null", "DROPPED EVENT_BLOCKED", "QUARANTINED TEXT_QUARANTINE");
        assertThat(outcomes(again)).containsExactly(Outcome.DUPLICATE);
        assertThat(tenant.bodies()).hasSize(2).noneMatch(body -> body.contains("plan"));
        assertThat(tenant.rows("select distinct revision from event where environment = ?", key(tenant)))
                .containsExactly("1");
    }

    @Test
    void what_no_application_went_by_is_loaded_as_it_was_judged() {
        var tenant = Tenant.development();
        var late = one(tenant, null, "Bought");
        tenant.publish(Tenant.balancedWith(Map.of("properties", List.of(Map.of("name", "plan", "action", "drop")))));

        loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 1)), late);

        assertThat(tenant.bodies()).hasSize(1).allMatch(body -> body.contains("plan"));
    }

    @Test
    void what_lagged_behind_a_deletion_is_not_loaded_also_of_a_device_that_others_share() {
        var tenant = Tenant.development();
        var known = new Erasing.Known(
                Set.of(), Set.of(new Erasing.Name(true, "otter")), Set.of(new Erasing.Name(false, "4711")));
        erasing.suppress(tenant.environment(), known);

        var loaded = loads.load(
                topic,
                List.of(new Stretch(0, Loads.NEVER, 3)),
                Stream.of(
                                of(tenant, NOW, "4711", null),
                                of(tenant, NOW, "4712", "otter"),
                                of(tenant, Instant.now().plusSeconds(3600), "4711", null))
                        .flatMap(one -> one.stream())
                        .toList());

        assertThat(outcomes(loaded)).containsExactly(Outcome.DROPPED, Outcome.DROPPED, Outcome.ACCEPTED);
    }

    private static List<Carried> of(Tenant tenant, Instant received, String user, @Nullable String identity) {
        var arrival = new Entry.Arrival(
                null,
                Event.custom("Bought", Map.of(), identity),
                new Entry.Who(user, null, null),
                received,
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        return Carried.of(
                new Batch(new AppId(tenant.app()), revision, Door.COLLECT, received, false, 10, 0, List.of(arrival)));
    }

    private void applied(Tenant tenant, long revision) {
        QuarkusTransaction.requiringNew().run(() -> redacting.begin(tenant.environment(), revision));
    }

    private static String key(Tenant tenant) {
        return tenant.environment().value();
    }

    @Test
    void what_the_database_refuses_is_not_written_and_the_position_stays() {
        var tenant = Tenant.development();
        var tooLong = one(tenant, null, "x".repeat(5000));

        var loaded = loads.load(topic, List.of(new Stretch(0, Loads.NEVER, 1)), tooLong);

        assertThat(loaded).isEqualTo(new Loaded.Refused());
        assertThat(loads.positions(topic)).isEmpty();
        assertThat(names(tenant)).isEmpty();
    }

    @Test
    void what_fails_for_another_reason_than_the_data_is_refused_by_nobody() {
        var tenant = Tenant.development();
        var buggy = new AbstractList<Stretch>() {
            @Override
            public Stretch get(int index) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        var loaded = loads.load(topic, buggy, one(tenant, null, "a"));

        assertThat(loaded).isEqualTo(new Loaded.Unavailable());
        assertThat(loads.positions(topic)).isEmpty();
        assertThat(names(tenant)).isEmpty();
    }

    @Test
    void a_stretch_without_anything_to_write_moves_the_position() {
        var loaded = loads.load(
                topic,
                IntStream.range(0, 3)
                        .mapToObj(partition -> new Stretch(partition, Loads.NEVER, 10 + partition))
                        .toList(),
                List.of());

        assertThat(outcomes(loaded)).isEmpty();
        assertThat(loads.positions(topic)).isEqualTo(Map.of(0, 10L, 1, 11L, 2, 12L));
    }
}
