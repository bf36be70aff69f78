package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a policy document may say, and how it says what is wrong with one. */
class PolicyDocumentTest {

    @Test
    void a_document_that_says_nothing_is_the_balanced_preset() {
        assertThat(parsed(Map.of("version", 1L)).canonical())
                .isEqualTo(PolicyDocument.balanced().canonical());
        assertThat(PolicyDocument.balanced().hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void a_document_is_complete_so_reading_it_again_changes_nothing() {
        for (var preset : List.of(PolicyDocument.balanced(), PolicyDocument.strict())) {
            assertThat(parsed(preset.json()).canonical()).isEqualTo(preset.canonical());
            assertThat(preset.json().keySet())
                    .containsExactlyInAnyOrder(
                            "version",
                            "capture",
                            "origins",
                            "consent",
                            "pages",
                            "urls",
                            "elements",
                            "text",
                            "properties",
                            "events",
                            "identity",
                            "retention");
        }
    }

    /** Revisions that were published before there were schemas keep their hash. */
    @Test
    void an_empty_list_of_schemas_is_not_written() {
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.put("schemas", List.of());

        assertThat(parsed(json).hash()).isEqualTo(PolicyDocument.balanced().hash());
        assertThat(parsed(json).canonical()).doesNotContain("schemas");
        assertThat(parsed(json).complete()).containsEntry("schemas", List.of());
    }

    @Test
    void schemas_are_complete_folded_and_said_once() {
        var document = parsed(Map.of(
                "version",
                1L,
                "schemas",
                List.of(
                        Map.of("event", " Order Placed ", "property", "Amount", "type", "number"),
                        Map.of("event", "order placed", "property", "amount", "type", "number", "required", false),
                        Map.of("event", "order placed", "property", "plan", "required", true))));

        assertThat(document.canonical())
                .contains("\"schemas\":[{\"event\":\"order placed\",\"property\":\"amount\",\"required\":false,"
                        + "\"type\":\"number\"},{\"event\":\"order placed\",\"property\":\"plan\",\"required\":true,"
                        + "\"type\":\"any\"}]");
        assertThat(document.inPages().canonical())
                .isEqualTo(PolicyDocument.balanced().canonical());
    }

    @Test
    void what_is_wrong_with_a_schema_is_said_with_its_place() {
        var errors = PolicyDocument.parse(Map.of(
                        "version",
                        1L,
                        "schemas",
                        List.of(
                                Map.of("event", "a", "property", "plan*", "required", true),
                                Map.of("event", "a", "property", "plan"),
                                Map.of("event", "", "property", "p".repeat(256), "type", "date"),
                                "plan",
                                Map.of("event", "a", "property", "b", "required", "yes", "kind", "x"))))
                .match(valid -> List.<PolicyError>of(), found -> found);

        assertThat(errors)
                .extracting(error -> error.pointer() + " " + error.position())
                .containsExactlyInAnyOrder(
                        "/schemas/0/property 4",
                        "/schemas/1/type -1",
                        "/schemas/2/event -1",
                        "/schemas/2/property -1",
                        "/schemas/2/type -1",
                        "/schemas/2/type -1",
                        "/schemas/3 -1",
                        "/schemas/4 -1",
                        "/schemas/4/required -1",
                        "/schemas/4/type -1");
    }

    @Test
    void a_name_that_a_rule_gives_to_a_property_is_not_expected() {
        var json = Map.of(
                "version",
                1L,
                "properties",
                List.of(Map.of("name", "plan", "action", "rename", "to", "Tier")),
                "schemas",
                List.of(
                        Map.of("event", "a", "property", "plan", "required", true),
                        Map.of("event", "a", "property", "tier", "required", true)));

        assertThat(errors(json)).extracting(PolicyError::pointer).containsExactly("/schemas/1/property");
    }

    @Test
    void a_document_has_at_most_500_schemas() {
        assertThat(errors(Map.of("version", 1L, "schemas", schemas(500)))).isEmpty();
        assertThat(errors(Map.of("version", 1L, "schemas", schemas(501))))
                .extracting(PolicyError::pointer)
                .containsExactly("/schemas");
    }

    private static List<Object> schemas(int many) {
        return IntStream.range(0, many)
                .<Object>mapToObj(i -> Map.of("event", "a", "property", "p" + i, "required", true))
                .toList();
    }

    /** Found by a search: such a document was published and could not be read back. */
    @Test
    void what_is_longer_in_the_spelling_that_is_kept_is_held_to_the_same_limit() {
        var selector = ".a>" + "b>".repeat(20) + "c".repeat(456);
        var capitals = "\u0130".repeat(400);
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.put("elements", List.of(Map.of("selector", selector, "action", "ignore")));
        json.put("properties", List.of(Map.of("name", capitals.substring(0, 200), "action", "drop")));
        json.put("events", List.of(capitals + capitals));

        var errors = PolicyDocument.parse(json).match(valid -> List.<PolicyError>of(), found -> found);

        assertThat(selector.length()).isLessThan(500);
        assertThat(errors)
                .extracting(PolicyError::pointer)
                .containsExactlyInAnyOrder("/elements/0/selector", "/properties/0/name", "/events/0");
        assertThat(errors).allSatisfy(error -> assertThat(error.message()).contains("in the spelling that is kept"));
    }

    @Test
    void the_strict_preset_takes_no_text_and_keeps_few_parameters() {
        assertThat(PolicyDocument.strict().canonical())
                .contains("\"text\":\"drop\"")
                .contains("{\"mode\":\"allow\",\"names\":[\"utm_*\"]}");
    }

    @Test
    void the_default_list_is_long_lower_case_and_names_no_one_twice() {
        assertThat(Defaults.PARAMETERS)
                .hasSizeGreaterThanOrEqualTo(150)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)))
                .contains(
                        "token",
                        "code",
                        "session_id",
                        "email",
                        "phone",
                        "otp",
                        "reset_password_token",
                        "gclid",
                        "fbclid");
    }

    @Test
    void the_order_of_keys_does_not_matter() {
        var forwards = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        var keys = new ArrayList<>(forwards.keySet());
        Collections.reverse(keys);
        var backwards = new LinkedHashMap<String, @Nullable Object>();
        keys.forEach(key -> backwards.put(key, forwards.get(key)));

        assertThat(parsed(backwards).hash()).isEqualTo(parsed(forwards).hash());
    }

    @Test
    void names_are_kept_in_the_form_in_which_they_are_compared() {
        var document = parsed(Map.of(
                "version",
                1L,
                "pages",
                List.of("/Account//%53ettings/"),
                "events",
                List.of(" Card Added "),
                "urls",
                Map.of("parameters", Map.of("names", List.of("Token", "TOKEN")))));

        assertThat(document.json().get("pages")).isEqualTo(List.of("/account/settings"));
        assertThat(document.json().get("events")).isEqualTo(List.of("card added"));
        assertThat(document.canonical()).contains("\"names\":[\"token\"]");
    }

    /** A policy that was published has to be read back, or its environment is not served. */
    @Test
    void a_page_that_is_none_any_more_when_it_is_decoded_is_refused() {
        for (var page : List.of("/a%0ab", "/a%3fb", "/a%2523", "/a%252541", "*/c%1%0a%/checkout")) {
            assertThat(errors(Map.of("version", 1L, "pages", List.of(page))))
                    .as(page)
                    .hasSize(1);
        }
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_nothing_is_quoted() {
        var secret = "jane@example.com";
        var errors = errors(Map.of(
                "version",
                2L,
                secret,
                true,
                "capture",
                Map.of("click", secret, "text", secret, "maxText", 0L),
                "pages",
                List.of(secret, "/a?b"),
                "urls",
                Map.of("parameters", Map.of("mode", "block", "names", List.of("a*b", "")), secret, 1L),
                "elements",
                List.of(Map.of("selector", "a + b", "action", "ignore"), secret),
                "text",
                List.of(Map.of("detector", secret, "action", "mask")),
                "properties",
                List.of(Map.of("name", "x", "action", "truncate"))));

        assertThat(errors.toString()).doesNotContain("jane");
        assertThat(errors)
                .extracting(PolicyError::pointer)
                .containsExactlyInAnyOrder(
                        "",
                        "/version",
                        "/capture/click",
                        "/capture/text",
                        "/capture/maxText",
                        "/pages/0",
                        "/pages/1",
                        "/urls",
                        "/urls/parameters/names/0",
                        "/urls/parameters/names/1",
                        "/elements/0/selector",
                        "/elements/1",
                        "/text/0/detector",
                        "/properties/0/length");
        assertThat(errors)
                .filteredOn(error -> error.pointer().equals("/elements/0/selector"))
                .extracting(PolicyError::position)
                .containsExactly(2);
    }

    @Test
    void replay_is_refused_until_it_is_enforced() {
        assertThat(errors(Map.of("version", 1L, "replay", Map.of())))
                .containsExactly(new PolicyError("/replay", -1, "replay is reserved until its rules are enforced"));
    }

    @Test
    void null_is_no_section() {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("version", 1L);
        document.put("consent", null);

        assertThat(errors(document)).extracting(PolicyError::pointer).containsExactly("/consent");
    }

    @Test
    void what_is_no_object_is_no_document() {
        assertThat(errors(List.of())).extracting(PolicyError::pointer).containsExactly("");
        assertThat(errors(null)).extracting(PolicyError::pointer).containsExactly("");
    }

    @Test
    void a_renamed_property_must_not_fall_under_another_rule() {
        assertThat(errors(Map.of(
                        "version",
                        1L,
                        "properties",
                        List.of(
                                Map.of("name", "a", "action", "rename", "to", "Mail_address"),
                                Map.of("name", "mail*", "action", "drop")))))
                .extracting(PolicyError::pointer)
                .containsExactly("/properties/0/to");
    }

    static PolicyDocument parsed(@Nullable Object json) {
        return PolicyDocument.parse(json).match(document -> document, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static List<PolicyError> errors(@Nullable Object json) {
        return PolicyDocument.parse(json).match(document -> List.of(), errors -> errors);
    }
}
