package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Effect.Crossing;
import dev.weir.simulation.Effect.Field;
import dev.weir.simulation.Effect.Outcome;
import dev.weir.simulation.Effect.Step;
import dev.weir.simulation.SideBySide.Line;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final PolicyDocument BALANCED = PolicyDocument.balanced();

    private static PolicyDocument with(String key, Object value) {
        return PolicyDocument.parse(Map.of("version", 1L, key, value)).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static Event view(String url) {
        return new Event(
                EventType.PAGEVIEW,
                null,
                null,
                null,
                Hierarchy.NONE,
                Map.of(),
                null,
                new Page(url, null, null),
                Session.NONE);
    }

    private static Event custom(String name, Map<String, @Nullable Object> properties, @Nullable String identity) {
        return Event.custom(name, properties, identity);
    }

    @Test
    void two_equal_policies_treat_nothing_differently() {
        var trial = new Trial(BALANCED, BALANCED, List.of(), event -> List.of());
        trial.event(1, view("https://shop.example/?utm_id=4&token=secret"), "1");

        var effect = trial.effect();

        assertThat(effect.changed()).isZero();
        assertThat(effect.samples()).isEmpty();
        assertThat(effect.crossings()).containsExactly(new Crossing(Outcome.REDACTED, Outcome.REDACTED, 1));
        assertThat(effect.usersAffected()).isZero();
    }

    @Test
    void what_would_be_dropped_and_for_whom_is_counted() {
        var trial = new Trial(BALANCED, with("events", List.of("order placed")), List.of(), event -> List.of());
        trial.event(1, custom("Order Placed", Map.of(), "4711"), "1");
        trial.event(2, custom("Order Placed", Map.of(), "4711"), "1");
        trial.event(3, custom("Cart Opened", Map.of(), "4712"), "2");

        var effect = trial.effect();

        assertThat(effect.newlyDropped()).isEqualTo(2);
        assertThat(effect.newlyKept()).isZero();
        assertThat(effect.changed()).isEqualTo(2);
        assertThat(effect.identities()).isEqualTo(2);
        assertThat(effect.identitiesAffected()).isEqualTo(1);
        assertThat(effect.identitiesLost()).isEqualTo(1);
        assertThat(effect.users()).isEqualTo(2);
        assertThat(effect.usersAffected()).isEqualTo(1);
        assertThat(effect.samples()).hasSize(1);
        assertThat(effect.samples().get(0).onlyThen())
                .containsExactly(new Step("EVENT_BLOCKED", "name", "events.order placed"));
    }

    @Test
    void what_a_schema_would_set_aside_is_counted_under_the_names_of_the_policy() {
        var total = Map.of("event", "order placed", "property", "total", "type", "number", "required", true);
        var trial = new Trial(BALANCED, with("schemas", List.of(total)), List.of(), event -> List.of());
        trial.event(1, custom("Order Placed", Map.of("total", 7L), null), null);
        trial.event(2, custom("Order Placed", Map.of("totalJaneDoe", 7L), null), null);

        var effect = trial.effect();

        assertThat(effect.crossings())
                .containsExactly(
                        new Crossing(Outcome.KEPT, Outcome.KEPT, 1),
                        new Crossing(Outcome.KEPT, Outcome.QUARANTINED, 1));
        assertThat(effect.samples().get(0).onlyThen())
                .containsExactly(new Step("SCHEMA_MISSING", "properties.total", "schemas.order placed.total"));
        assertThat(effect.toString()).doesNotContain("Jane");
    }

    @Test
    void what_would_be_kept_anew_is_counted() {
        var trial = new Trial(with("events", List.of("order placed")), BALANCED, List.of(), event -> List.of());
        trial.event(1, custom("Order Placed", Map.of(), null), null);

        assertThat(trial.effect().newlyKept()).isEqualTo(1);
    }

    @Test
    void fields_that_would_hold_something_else_are_named_and_properties_only_as_such() {
        var trial = new Trial(
                BALANCED,
                with("properties", List.of(Map.of("name", "plan*", "action", "mask"))),
                List.of(),
                event -> List.of());
        trial.event(1, custom("Order Placed", Map.of("planJaneDoe", "gold", "total", 7L), null), null);

        var effect = trial.effect();

        assertThat(effect.fields()).containsExactly(new Field("properties", 1));
        assertThat(effect.toString()).doesNotContain("planJaneDoe", "gold");
    }

    @Test
    void an_effect_holds_nothing_that_came_with_an_event() {
        var trial = new Trial(
                with("events", List.of("nothing like it")), PolicyDocument.strict(), List.of(), event -> List.of());
        trial.event(
                0,
                new Event(
                        EventType.CLICK,
                        null,
                        "canary-text",
                        "https://shop.example/canary-href?canary-parameter=canary-value",
                        Hierarchy.NONE,
                        Map.of("canary-property", "canary-held"),
                        "canary-identity",
                        new Page(
                                "https://shop.example/canary-path?q=canary-query",
                                "canary-title",
                                "https://canary-host/"),
                        new Session("https://canary-referrer/", "https://canary-landing/")),
                "canary-user");

        var effect = trial.effect();

        assertThat(effect.changed()).isEqualTo(1);
        assertThat(effect.toString()).doesNotContain("canary");
    }

    @Test
    void each_sort_of_difference_has_one_sample_and_there_are_at_most_ten() {
        var trial = new Trial(
                BALANCED,
                with(
                        "events",
                        java.util.stream.IntStream.range(0, 30)
                                .mapToObj(i -> "event " + i)
                                .toList()),
                List.of(),
                event -> List.of());
        for (int i = 0; i < 30; i++) {
            trial.event(i, custom("event " + i, Map.of(), null), null);
            trial.event(100 + i, custom("event " + i, Map.of(), null), null);
        }

        var effect = trial.effect();

        assertThat(effect.changed()).isEqualTo(60);
        assertThat(effect.samples()).hasSize(Effect.SAMPLES);
        assertThat(effect.samples().stream().map(Effect.Sample::sequence)).allMatch(sequence -> sequence < 100);
    }

    @Test
    void side_by_side_shows_what_both_keep_and_names_the_rest() {
        var looser = with("urls", Map.of("parameters", Map.of("mode", "block", "names", List.of("token"))));
        var stricter = with("urls", Map.of("parameters", Map.of("mode", "block", "names", List.of("token", "step"))));
        var event = view("https://shop.example/pay?step=2&page=1");

        assertThat(SideBySide.of(event, looser, stricter))
                .containsExactly(
                        new Line("page.url", "more is kept than is shown here", "https://shop.example/pay?page=1"));
        assertThat(SideBySide.of(event, stricter, looser))
                .containsExactly(
                        new Line("page.url", "https://shop.example/pay?page=1", "more is kept than is shown here"));
    }

    @Test
    void side_by_side_never_shows_an_identity_nor_the_name_of_a_property_that_one_of_both_drops() {
        var dropping = with("properties", List.of(Map.of("name", "note*", "action", "drop")));
        var event = custom("Order Placed", Map.of("note of jane", "gold", "total", 7L), "4711");

        assertThat(SideBySide.of(event, BALANCED, dropping))
                .contains(
                        new Line("identity", "an identity", "an identity"),
                        new Line("properties", "1 more, not shown here", "not kept"),
                        new Line("properties.total", "7", "7"))
                .allSatisfy(line -> assertThat(line.toString()).doesNotContain("jane", "gold", "4711"));
    }

    /** What a rule that drops finds is gone in the other policy already: what it drops is not shown for that. */
    @Test
    void side_by_side_shows_nothing_that_a_rule_drops_which_the_other_policy_would_hide_it_from() {
        var dropping = with("text", List.of(Map.of("detector", "card", "action", "drop")));
        var hiding = with("urls", Map.of("parameters", Map.of("mode", "block", "names", List.of("pay"))));
        var event = view("https://shop.example/?pay=4111111111111111&q=canary");

        assertThat(SideBySide.of(event, dropping, hiding))
                .containsExactly(new Line("page.url", "not kept", "more is kept than is shown here"));
    }

    @Test
    void side_by_side_shows_nothing_of_what_one_of_both_drops() {
        assertThat(SideBySide.of(
                        custom("Order Placed", Map.of("a", 1L), null),
                        BALANCED,
                        with("events", List.of("order placed"))))
                .isEmpty();
    }
}
