package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Layers;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import dev.weir.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algebra of dev.weir.policy, on the generated policies and events of this room. */
class StrictnessTest {

    private static final byte[] KEY = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void the_laws_of_a_lattice_hold(long seed) {
        System.out.println("strictness: seed " + seed);
        var generated = new Documents(seed);
        int said = 0;
        for (int i = 0; i < 300; i++) {
            var a = some(generated);
            var b = generated.below(4) == 0 ? a : some(generated);
            var c = generated.below(4) == 0 ? generated.one(List.of(a, b)) : some(generated);
            var ab = stricter(a, b);

            assertThat(stricter(a, a)).as("idempotent, %d", i).isEqualTo(a.map(PolicyDocument::canonical));
            assertThat(ab).as("commutative, %d", i).isEqualTo(stricter(b, a));
            assertThat(stricter(document(ab), c))
                    .as("associative, %d of seed %d", i, seed)
                    .isEqualTo(stricter(a, document(stricter(b, c))));
            assertThat(stricter(a, document(ab))).as("absorbing, %d", i).isEqualTo(ab);
            said += ab.isPresent() ? 1 : 0;
        }
        assertThat(said).as("pairs with a common stricter policy").isGreaterThan(200);
    }

    /** Of layers that only mask: what a text rule drops or sets aside depends on what it is shown, docs/policy-language.md. */
    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void an_effective_policy_allows_nothing_that_a_layer_forbids(long seed) {
        System.out.println("layers: seed " + seed);
        var generated = new Documents(seed);
        int looked = 0;
        while (looked < 120) {
            var layers = List.of(masking(generated), masking(generated), masking(generated));
            var effective = stricter(
                    document(stricter(Optional.of(layers.get(0)), Optional.of(layers.get(1)))),
                    Optional.of(layers.get(2)));
            if (effective.isPresent()) {
                looked++;
                for (var layer : layers) {
                    nothingMore(generated, layer, document(effective).orElseThrow());
                }
            }
        }
    }

