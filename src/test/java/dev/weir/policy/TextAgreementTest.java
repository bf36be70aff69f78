package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.testsupport.Bundle;
import dev.weir.testsupport.Chromium;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The browser's scrubber and the server's find the same in the same strings. */
class TextAgreementTest {

    private static final long SEED = 20261124;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static BrowserContext context;
    private static Page page;

    @BeforeAll
    static void open() {
        context = Chromium.shared().newContext();
        page = context.newPage();
        page.navigate("about:blank");
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(Bundle.of("text.ts", "weirText")));
    }

    @AfterAll
    static void close() {
        context.close();
    }

    private record Case(String text, @Nullable String key) {}

    @Test
    void both_engines_scrub_alike() throws JsonProcessingException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var cases = new ArrayList<Case>();
        Accuracy.positives().forEach(sample -> cases.add(new Case(sample.text(), sample.key())));
        Accuracy.clean().forEach(sample -> cases.add(new Case(sample.text(), sample.key())));
        int given = cases.size();
        for (int i = 0; i < 12000; i++) {
            cases.add(new Case(mixed(random, cases, given), pick(random, KEYS)));
        }
        var rules = new ArrayList<TextRule>();
        Detectors.SHARED.forEach(name -> rules.add(TextRule.detector(name, Action.MASK)));

        compare(rules, cases);
        assertThat(cases).hasSizeGreaterThan(40000);
    }

    @Test
    void both_engines_fold_every_character_alike() throws JsonProcessingException {
        var cases = new ArrayList<Case>();
        for (int block = 0; block < 0x10000; block += 64) {
            var text = new StringBuilder("a@example.com ");
            for (int c = block; c < block + 64; c++) {
                text.append((char) c).append('|');
            }
            cases.add(new Case(text.toString(), null));
        }

        compare(List.of(TextRule.detector("email", Action.MASK)), cases);
    }

    @Test
    void both_engines_read_accepted_patterns_alike() throws JsonProcessingException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        int accepted = 0;
        int hits = 0;
        while (accepted < 600) {
            var pattern = pattern(random, 3);
            if (PatternSubset.check(pattern).isPresent()) {
                continue;
            }
            accepted++;
            var cases = new ArrayList<Case>();
            for (int i = 0; i < 20; i++) {
                var text = new StringBuilder();
                for (int k = random.nextInt(30); k >= 0; k--) {
                    text.append(pick(random, LETTERS));
                }
                cases.add(new Case(text.toString(), null));
            }
            hits += compare(List.of(TextRule.pattern(pattern, "p", Action.MASK)), cases);
        }
        assertThat(hits).isGreaterThan(1000);
    }

    private static final List<String> KEYS =
            List.of("phone", "ssn", "cardNumber", "birthDate", "order_id", "app_version", "", "note", "ip");

    private static final List<String> LETTERS = List.of(
            "a", "b", "A", "B", "k", "K", "\u212a", "s", "S", "\u017f", "1", "2", "_", "-", " ", ".", "é", "É", "ß",
            "ü", "😀", "\ud83d", "[", "]", "\n", "\u00a0", "i", "İ", "µ", "Μ", "x", "/");

    private static final List<String> JOINTS = List.of(
            " ", "", "-", ".", ":", "=", ", ", "/", "%20", "%2540", "\u200b", "\u00a0", "&", "[phone]", "\"", " phone ",
            " SSN: ", " card ", "born ", "x", "1", "+", "(", "😀", "é", "%ff", "&#64;", "\\u0040", "eyJ", "ISBN ", "@",
            "::");

    private static String mixed(Random random, List<Case> cases, int given) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            var part = cases.get(random.nextInt(given)).text();
            int from = random.nextInt(3) == 0 ? random.nextInt(part.length() + 1) : 0;
            int to = random.nextInt(3) == 0 ? from + random.nextInt(part.length() - from + 1) : part.length();
            text.append(part, from, to).append(pick(random, JOINTS));
        }
        for (int i = random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            text.replace(at, at + 1, pick(random, JOINTS));
        }
        return text.toString();
    }

    static String pattern(Random random, int depth) {
        var out = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            out.append(
                    switch (random.nextInt(depth > 0 ? 12 : 9)) {
                        case 0, 1, 2 ->
                            pick(
                                    random,
                                    List.of("a", "b", "k", "s", "S", "1", "-", "_", " ", "é", "ü", "µ", "x", "i", "/"));
                        case 3 -> pick(random, List.of("\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "."));
                        case 4 ->
                            pick(
                                    random,
                                    List.of(
                                            "[a-c]", "[^a-c]", "[\\d-]", "[^\\w]", "[A-Z_]", "[Y-b]", "[^\\s.]",
                                            "[\\Dx]"));
                        case 5 -> pick(random, List.of("\\b", "^", "$"));
                        case 6 -> pick(random, List.of("\\.", "\\[", "\\]", "\\\\"));
                        case 7, 8 ->
                            pick(random, List.of("a", "1", "\\w", "[ab]", "s"))
                                    + pick(
                                            random,
                                            List.of("?", "*", "+", "{2}", "{1,3}", "{2,}", "??", "*?", "+?", "{1,2}?"));
                        case 9 -> "(" + pattern(random, depth - 1) + ")";
                        case 10 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
                        default ->
                            "(" + pattern(random, depth - 1) + ")"
                                    + pick(random, List.of("?", "+", "{1,2}", "{2}", "*", "+?"));
                    });
        }
        return random.nextInt(6) == 0 ? out + "|" + pick(random, List.of("ab", "k", "1")) : out.toString();
    }

    private static int compare(List<TextRule> rules, List<Case> cases) throws JsonProcessingException {
        var scrubber = Scrubber.of(rules);
        var shown = rules.stream()
                .map(rule -> {
                    var json = new HashMap<String, Object>();
                    json.put("action", "mask");
                    if (rule.pattern() == null) {
                        json.put("detector", rule.label());
                    } else {
                        json.put("pattern", rule.pattern());
                        json.put("label", rule.label());
                    }
                    return json;
                })
                .toList();
        int hits = 0;
        for (int from = 0; from < cases.size(); from += 2000) {
            var batch = cases.subList(from, Math.min(cases.size(), from + 2000));
            var input = JSON.writeValueAsString(Map.of(
                    "rules",
                    shown,
                    "cases",
                    batch.stream()
                            .map(c ->
                                    c.key() == null ? List.of(escaped(c.text())) : List.of(escaped(c.text()), c.key()))
                            .toList()));
            // Strings travel as numbers of UTF-16 units: half a surrogate pair doesn't survive JSON in UTF-8.
            var answers = JSON.readTree((String) page.evaluate("""
                    (input) => {
                      const { rules, cases } = JSON.parse(input);
                      const scrub = weirText.scrubber(rules);
                      const units = (s) => s === null ? null : [...Array(s.length).keys()].map((i) => s.charCodeAt(i));
                      return JSON.stringify(cases.map(([text, key]) => {
                        const r = scrub(String.fromCharCode(...text), key);
                        return [units(r[0]), r[1].map((h) => h.join("/"))];
                      }));
                    }""", input));
            for (int i = 0; i < batch.size(); i++) {
                var server = scrubber.scrub(batch.get(i).text(), batch.get(i).key());
                var browser = answers.get(i);
                hits += server.hits().size();
                assertThat(JSON.writeValueAsString(browser))
                        .as(() -> "text, key, rules, server's: " + server + " " + shown)
                        .withFailMessage(() -> "differs on " + server + " for " + shown + "; browser: " + browser)
                        .isEqualTo(JSON.writeValueAsString(List.of(
                                escaped(String.valueOf(server.text())),
                                server.hits().stream()
                                        .map(hit -> hit.label() + "/mask")
                                        .toList())));
            }
        }
        return hits;
    }

    private static List<Integer> escaped(String text) {
        return text.chars().boxed().toList();
    }

    private static String pick(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
