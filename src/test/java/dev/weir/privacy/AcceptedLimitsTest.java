package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The three limits of the proof that docs/releases.md accepts: a change that is called tightening, and an event of which it keeps more.
 * Each is here with the smallest event that shows it, and beside it the one that must not: so none of them can grow unseen.
 */
class AcceptedLimitsTest {

    private static final byte[] KEY = {1, 2, 3};
    private static final int PROPERTIES = 200;
    private static final int USUAL_TEXT = 255;
    private static final int LONGEST = 1023;
    private static final Pattern WORD = Pattern.compile("zq[a-z]{2}vx");

    private static PolicyDocument policy(Rules rules) {
        return rules.parsed().match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static Rules balanced() {
        return Rules.of(PolicyDocument.balanced());
    }

    private static Event event(@Nullable String text, Map<String, @Nullable Object> properties) {
        return new Event(
                text == null ? EventType.CUSTOM : EventType.CLICK,
                text == null ? "Order placed" : null,
                text,
                null,
                new Hierarchy(List.of()),
                properties,
                null,
                new Page("https://shop.example/", null, null),
                new Session(null, null));
    }

    /** The words that the new policy keeps and the old one did not; the change is one that is called tightening. */
    private static Set<String> more(Rules before, Rules after, Event event) {
        var old = policy(before);
        var now = policy(after);
        var diff = PolicyDiff.between(old, now);
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.onlyTightens()).isTrue();
        var words = words(now, event);
        words.removeAll(words(old, event));
        return words;
    }

    private static Set<String> words(PolicyDocument policy, Event event) {
        var shown = CompiledPolicy.of(policy, KEY)
                .judge(event, Treated.CIRCUMSTANCES.get(0))
                .<String>match(kept -> Treated.shown(kept.event()), aside -> Treated.shown(aside.event()), gone -> "");
        var words = new TreeSet<String>();
        var found = WORD.matcher(shown);
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }

    private static Event properties(int many) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < many; i++) {
            properties.put(String.format(Locale.ROOT, "p%03d", i), word(i));
        }
        return event(null, properties);
    }

    private static String word(int number) {
        return "zq" + (char) ('a' + number / 26) + (char) ('a' + number % 26) + "vx";
    }

    private static Rules with(String path, Map<String, ?> rule) {
        return balanced().adding(path, List.of(rule));
    }

    @Test
    void dropping_a_property_makes_room_for_the_201st_and_for_no_other() {
        var after = with("properties", Map.of("name", "p000", "action", "drop"));

        assertThat(more(balanced(), after, properties(PROPERTIES))).isEmpty();
        assertThat(more(balanced(), after, properties(PROPERTIES + 1))).containsExactly(word(PROPERTIES));
        assertThat(more(balanced(), after, properties(PROPERTIES + 50))).containsExactly(word(PROPERTIES));
    }

    @Test
    void masking_something_makes_room_before_the_cut_and_only_as_much_as_was_masked() {
        var masked = "order aaaaaaaaaaaaaaaaaaaa";
        var after = with("text", Map.of("pattern", "order [a-z]+", "label", "own", "action", "mask"));
        var behind = " " + word(1) + " " + word(2) + " " + word(3) + " " + word(4);
        for (var place : List.of(USUAL_TEXT, LONGEST)) {
            var just = filling(place - masked.length() - 1 - behind.length()) + " " + masked + behind;
            var over = filling(place - masked.length() - 1) + " " + masked + behind;

            assertThat(more(balanced(), after, held(place, just)))
                    .as("%d", place)
                    .isEmpty();
            // 26 characters became 5: three words of 6 with a blank before each fit.
            assertThat(more(balanced(), after, held(place, over)))
                    .as("%d", place)
                    .containsExactly(word(1), word(2), word(3));
        }
    }

    /** Words that nobody takes for anything. */
    private static String filling(int length) {
        return "mild ".repeat(length / 5 + 1).substring(0, length - 1) + "y";
    }

    /** As the text of a click, or as a property. */
    private static Event held(int place, String text) {
        return place == USUAL_TEXT ? event(text, Map.of()) : event(null, new LinkedHashMap<>(Map.of("note", text)));
    }

    @Test
    void masking_one_part_hides_its_surroundings_from_a_rule_that_finds_them_in_a_decoded_form_alone() {
        var before = with("text", Map.of("pattern", "zqaavx-zqabvx", "label", "pair", "action", "mask"));
        var rules = new ArrayList<Object>(before.list("text"));
        rules.add(Map.of("pattern", "zqabvx", "label", "own", "action", "mask"));
        var after = before.with("text", rules);

        assertThat(more(before, after, event("zqaavx-zqabvx", Map.of()))).isEmpty();
        assertThat(more(before, after, event("zqaavx%2Dzqabvx", Map.of()))).containsExactly("zqaavx");
    }
}
