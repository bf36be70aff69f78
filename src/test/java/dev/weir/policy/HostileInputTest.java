package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Deep, huge and broken input in every part of an event. */
class HostileInputTest {

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_input_is_judged_like_any_other(String what) {
        var policies = Stream.of(PolicyDocument.balanced(), new Planted(1).policy());
        var node = new Element(what, what, List.of(what, what), Map.of("name", what, what, what), 1, 1, false);
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put(what, what);
        properties.put("a", what);
        properties.put("list", Collections.nCopies(3, what));
        properties.put("deep", deep(5_000, what));
        properties.put("address", "https://shop.example/" + what);
        var event = new Event(
                EventType.CUSTOM,
                what,
                what,
                what,
                new Hierarchy(List.of(node)),
                properties,
                what,
                new Page("https://shop.example/?q=" + what, what, what),
                new Session("//" + what, "/" + what));

        policies.forEach(document -> {
            var verdict = CompiledPolicy.of(document, Contract.KEY)
                    .judge(event, new Circumstances(Circumstances.Consent.GRANTED, false));

            assertThat(verdict.findings()).extracting(Finding::reason).doesNotContain(Reason.POLICY_FAILURE);
            var strings = new ArrayList<String>();
            JudgeLawsTest.strings(Wire.json(Objects.requireNonNull(JudgeLawsTest.kept(verdict))), strings);
            assertThat(strings).allMatch(Wording::isClean).allMatch(text -> text.length() <= 2 * 2048);
        });
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                        "\u0000",
                        "\ud83d",
                        "\ude00\ud83d",
                        "\ud83d\u0000\ude00",
                        "%",
                        "%00",
                        "%ff",
                        "%25",
                        "%ED%A0%80",
                        "&#0;",
                        "&#xd8;",
                        "\\u00",
                        "a",
                        "1",
                        "1 ",
                        "1.",
                        "a@",
                        "a.",
                        "a@b.",
                        "eyJ",
                        "eyJ.",
                        "AAAA",
                        ":",
                        "1:",
                        "::1",
                        "+1 ",
                        "(",
                        "[",
                        "[email]",
                        "||",
                        "/",
                        "\\",
                        "//",
                        "/;",
                        "?",
                        "?a=",
                        "&a=/?a=",
                        "#",
                        " ",
                        "\t",
                        "\u200b",
                        "\u0130",
                        "\ufdfa",
                        "sk-",
                        "card ",
                        "born 1 ")
                .flatMap(piece -> Stream.of(1, 3, 100_000 / piece.length()).map(times -> named(piece, times)));
    }

    private static Arguments named(String piece, int times) {
        return Arguments.of(Named.of(times + " times " + Percent.encode(Wording.clean(piece)), piece.repeat(times)));
    }

    private static Object deep(int depth, Object inner) {
        for (int i = 0; i < depth; i++) {
            inner = i % 2 == 0 ? List.of(inner) : Map.of("x", inner);
        }
        return inner;
    }
}
