package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every policy and every event, on many of both. */
class JudgeLawsTest {

    private static final long SEED = 20261127;
    private static final int POLICIES = 200;
    private static final int EVENTS = 40;
    private static final Set<String> PLACEHOLDERS = Set.of(
            "email",
            "card",
            "ssn",
            "iban",
            "ipv4",
            "ipv6",
            "phone",
            "jwt",
            "apikey",
            "dob",
            "order",
            "seen",
            "title",
            "text",
            "redacted",
            "masked",
            "id",
            "name",
            "place",
            "mailto",
            "javascript",
            "other",
            "renamed");

    @Test
    void no_planted_secret_is_kept_in_any_form_in_any_part_of_an_event() {
        System.out.println("judge laws: seed " + SEED);
        var planted = new Planted(SEED);
        var survived = new ArrayList<String>();
        int looked = 0;
        for (int p = 0; p < POLICIES; p++) {
            var document = planted.policy();
            var policy = CompiledPolicy.of(document, Contract.KEY);
            for (int i = 0; i < EVENTS; i++) {
                var planting = planted.event();
                var kept =
                        kept(policy.judge(Wire.event(planting.event()), Contract.Case.circumstances(planted.given())));
                if (kept == null) {
                    continue;
                }
                var strings = new ArrayList<String>();
                strings(Wire.json(kept), strings);
                for (var plant : planting.plants()) {
                    if (!isForbidden(plant, document)) {
                        continue;
                    }
                    looked++;
                    strings.stream()
                            .filter(plant.secret()::isIn)
                            .forEach(text -> survived.add(plant.channel() + ", " + plant.disguise() + ", "
                                    + plant.secret().value() + "\n    " + text + "\n    " + planting.event()));
                }
            }
        }
        assertThat(survived).isEmpty();
        assertThat(looked).isGreaterThan(3_000);
    }

    @Test
    void judging_what_was_kept_again_changes_nothing() {
        var planted = new Planted(SEED + 1);
        var changed = new ArrayList<String>();
        int again = 0;
        for (int p = 0; p < POLICIES; p++) {
            var document = planted.policy();
            var policy = CompiledPolicy.of(document, Contract.KEY);
            for (int i = 0; i < EVENTS; i++) {
                var event = planted.event().event();
                var given = Contract.Case.circumstances(planted.given());
                var kept = kept(policy.judge(Wire.event(event), given));
                if (kept == null) {
                    continue;
                }
                again++;
                var second = policy.judge(kept, given);
                var left = kept(second);
                if (left == null) {
                    changed.add(shown(event, document) + "\n  dropped " + second.findings());
                } else {
                    differences("", Wire.json(kept), Wire.json(left))
                            .forEach(difference ->
                                    changed.add(difference + "\n  " + second.findings() + shown(event, document)));
                }
            }
        }
        assertThat(changed.stream().limit(200))
                .as("%d of %d", changed.size(), again)
                .isEmpty();
        assertThat(again).isGreaterThan(3_000);
    }

    @Test
    void a_protected_field_is_captured_under_no_policy() {
        var planted = new Planted(SEED + 2);
        for (int p = 0; p < POLICIES; p++) {
            var policy = CompiledPolicy.of(planted.policy(), Contract.KEY);
            for (var attribute : PROTECTED) {
                var event = planted.event().event();
                event.withArray("/path")
                        .insertObject(0)
                        .put("t", "input")
                        .withObject("/a")
                        .setAll(attribute);
                var verdict = policy.judge(Wire.event(event), Contract.Case.circumstances(planted.given()));

                assertThat(verdict).as("%s", attribute).isInstanceOf(Verdict.Dropped.class);
                assertThat(((Verdict.Dropped) verdict).reason())
                        .as("%s", attribute)
                        .isIn(
                                Reason.FIELD_PROTECTED,
                                Reason.CONSENT_MISSING,
                                Reason.GPC,
                                Reason.CAPTURE_OFF,
                                Reason.PAGE_BLOCKED,
                                Reason.EVENT_BLOCKED);
            }
        }
    }

    private static final List<ObjectNode> PROTECTED = Stream.of(
                    "type=password",
                    "type= PASSWORD ",
                    "type=Hidden",
                    "autocomplete=cc-number",
                    "autocomplete=section-a shipping CC-CSC",
                    "autocomplete=one-time-code",
                    "autocomplete=username Current-Password",
                    "autocomplete=new-password webauthn")
            .map(text -> text.split("=", -1))
            .map(parts -> Wire.JSON.createObjectNode().put(parts[0], parts[1]))
            .toList();

