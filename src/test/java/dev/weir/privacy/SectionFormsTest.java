package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionFormsTest {

    private static final List<String> VERBS = List.of("settings", "add", "change", "remove", "defaults", "nonsense");
    private static final List<String> FIELDS = List.of(
            "index",
            "value",
            "values",
            "selector",
            "action",
            "attributes",
            "pattern",
            "label",
            "name",
            "event",
            "property",
            "type",
            "length",
            "to",
            "mode",
            "fragment",
            "identifiers",
            "text",
            "maxText",
            "pageview",
            "required",
            "form",
            "contact",
            "perDevice",
            "events",
            "quarantine",
            "detector-email",
            "detector-phone-national",
            "regions");
    private static final List<String> TYPED = List.of(
            "",
            "0",
            "3",
            "-1",
            "99999999999",
            "true",
            "/admin*",
            "/account/{id}",
            "a > b",
            "a:hover",
            "[",
            "((a+)+",
            "(?=x)",
            "order [0-9]+",
            "ignore",
            "dropAttributes",
            "mask",
            "drop",
            "quarantine",
            "keep",
            "block",
            "allow",
            "token\nstate, q",
            "DE, FR",
            "ZZ",
            "label-1",
            "x".repeat(2000),
            "\u0000",
            "\ud800",
            "*",
            "utm_*",
            "number",
            "refuse",
            "rename",
            "truncate",
            "hash",
            "city",
            "500");

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void whatever_is_typed_the_draft_stays_valid_and_the_page_can_say_why_not(long seed) {
        var random = new Documents(seed);
        var draft = PolicyDocument.balanced();
        int refused = 0;
        int accepted = 0;

        for (int step = 0; step < 1500; step++) {
            var section = random.one(List.of(Section.values()));
            var verb = random.one(VERBS);
            var form = form(random);
            var before = Rules.of(draft);
            var edit = SectionForms.edit(section, verb, form);
            if (edit.isEmpty()) {
                continue;
            }
            var parsed = edit.get().apply(before).parsed();
            var next = parsed.match(valid -> valid, errors -> null);
            if (next == null) {
                refused++;
                var errors = parsed.match(
                        valid -> List.<SectionForms.FieldError>of(),
                        wrong -> SectionForms.errors(section, verb, form, before, wrong));
                assertThat(errors).as("seed %d, step %d", seed, step).isNotEmpty();
                errors.forEach(error ->
                        assertThat(error.marked() ? error.caret() : "^").endsWith("^"));
            } else {
                accepted++;
                draft = next;
                assertThat(Rules.of(draft).parsed().match(PolicyDocument::canonical, Object::toString))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(draft.canonical());
            }
        }

        assertThat(refused).as("seed %d", seed).isGreaterThan(50);
        assertThat(accepted).as("seed %d", seed).isGreaterThan(50);
    }

    private static Form form(Documents random) {
        var values = new HashMap<String, String>();
        FIELDS.forEach(field -> {
            if (random.below(4) > 0) {
                values.put(field, random.one(TYPED));
            }
        });
        return new Form(values);
    }

    @Test
    void names_are_pasted_in_any_shape() {
        var form = new Form(Map.of("values", "Token, session_id;  coupon\r\nemail&ref"));

        var names = SectionForms.edit(Section.PARAMETERS, "add", form)
                .orElseThrow()
                .apply(Rules.of(PolicyDocument.balanced()).with("urls.parameters.names", List.of("email")))
                .parsed()
                .match(Rules::of, errors -> null)
                .strings("urls.parameters.names");

        assertThat(names).containsExactly("email", "token", "session_id", "coupon", "ref");
    }

    @Test
    void the_line_that_is_wrong_is_named() {
        var form = new Form(Map.of("values", "/login\nhttps://shop.example/admin"));
        var before = Rules.of(PolicyDocument.balanced());
        var parsed = SectionForms.edit(Section.PAGES, "add", form)
                .orElseThrow()
                .apply(before)
                .parsed();

        var errors = parsed.match(
                valid -> List.<SectionForms.FieldError>of(),
                wrong -> SectionForms.errors(Section.PAGES, "add", form, before, wrong));

        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).field()).isEqualTo("values");
        assertThat(errors.get(0).message()).startsWith("Entry 2: ");
        assertThat(errors.get(0).typed()).isEqualTo("https://shop.example/admin");
    }

    @Test
    void a_selector_is_marked_where_it_goes_wrong() {
        var form = new Form(Map.of("selector", "a.b:hover", "action", "ignore"));
        var before = Rules.of(PolicyDocument.balanced());
        var parsed = SectionForms.edit(Section.ELEMENTS, "add", form)
                .orElseThrow()
                .apply(before)
                .parsed();

        var error = parsed.match(
                        valid -> List.<SectionForms.FieldError>of(),
                        wrong -> SectionForms.errors(Section.ELEMENTS, "add", form, before, wrong))
                .get(0);

        assertThat(error.field()).isEqualTo("selector");
        assertThat(error.marked()).isTrue();
        assertThat("a.b:hover".charAt(error.caret().length() - 1)).isIn(':', 'h');
    }

    @Test
    void turning_the_mode_never_turns_a_list_of_dangers_into_a_list_of_what_may_stay() {
        var form = new Form(Map.of("mode", "allow", "fragment", "drop", "identifiers", "mask"));

        var rules = SectionForms.edit(Section.PARAMETERS, "settings", form)
                .orElseThrow()
                .apply(Rules.of(PolicyDocument.balanced()));

        assertThat(rules.strings("urls.parameters.names")).containsExactly("utm_*");
    }
}
