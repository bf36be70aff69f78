package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import dev.weir.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algebra of dev.weir.policy, on the generated policies and events of this room. */
class StrictnessTest {

    private static final byte[] KEY = {1, 2, 3};
    private static final Pattern TOKEN = Pattern.compile("zq[a-z]{2}vx");
    private static final List<Circumstances> CIRCUMSTANCES = List.of(
            new Circumstances(Circumstances.Consent.GRANTED, false),
            new Circumstances(Circumstances.Consent.UNKNOWN, true));

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

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void whatever_a_layer_drops_is_dropped(long seed) {
        var generated = new Documents(seed);
        for (int pair = 0; pair < 150; pair++) {
            var a = generated.document();
            document(stricter(Optional.of(a), Optional.of(generated.document())))
                    .ifPresent(effective -> {
                        var then = CompiledPolicy.of(a, KEY);
                        var now = CompiledPolicy.of(effective, KEY);
                        for (int i = 0; i < 20; i++) {
                            var event = generated.event();
                            for (var circumstances : CIRCUMSTANCES) {
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

        assertThat(stricter(valid(number), valid(uuid))).isEmpty();
        assertThat(stricter(valid(here), valid(there))).isEmpty();
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
        for (int i = 0; i < 25; i++) {
            var event = generated.event();
            for (var circumstances : CIRCUMSTANCES) {
                var old = then.judge(event, circumstances);
                var fresh = now.judge(event, circumstances);
                var what = "%n%s%n%s%n%s".formatted(layer.canonical(), effective.canonical(), words(event));
                assertThat(strictness(fresh)).as(what).isGreaterThanOrEqualTo(strictness(old));
                assertThat(kept(old)).as(what).containsAll(kept(fresh));
            }
        }
    }

    private static int strictness(Verdict verdict) {
        return verdict.match(kept -> 0, aside -> 1, dropped -> 2);
    }

    private static Set<String> kept(Verdict verdict) {
        var tokens = new TreeSet<String>();
        var found = TOKEN.matcher(
                verdict.<String>match(kept -> words(kept.event()), aside -> words(aside.event()), dropped -> ""));
        while (found.find()) {
            tokens.add(found.group());
        }
        return tokens;
    }

    private static String words(Event event) {
        return Pasted.pretty(event);
    }

    private static PolicyDocument masking(Documents generated) {
        while (true) {
            var document = generated.document();
            if (Rules.of(document).objects("text").stream()
                    .allMatch(rule -> RuleWords.action(rule).equals("mask"))) {
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
