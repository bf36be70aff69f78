package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

    private static final Scrubber ALL = Scrubber.of(all());

    private static List<TextRule> all() {
        return Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList();
    }

    @Test
    void a_policy_without_rules_changes_nothing() {
        assertThat(Scrubber.of(List.of()).scrub("jane@example.com", "email"))
                .isEqualTo(new Scrubbed("jane@example.com", List.of()));
    }

    @Test
    void a_clean_text_keeps_its_spelling() {
        var text = "“Größe” — 40\u00a0cm, 50 %25 off\u200b";

        assertThat(ALL.scrub(text, null)).isEqualTo(new Scrubbed(text, List.of()));
    }

    @Test
    void the_surface_is_masked_before_what_lies_under_it() {
        assertThat(ALL.scrub("a@example.com and b%2540example.com", null).text())
                .isEqualTo("[email] and [email]");
    }

    @Test
    void octets_that_are_no_utf8_hide_nothing() {
        assertThat(ALL.scrub("%ff%20%6aane%40example.com", null).text()).isEqualTo("%ff [email]");
    }

    @Test
    void a_third_layer_is_not_opened() {
        assertThat(ALL.scrub("jane%252540example.com", null).changed()).isFalse();
    }

    @Test
    void a_token_is_opened_where_the_policy_does_not_name_tokens() {
        var payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"email\":\"jane@example.com\"}".getBytes(StandardCharsets.UTF_8));
        var rules = List.of(TextRule.detector("email", Action.MASK));

        var scrubbed = Scrubber.of(rules).scrub("t=eyJhbGciOiJIUzI1NiJ9." + payload + ".c2lnbmF0dXJl;x", null);

        assertThat(scrubbed.text()).isEqualTo("t=[email];x");
    }

    @Test
    void dropping_wins_over_masking() {
        var rules = List.of(TextRule.detector("email", Action.MASK), TextRule.detector("phone", Action.DROP));

        var scrubbed = Scrubber.of(rules).scrub("jane@example.com +1-555-123-4567", null);

        assertThat(scrubbed)
                .isEqualTo(new Scrubbed(null, List.of(new Hit("email", Action.MASK), new Hit("phone", Action.DROP))));
    }

    @Test
    void a_rule_is_reported_once_however_often_it_finds_something() {
        assertThat(ALL.scrub("a@example.com b@example.com", null).hits())
                .containsExactly(new Hit("email", Action.MASK));
    }

    @Test
    void a_pattern_masks_without_regard_to_case_and_never_its_own_placeholder() {
        var scrubber =
                Scrubber.of(List.of(TextRule.pattern("emp-\\d{3}|[a-z]{9,}", "staff-number", Action.QUARANTINE)));

        var scrubbed = scrubber.scrub("EMP-123 and emp-12", null);

        assertThat(scrubbed)
                .isEqualTo(
                        new Scrubbed("[staff-number] and emp-12", List.of(new Hit("staff-number", Action.QUARANTINE))));
        assertThat(scrubber.scrub("[staff-number]", null).changed()).isFalse();
    }

    @Test
    void what_lies_beyond_the_limit_is_cut_off_before_looking() {
        var long1 = "x".repeat(Scrubber.MAX_CODE_POINTS) + "jane@example.com";
        var long2 = "😀".repeat(Scrubber.MAX_CODE_POINTS + 5);

        assertThat(ALL.scrub(long1, null).text()).isEqualTo("x".repeat(Scrubber.MAX_CODE_POINTS));
        assertThat(ALL.scrub(long2, null).text()).isEqualTo("😀".repeat(Scrubber.MAX_CODE_POINTS));
    }

    @Test
    void national_numbers_are_found_in_the_regions_of_the_rule_alone() {
        var rules = List.of(TextRule.national(List.of("DE"), Action.MASK));

        assertThat(Scrubber.of(rules)
                        .scrub("Tel 89 12345678 oder 089 12345678", null)
                        .text())
                .contains("[phone-national]");
        assertThat(Scrubber.of(List.of(TextRule.national(List.of("US"), Action.MASK)))
                        .scrub("089 12345678", null)
                        .changed())
                .isFalse();
    }

    @Test
    void scrubbing_twice_finds_no_more_than_scrubbing_once() {
        var samples = new ArrayList<Samples.Sample>(Accuracy.positives());
        samples.addAll(Accuracy.clean());
        for (int i = 0; i + 1 < samples.size(); i++) {
            var text = samples.get(i).text() + " " + samples.get(i + 1).text();
            var once = ALL.scrub(text, samples.get(i).key()).text();
            var twice = ALL.scrub(String.valueOf(once), samples.get(i).key());

            assertThat(twice).as(text).isEqualTo(new Scrubbed(once, List.of()));
        }
    }

    @Test
    void what_lies_under_layers_of_encoding_is_found_the_first_time_or_never() {
        long seed = 20261128;
        System.out.println("layers: seed " + seed);
        int masked = 0;
        for (var text : new OddAddresses(seed).some(20_000)) {
            var once = ALL.scrub(text, null);
            var twice = ALL.scrub(String.valueOf(once.text()), null);

            masked += once.changed() ? 1 : 0;
            assertThat(twice).as(text).isEqualTo(new Scrubbed(once.text(), List.of()));
        }
        assertThat(masked).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1 1 1 ",
                "a@a@a@",
                "%25%25",
                "%",
                "eyJ",
                "eyJa.",
                "a.",
                "1.1.",
                "::",
                "1:",
                "(1",
                "+1",
                "[a",
                "\"a",
                "AA11",
                "sk-1",
                "born 1 ",
                "4111 1111 1111 1112 ",
                "phone 1 ",
                "a@a.a.",
                "-----BEGIN PRIVATE KEY-----",
                "&#",
                "\u200b",
                "１ ",
                "Basic ",
                "%E4%",
                "a-1-"
            })
    void hostile_input_of_any_length_is_scrubbed(String part) {
        var text = part.repeat(65536 / part.length());

        assertThat(ALL.scrub(text, "phone").text()).isNotNull();
    }
}
