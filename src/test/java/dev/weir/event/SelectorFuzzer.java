package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whatever somebody writes as a selector is taken or refused, and what is taken means the same when it is written out and read again. */
class SelectorFuzzer {

    private static final Hierarchy HIERARCHY = new Hierarchy(List.of(
            new Element("a", "buy", List.of("btn", "x"), Map.of("role", "button", "data-testid", "q"), 1, 2, false),
            new Element("li", null, List.of(), Map.of(), 2, 3, false),
            new Element("ul", "list", List.of("menu"), Map.of("aria-label", "A b"), 1, 1, false),
            new Element("body", null, List.of("dark"), Map.of(), 1, 1, false)));

    @FuzzTest
    void selector(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);

        var parsed = Selector.parse(text);

        parsed.match(
                selector -> {
                    var matched = selector.matched(HIERARCHY);
                    for (int i = 0; i < HIERARCHY.elements().size(); i++) {
                        assertThat(selector.matches(HIERARCHY, i)).isEqualTo(matched.get(i));
                    }
                    var again = Selector.parse(selector.toString());
                    assertThat(again).isInstanceOf(Selector.Parsed.Valid.class);
                    var second = ((Selector.Parsed.Valid) again).selector();
                    assertThat(second.toString()).isEqualTo(selector.toString());
                    assertThat(second.matched(HIERARCHY)).isEqualTo(matched);
                    return true;
                },
                refused -> {
                    assertThat(refused.position()).isBetween(0, text.length());
                    return false;
                });
    }
}
