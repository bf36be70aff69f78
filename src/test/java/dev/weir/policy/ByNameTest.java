package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByNameTest {

    private static PolicyDocument with(String key, Object value) {
        var json = new HashMap<String, Object>(PolicyDocument.balanced().json());
        json.put(key, value);
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static ByName parameter(String mode, String... names) {
        var urls = Map.of("parameters", Map.of("mode", mode, "names", List.of(names)));
        return ByName.of(with("urls", urls), " UTM_id ");
    }

    private static ByName property(Object... rules) {
        return ByName.of(with("properties", List.of(rules)), "Plan");
    }

    private static Map<String, Object> rule(String name, String action) {
        return Map.of("name", name, "action", action);
    }

    @Test
    void a_parameter_goes_or_stays_by_its_name_whatever_the_list_is() {
        assertThat(parameter("block", "utm_*").takesParameter()).isTrue();
        assertThat(parameter("block", "token").takesParameter()).isFalse();
        assertThat(parameter("allow").takesParameter()).isTrue();
        assertThat(parameter("allow", "utm_*").takesParameter()).isFalse();

        assertThat(parameter("block").laxer("urls.parameters", parameter("allow")))
                .isTrue();
        assertThat(parameter("allow", "utm_id").laxer("urls.parameters.names", parameter("allow")))
                .isTrue();
        assertThat(parameter("allow").laxer("urls.parameters", parameter("block")))
                .isFalse();
        assertThat(parameter("block", "utm_*").laxer("urls.parameters", parameter("block", "utm_id")))
                .isFalse();
        assertThat(parameter("block").laxer("urls.paths", parameter("allow"))).isFalse();
    }

    @Test
    void of_the_rules_for_a_property_the_strictest_counts() {
        var ranked = List.of(
                property(),
                property(Map.of("name", "plan", "action", "truncate", "length", 100L)),
                property(Map.of("name", "plan", "action", "truncate", "length", 10L)),
                property(rule("plan", "hash")),
                property(rule("plan", "hash"), rule("p*", "mask")),
                property(rule("p*", "drop"), rule("plan", "mask")));

        for (int i = 0; i < ranked.size(); i++) {
            for (int j = 0; j < ranked.size(); j++) {
                assertThat(ranked.get(i).laxer("properties", ranked.get(j)))
                        .as("%d and %d", i, j)
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void a_rule_decides_about_a_name_by_itself_or_as_one_of_those_that_begin_alike() {
        assertThat(ByName.decides("urls.parameters.names", "utm_*", "utm_id")).isTrue();
        assertThat(ByName.decides("urls.parameters.names", "id", "items[id]")).isTrue();
        assertThat(ByName.decides("urls.parameters.names", "utm", "utm_id")).isFalse();
        assertThat(ByName.decides("properties", rule("pl*", "drop"), "Plan")).isTrue();
        assertThat(ByName.decides("properties", "plan", "plan")).isFalse();
        assertThat(ByName.decides("pages", "/account/*", "/account/orders")).isTrue();
        assertThat(ByName.decides("pages", "/account/*", "/shop")).isFalse();
        assertThat(ByName.decides("events", "order placed", "order placed")).isFalse();

        var blocked = ByName.of(with("pages", List.of("/account/*")), "/account/orders");
        var free = ByName.of(with("pages", List.of()), "/account/orders");
        assertThat(free.laxer("pages", blocked)).isTrue();
        assertThat(blocked.laxer("pages", free)).isFalse();
    }
}
