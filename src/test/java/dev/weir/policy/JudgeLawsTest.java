package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
            "parameter",
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
                var first = policy.judge(Wire.event(event), given);
                var kept = kept(first);
                if (kept == null) {
                    continue;
                }
                again++;
                var second = policy.judge(kept, given);
                if (first instanceof Verdict.Kept && isMissed(second)) {
                    changed.add(shown(event, document) + "\n  missed " + second.findings());
                }
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

    private static boolean isMissed(Verdict verdict) {
        return verdict.findings().stream()
                .anyMatch(
                        finding -> finding.reason() == Reason.SCHEMA_MISSING || finding.reason() == Reason.SCHEMA_TYPE);
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
        var tightening = new Tightened(SEED + 3);
        var more = new ArrayList<String>();
        int compared = 0;
        for (int p = 0; p < POLICIES; p++) {
            var before = planted.masking();
            var tightened = tightening.of(before);
            var then = CompiledPolicy.of(PolicyDocumentTest.parsed(before), Contract.KEY);
            var now = CompiledPolicy.of(PolicyDocumentTest.parsed(tightened), Contract.KEY);
            for (int i = 0; i < EVENTS; i++) {
                var event = planted.event().event();
                var given = Contract.Case.circumstances(planted.given());
                var old = then.judge(Wire.event(event), given);
                var fresh = now.judge(Wire.event(event), given);
                if (strictness(fresh) < strictness(old)) {
                    more.add("was " + old.findings() + " is " + fresh.findings()
                            + shown(event, PolicyDocumentTest.parsed(tightened)));
                }
                var words = newWords(fresh, old);
                words.removeIf(word -> waits(word, event));
                compared++;
                if (!words.isEmpty()) {
                    more.add("\n" + words + "\n  before " + Wire.json(old) + "\n  after  " + Wire.json(fresh)
                            + shown(event, PolicyDocumentTest.parsed(tightened)));
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

    /** Whether a word stands in a text that is too long to be kept whole: where a mask makes it shorter, more of it is in reach. */
    private static boolean waits(String word, ObjectNode event) {
        var sent = new ArrayList<String>();
        strings(event, sent);
        return sent.stream()
                .filter(text -> text.length() > 100)
                .anyMatch(text ->
                        Decoding.decode(Decoding.decode(Folding.fold(text))).contains(word));
    }

    private static List<String> decoded(Verdict verdict) {
        var strings = new ArrayList<String>();
        var kept = kept(verdict);
        if (kept != null) {
            strings(Wire.json(kept), strings);
        }
        strings.replaceAll(text -> Decoding.decode(Decoding.decode(Folding.fold(text))));
        return strings;
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

    static void strings(JsonNode json, List<String> out) {
        if (json.isValueNode()) {
            out.add(json.asText());
        }
        json.fieldNames().forEachRemaining(out::add);
        json.forEach(inner -> strings(inner, out));
    }
}
