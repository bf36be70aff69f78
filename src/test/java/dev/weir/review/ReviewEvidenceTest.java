package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Criticality;
import dev.weir.catalog.Definitions;
import dev.weir.catalog.Details;
import dev.weir.catalog.Owner;
import dev.weir.catalog.matching.Filter;
import dev.weir.event.EventType;
import dev.weir.privacy.Drafts;
import dev.weir.release.Releases;
import dev.weir.review.Task.Outcome;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a task is about is gathered, names nobody, and is signed only as long as it is so. */
@QuarkusTest
class ReviewEvidenceTest extends Reviewing {

    @Inject
    Definitions definitions;

    @Inject
    Drafts drafts;

    @Inject
    Releases releases;

    @Inject
    Clock clock;

    @Test
    void what_has_changed_since_the_evidence_was_gathered_is_not_signed() {
        var cycle = opened(Matter.PRIVACY, dora);
        var task = task(cycle, 1);
        publish(50);

        assertThat(dora.does(() -> tasks.holds(task))).isFalse();
        assertThat(why(signs(dora, task, Outcome.IN_ORDER, ""))).contains(Why.CHANGED);
        var again = done(dora.does(() -> tasks.gather(task.cycle(), 1, task.version())));
        assertThat(again.evidence()).isNotEqualTo(task.evidence());
        assertThat(why(signs(dora, task, Outcome.IN_ORDER, ""))).contains(Why.OUTDATED);
        var signed = signed(dora, again);

        // What was signed stays what it was, and says that it is so no more.
        publish(40);
        assertThat(eve.does(() -> tasks.holds(signed))).isFalse();
        assertThat(eve.does(() -> tasks.evidence(signed)).intact()).isTrue();
        assertThat(why(confirms(eve, signed))).isEmpty();
    }

    private void publish(long days) {
        var document = Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        ada.does(() -> releases.publish(place, drafts.of(place).version(), "So it is", ""));
    }

    @Test
    void definitions_go_to_the_person_who_owns_them_and_others_to_who_was_named() {
        var name = "Reviewed " + MADE.incrementAndGet();
        define(name + " of a person", Optional.of(new Owner(false, "Person review-arch")));
        define(name + " of a team", Optional.of(new Owner(true, "Team " + name)));
        define(name + " of nobody", Optional.empty());

        var cycle = done(opens(ada, Set.of(Matter.DEFINITIONS), Set.of(place), dora.subject()));

        var all = ada.does(() -> tasks.of(cycle));
        assertThat(owner(all, "Definitions of Person review-arch")).isEqualTo(arch.subject());
        assertThat(owner(all, "Definitions of the team Team " + name)).isEqualTo(dora.subject());
        assertThat(owner(all, "Definitions without an owner")).isEqualTo(dora.subject());
        var his = titled(all, "Definitions of Person review-arch");
        assertThat(arch.does(() -> tasks.evidence(his)).canonical())
                .contains(name + " of a person", place.value(), "silent-since-birth")
                .doesNotContain(name + " of nobody");
        define(name + ", another", Optional.of(new Owner(false, "Person review-arch")));
        assertThat(why(signs(arch, his, Outcome.IN_ORDER, ""))).contains(Why.CHANGED);
    }

    private void define(String name, Optional<Owner> owner) {
        var filter = Filter.parse("text equals \"" + name + "\"").match(valid -> valid, refused -> {
            throw new AssertionError(refused);
        });
        arch.does(() -> definitions.create(
                new Details(name, EventType.CLICK, filter, "", List.of(), "", "", Criticality.NORMAL, owner), false));
    }

    private static Task titled(List<Task> all, String title) {
        return all.stream()
                .filter(task -> task.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static String owner(List<Task> all, String title) {
        return titled(all, title).owner().subject();
    }

    @Test
    void the_evidence_names_nobody_and_holds_nothing_of_an_event() {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, 1, ?, '1234567890', 'track', ?, ?, 'custom', 'Canary-1', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, '[{"reason":"ORIGIN_FENCE","rule":"floor.origin","field":"properties.canary-2"}]',
                        '{"type":"custom","name":"Canary-3"}')
                """, place.value(), UUID.randomUUID(), clock.instant(), clock.instant());

        var cycle = done(
                opens(ada, Set.of(Matter.PRIVACY, Matter.QUARANTINE, Matter.ACCESS), Set.of(place), dora.subject()));

        var evidence = ada.does(() -> tasks.of(cycle)).stream()
                .map(task -> ada.does(() -> tasks.evidence(task)).canonical())
                .toList();
        assertThat(evidence)
                .hasSize(3)
                .allSatisfy(
                        text -> assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("canary", "person review"));
        assertThat(evidence.get(0)).contains("\"revision\":1", "\"loosenings\":0");
        assertThat(evidence.get(1)).contains("ORIGIN_FENCE", ":1}");
        assertThat(evidence.get(2)).contains(ada.subject(), "\"role\":\"auditor\"");
    }

    @Test
    void one_event_more_is_no_other_quarantine_but_another_reason_is() {
        aside(1, "ORIGIN_FENCE");
        var task = task(opened(Matter.QUARANTINE, dora), 1);
        aside(2, "ORIGIN_FENCE");
        assertThat(dora.does(() -> tasks.holds(task))).isTrue();

        aside(3, "IDENTITY_REFUSED");

        assertThat(dora.does(() -> tasks.holds(task))).isFalse();
    }

    private void aside(long sequence, String reason) {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, ?, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', ?, false, 1, false, '[]',
                        '{"type":"custom","name":"Bought"}')
                """, place.value(), sequence, UUID.randomUUID(), clock.instant(), clock.instant(), reason);
    }
}