    /** What PolicyDiff calls tightening is searched by PolicyDiffTest; here each step on its own, where it can matter. */
    @Test
    void a_rule_more_keeps_nothing_more() {
        var planted = new Planted(SEED + 3);
        var more = new ArrayList<String>();
        int compared = 0;
        for (int p = 0; p < POLICIES; p++) {
            var before = planted.masking();
            var tightened = planted.tightened(before);
            var then = CompiledPolicy.of(Planted.parsed(before), Contract.KEY);
            var now = CompiledPolicy.of(Planted.parsed(tightened), Contract.KEY);
            for (int i = 0; i < EVENTS; i++) {
                var event = planted.event().event();
                var given = Contract.Case.circumstances(planted.given());
                var old = then.judge(Wire.event(event), given);
                var fresh = now.judge(Wire.event(event), given);
                if (strictness(fresh) < strictness(old)) {
                    more.add("was " + old.findings() + " is " + fresh.findings()
                            + shown(event, Planted.parsed(tightened)));
                }
                var words = newWords(fresh, old);
                compared++;
                if (!words.isEmpty()) {
                    more.add("\n" + words + "\n  before " + Wire.json(old) + "\n  after  " + Wire.json(fresh)
                            + shown(event, Planted.parsed(tightened)));
                }
            }
        }
        assertThat(more).isEmpty();
        assertThat(compared).isGreaterThan(3_000);
    }

    private static int strictness(Verdict verdict) {
        return verdict.match(kept -> 0, aside -> 1, dropped -> 2);
    }

    /** Words of a kept event that no string of the other one holds. */
    private static Set<String> newWords(Verdict fresh, Verdict old) {
        var before = String.join("\n", decoded(old));
        var words = new TreeSet<String>();
        decoded(fresh).forEach(text -> words.addAll(List.of(text.split("[^\\p{L}\\p{N}]+"))));
        words.removeIf(word -> PLACEHOLDERS.contains(word) || before.contains(word));
        return words;
    }

    private static List<String> decoded(Verdict verdict) {
        var strings = new ArrayList<String>();
        var kept = kept(verdict);
        if (kept != null) {
            strings(Wire.json(kept), strings);
        }
        strings.replaceAll(text -> Decoding.decode(Decoding.decode(Decoding.fold(text))));
        return strings;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_input_is_judged_like_any_other(String what) {
        var policies = Stream.of(PolicyDocument.balanced(), new Planted(SEED).policy());
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
                new Session(null, "//" + what, "/" + what));

        policies.forEach(document -> {
            var verdict = CompiledPolicy.of(document, Contract.KEY)
                    .judge(event, new Circumstances(Circumstances.Consent.GRANTED, false));

            assertThat(verdict.findings()).extracting(Finding::reason).doesNotContain(Reason.POLICY_FAILURE);
            var strings = new ArrayList<String>();
            strings(Wire.json(Objects.requireNonNull(kept(verdict))), strings);
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

    /** Whether the policy forbids it: it names the detector, and does not allow such an identity. */
    private static boolean isForbidden(Planted.Plant plant, PolicyDocument document) {
        var json = new Json(document.json());
        var kind = plant.secret().kind();
        boolean contact = kind.equals("email") || kind.equals("phone");
        if (plant.channel().equals("identity") && contact) {
            return json.get("identity").get("contact").text().equals("refuse");
        }
        return json.get("text").items().stream()
                .anyMatch(rule ->
                        rule.has("detector") && rule.get("detector").text().equals(kind));
    }

    private static String shown(JsonNode event, PolicyDocument policy) {
        return "\n  event  " + event + "\n  policy "
                + policy.canonical().replaceAll("\"(names|refused)\":\\[[^]]{200,}]", "…");
    }

    private static List<String> differences(String at, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return List.of();
        }
        // The selector that hid a text may have looked at an attribute that did not stay: then what stands for the text
        // is a text again.
        if (at.equals("/text") && before.asText().equals("[redacted]") && "[redacted][text]".contains(after.asText())) {
            return List.of();
        }
        if (!before.isContainerNode() || !after.isContainerNode() || before.isArray()) {
            return List.of("\n" + at + "\n  before " + before + "\n  after  " + after);
        }
        var out = new ArrayList<String>();
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> out.addAll(differences(at + "/" + name, before.path(name), after.path(name))));
        return out;
    }

    static @Nullable Event kept(Verdict verdict) {
        return verdict.<@Nullable Event>match(kept -> kept.event(), aside -> aside.event(), dropped -> null);
    }

    private static void strings(JsonNode json, List<String> out) {
        if (json.isValueNode()) {
            out.add(json.asText());
        }
        json.fieldNames().forEachRemaining(out::add);
        json.forEach(inner -> strings(inner, out));
    }
}
