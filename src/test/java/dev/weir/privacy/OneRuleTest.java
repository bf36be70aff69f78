package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneRuleTest {

    private static final Map<String, Object> ACCOUNT = Map.of("selector", ".account", "action", "maskText");

    private static PolicyDocument with(String key, Object value) {
        var json = new HashMap<String, Object>(PolicyDocument.balanced().json());
        json.put(key, value);
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static List<Change> changes(PolicyDocument before, PolicyDocument after) {
        return PolicyDiff.between(before, after).changes();
    }

    private static OneRule rule(String path, String about) {
        return OneRule.of(path, about).orElseThrow();
    }

    @Test
    void a_rule_is_followed_by_what_it_is_about_and_not_by_what_it_does() {
        var before = with("elements", List.of(ACCOUNT, Map.of("selector", ".other", "action", "ignore")));
        var after = with("elements", List.of(Map.of("selector", ".account", "action", "ignore")));

        var account = rule("elements", "selector .account");
        var other = rule("elements", "selector .other");

        assertThat(changes(before, after).stream().filter(account::concerns)).hasSize(1);
        assertThat(changes(before, after).stream().filter(other::concerns)).hasSize(1);
        assertThat(changes(before, after).stream().filter(rule("elements", "selector .third")::concerns))
                .isEmpty();
        assertThat(changes(before, after)).extracting(Change::rule).containsExactlyInAnyOrder(account, other);
        assertThat(account.in(before)).isTrue();
        assertThat(other.in(after)).isFalse();
    }

    @Test
    void a_schema_is_about_one_property_of_one_event() {
        var total = Map.of("event", "order / placed", "property", "total", "type", "number", "required", false);
        var other = Map.of("event", "order", "property", "placed / total", "type", "any", "required", true);
        var required = Map.of("event", "order / placed", "property", "total", "type", "number", "required", true);
        var before = with("schemas", List.of(total, other));
        var after = with("schemas", List.of(required, other));

        var rules = changes(before, after).stream().map(Change::rule).toList();

        assertThat(rules).singleElement().satisfies(rule -> {
            assertThat(rule.title()).isEqualTo("order // placed / total");
            assertThat(rule.in(before)).isTrue();
            assertThat(rule.said(before)).isEqualTo(List.of(total));
        });
    }

    @Test
    void a_setting_is_followed_by_its_path() {
        var shorter = with("retention", Map.of("events", 30L, "quarantine", 14L));
        var changes = changes(PolicyDocument.balanced(), shorter);

        assertThat(changes.stream().filter(rule("retention.events", "")::concerns))
                .extracting(Change::after)
                .containsExactly(30L);
        assertThat(rule("retention.events", "").in(shorter)).isTrue();
    }

    /** From block-list to allow-list each name means the opposite, also one that stays. */
    @Test
    void a_list_that_turns_concerns_each_of_its_rules() {
        var turned = with("urls", Map.of("parameters", Map.of("mode", "allow", "names", List.of("token"))));

        assertThat(changes(PolicyDocument.balanced(), turned).stream()
                        .filter(rule("urls.parameters.names", "token")::concerns))
                .extracting(Change::path)
                .containsExactly("urls.parameters");
    }

    @Test
    void a_note_of_the_log_that_does_not_tell_may_be_about_it() {
        var account = rule("elements", "selector .account");

        assertThat(account.mayConcern("elements", List.of(ACCOUNT))).isTrue();
        assertThat(account.mayConcern("elements", Map.of("characters", 40_000L)))
                .isTrue();
        assertThat(account.mayConcern("elements", List.of("something else"))).isFalse();
        assertThat(account.mayConcern("text", List.of(ACCOUNT))).isFalse();
        assertThat(rule("urls.parameters.names", "a").mayConcern("urls.parameters", "x"))
                .isTrue();
    }

    @Test
    void an_address_names_it_and_what_is_no_rule_has_none() {
        assertThat(rule("elements", "selector .a & .b").history("shop"))
                .isEqualTo("/console/shop/privacy/elements/history?rule=elements&about=selector+.a+%26+.b");
        assertThat(rule("retention.events", "").query()).isEqualTo("rule=retention.events");
        assertThat(rule("elements", "selector .a").title()).isEqualTo(".a");
        assertThat(OneRule.of("nothing.like.it", "")).isEmpty();
        assertThat(OneRule.of("elements", "a".repeat(2000))).isEmpty();
    }
}