    /** Whatever the rules of a layer are: masking, dropping, setting aside, renaming, cutting. */
    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63})
    void layers_together_allow_nothing_that_one_of_them_forbids(long seed) {
        System.out.println("layers of every kind: seed " + seed);
        var generated = new Documents(seed);
        int aside = 0;
        int gone = 0;
        int less = 0;
        for (int set = 0; set < 80; set++) {
            var layers = Stream.of(greedy(generated), greedy(generated), generated.document())
                    .map(document -> CompiledPolicy.of(document, KEY))
                    .toList();
            var effective = new Layers(layers);
            for (int i = 0; i < 25; i++) {
                var event = generated.event();
                var circumstances = generated.one(Treated.CIRCUMSTANCES);
                var fresh = Treated.by(effective.judge(event, circumstances));
                for (var layer : layers) {
                    var verdict = layer.judge(event, circumstances);
                    var old = Treated.by(verdict);
                    assertThat(fresh.morePermissiveThan(old))
                            .as("%n%s%n%s", layer.document().canonical(), Treated.shown(event))
                            .isFalse();
                    aside += verdict instanceof Verdict.Quarantined ? 1 : 0;
                    gone += gone(event, verdict) ? 1 : 0;
                    less += old.words().size() > fresh.words().size() ? 1 : 0;
                }
            }
        }
        assertThat(List.of(aside, gone, less))
                .allSatisfy(seen -> assertThat(seen).isGreaterThan(30));
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 65})
    void the_order_and_the_number_of_layers_make_no_difference(long seed) {
        System.out.println("layers in any order: seed " + seed);
        var generated = new Documents(seed);
        for (int set = 0; set < 60; set++) {
            var a = CompiledPolicy.of(greedy(generated), KEY);
            var b = CompiledPolicy.of(generated.document(), KEY);
            var c = CompiledPolicy.of(generated.document(), KEY);
            for (int i = 0; i < 20; i++) {
                var event = generated.event();
                var circumstances = generated.one(Treated.CIRCUMSTANCES);
                var all = new Layers(List.of(a, b, c)).judge(event, circumstances);
                assertThat(new Layers(List.of(c, a, b)).judge(event, circumstances))
                        .isEqualTo(all);
                assertThat(new Layers(List.of(b, c, b, a, a)).judge(event, circumstances))
                        .isEqualTo(all);
                assertThat(Treated.by(new Layers(List.of(a)).judge(event, circumstances)))
                        .isEqualTo(Treated.by(a.judge(event, circumstances)));
            }
        }
    }

    private static boolean gone(Event event, Verdict verdict) {
        return event.text() != null
                && verdict instanceof Verdict.Kept kept
                && kept.event().text() == null;
    }

    private static boolean takesFieldsOrEvents(PolicyDocument document) {
        return Rules.of(document).objects("text").stream()
                .anyMatch(rule -> !RuleWords.action(rule).equals("mask"));
    }

    private static PolicyDocument greedy(Documents generated) {
        while (true) {
            var document = generated.document();
            if (takesFieldsOrEvents(document)) {
                return document;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void whatever_a_layer_drops_is_dropped(long seed) {
        System.out.println("dropped by a layer: seed " + seed);
        var generated = new Documents(seed);
        for (int pair = 0; pair < 150; pair++) {
            var a = generated.document();
            document(stricter(Optional.of(a), Optional.of(generated.document())))
                    .ifPresent(effective -> {
                        var then = CompiledPolicy.of(a, KEY);
                        var now = CompiledPolicy.of(effective, KEY);
                        for (int i = 0; i < 20; i++) {
                            var event = generated.event();
                            for (var circumstances : Treated.CIRCUMSTANCES) {
                                if (then.judge(event, circumstances) instanceof Verdict.Dropped) {
                                    assertThat(now.judge(event, circumstances)).isInstanceOf(Verdict.Dropped.class);
                                }
                            }
                        }
                    });
        }
    }

    @Test
    void what_no_document_can_say_is_refused() {
        var number = Rules.of(PolicyDocument.balanced()).with("identity.form", "number");
        var uuid = Rules.of(PolicyDocument.balanced()).with("identity.form", "uuid");
        var here = Rules.of(PolicyDocument.balanced()).with("origins", List.of("https://a.example"));
        var there = Rules.of(PolicyDocument.balanced()).with("origins", List.of("https://b.example"));

        var expecting = Rules.of(PolicyDocument.balanced())
                .with("schemas", List.of(Map.of("event", "a", "property", "plan", "required", true)));
        var dropping = Rules.of(PolicyDocument.balanced())
                .with("properties", List.of(Map.of("name", "pl*", "action", "drop")));

        assertThat(stricter(valid(expecting), valid(dropping))).isEmpty();
        assertThat(stricter(valid(expecting), valid(expecting.with("properties", dropping.list("properties")))))
                .isEmpty();
        assertThat(stricter(valid(number), valid(uuid))).isEmpty();
        assertThat(stricter(valid(here), valid(there))).isEmpty();
    }

    @Test
    void what_both_expect_is_expected_of_both() {
        var plan = Map.of("event", "a", "property", "plan", "type", "string", "required", false);
        var total = Map.of("event", "a", "property", "total", "type", "any", "required", true);
        var one = Rules.of(PolicyDocument.balanced()).with("schemas", List.of(total, plan));
        var other = Rules.of(PolicyDocument.balanced()).with("schemas", List.of(total));

        assertThat(Rules.of(document(stricter(valid(one), valid(other))).orElseThrow())
                        .list("schemas"))
                .containsExactly(plan, total);
    }

    @Test
    void two_patterns_in_no_common_order_take_the_whole_field() {
        var a = Rules.of(PolicyDocument.balanced())
                .with("text", List.of(Map.of("pattern", "order [a-z]+", "label", "own", "action", "mask")));
        var b = Rules.of(PolicyDocument.balanced())
                .with("text", List.of(Map.of("pattern", "[a-z]+ street", "label", "own", "action", "mask")));

        var effective = Rules.of(document(stricter(valid(a), valid(b))).orElseThrow());

        assertThat(effective.objects("text"))
                .hasSize(2)
                .allSatisfy(rule -> assertThat(RuleWords.action(rule)).isEqualTo("drop"));
    }

    private static void nothingMore(Documents generated, PolicyDocument layer, PolicyDocument effective) {
        var then = CompiledPolicy.of(layer, KEY);
        var now = CompiledPolicy.of(effective, KEY);
        for (int i = 0; i < 50; i++) {
            var event = generated.event();
            var circumstances = generated.one(Treated.CIRCUMSTANCES);
            var old = Treated.by(then.judge(event, circumstances));
            var fresh = Treated.by(now.judge(event, circumstances));
            assertThat(fresh.morePermissiveThan(old))
                    .as("%n%s%n%s%n%s", layer.canonical(), effective.canonical(), Treated.shown(event))
                    .isFalse();
        }
    }

    private static PolicyDocument masking(Documents generated) {
        while (true) {
            var document = generated.document();
            if (!takesFieldsOrEvents(document)) {
                return document;
            }
        }
    }

    private static Optional<PolicyDocument> some(Documents generated) {
        return Optional.of(generated.document());
    }

    /** Empty where it can't be said, and then whatever is added: the top of the lattice. */
    private static Optional<String> stricter(Optional<PolicyDocument> one, Optional<PolicyDocument> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        return Strictness.stricter(one.get(), other.get())
                .match(document -> Optional.of(document.canonical()), errors -> Optional.empty());
    }

    private static Optional<PolicyDocument> document(Optional<String> canonical) {
        return canonical.map(dev.weir.store.PolicyText::document);
    }

    private static Optional<PolicyDocument> valid(Rules rules) {
        return rules.parsed().match(Optional::of, errors -> {
            throw new AssertionError(errors);
        });
    }
}
