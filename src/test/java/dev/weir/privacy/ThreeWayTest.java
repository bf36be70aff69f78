package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.ThreeWay.Line;
import dev.weir.privacy.ThreeWay.Moved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThreeWayTest {

    private static PolicyDocument policy(Object... members) {
        var json = new HashMap<String, Object>(Map.of("version", 1L));
        for (int i = 0; i < members.length; i += 2) {
            json.put((String) members[i], members[i + 1]);
        }
        return valid(PolicyDocument.parse(json));
    }

    private static PolicyDocument valid(PolicyDocument.Parsed parsed) {
        return parsed.match(document -> document, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static PolicyDocument keeping(long days) {
        return policy("retention", Map.of("events", days));
    }

    private static List<Moved> moved(PolicyDocument base, PolicyDocument source, PolicyDocument target) {
        return ThreeWay.between(base, source, target).lines().stream()
                .map(Line::moved)
                .toList();
    }

    @Test
    void two_schemas_of_one_property_are_a_conflict_and_of_two_are_none() {
        var none = policy();
        var number = policy("schemas", List.of(Map.of("event", "paid", "property", "total", "type", "number")));
        var text = policy("schemas", List.of(Map.of("event", "paid", "property", "total", "type", "string")));
        var other = policy("schemas", List.of(Map.of("event", "paid", "property", "plan", "required", true)));

        assertThat(moved(none, number, text)).containsExactly(Moved.BOTH);
        assertThat(moved(none, number, other)).containsExactlyInAnyOrder(Moved.SOURCE, Moved.TARGET);
        var lines = ThreeWay.between(none, number, other).lines();
        var source = lines.stream().filter(Line::sourceMoved).map(Line::number).collect(Collectors.toSet());
        assertThat(valid(ThreeWay.between(none, number, other).with(source)).canonical())
                .contains("\"property\":\"plan\"", "\"property\":\"total\"");
    }

    @Test
    void a_setting_says_who_moved_it() {
        assertThat(moved(keeping(30), keeping(60), keeping(30))).containsExactly(Moved.SOURCE);
        assertThat(moved(keeping(30), keeping(30), keeping(60))).containsExactly(Moved.TARGET);
        assertThat(moved(keeping(30), keeping(60), keeping(90))).containsExactly(Moved.BOTH);
        assertThat(moved(keeping(30), keeping(60), keeping(60))).isEmpty();
    }

    @Test
    void a_rule_of_a_list_says_who_added_or_removed_it() {
        var none = policy();
        var one = policy("events", List.of("order placed"));

        assertThat(moved(none, one, none)).containsExactly(Moved.SOURCE);
        assertThat(moved(none, none, one)).containsExactly(Moved.TARGET);
        assertThat(moved(one, none, one)).containsExactly(Moved.SOURCE);
        assertThat(moved(one, one, none)).containsExactly(Moved.TARGET);
    }

    @Test
    void a_rule_that_both_changed_otherwise_is_a_conflict() {
        var base = policy("elements", List.of(Map.of("selector", ".name", "action", "maskText")));
        var source = policy("elements", List.of(Map.of("selector", ".name", "action", "ignore")));
        var target = policy(
                "elements",
                List.of(Map.of("selector", ".name", "action", "dropAttributes", "attributes", List.of("title"))));

        assertThat(moved(base, source, target)).containsExactly(Moved.BOTH);
        assertThat(ThreeWay.between(base, source, target).lines().get(0).sides())
                .isEqualTo(new ThreeWay.Sides(
                        "The text of .name, and of anything inside it, becomes [redacted].",
                        "Interactions with .name, and with anything inside it, are not captured.",
                        "The attributes title of .name are removed."));
        assertThat(ThreeWay.between(policy(), source, policy()).lines().get(0).sides())
                .isEqualTo(new ThreeWay.Sides(
                        "No such rule.",
                        "Interactions with .name, and with anything inside it, are not captured.",
                        "No such rule."));
        assertThat(moved(base, source, base)).containsExactly(Moved.SOURCE);
        assertThat(moved(base, base, target)).containsExactly(Moved.TARGET);
    }

    @Test
    void a_rule_that_one_took_away_and_the_other_changed_is_a_conflict() {
        var base = policy("elements", List.of(Map.of("selector", ".name", "action", "maskText")));
        var changed = policy("elements", List.of(Map.of("selector", ".name", "action", "ignore")));
        var none = policy();

        assertThat(moved(base, changed, none)).containsExactly(Moved.BOTH);
        assertThat(moved(base, none, changed)).containsExactly(Moved.BOTH);
        assertThat(ThreeWay.between(base, none, changed).lines().get(0).sides())
                .isEqualTo(new ThreeWay.Sides(
                        "The text of .name, and of anything inside it, becomes [redacted].",
                        "No such rule.",
                        "Interactions with .name, and with anything inside it, are not captured."));
    }

    @Test
    void a_second_rule_about_the_same_thing_is_no_conflict_with_the_first() {
        var masks = Map.<String, Object>of("selector", ".name", "action", "maskText");
        var drops =
                Map.<String, Object>of("selector", ".name", "action", "dropAttributes", "attributes", List.of("title"));
        var one = policy("elements", List.of(masks));
        var both = policy("elements", List.of(masks, drops));

        assertThat(moved(one, both, one)).containsExactly(Moved.SOURCE);
        assertThat(moved(one, one, both)).containsExactly(Moved.TARGET);
        assertThat(moved(one, both, policy())).containsOnly(Moved.TARGET, Moved.SOURCE);
    }

    @Test
    void names_of_a_list_that_turned_are_a_conflict() {
        var block = policy("urls", Map.of("parameters", Map.of("mode", "block", "names", List.of("token"))));
        var allow = policy("urls", Map.of("parameters", Map.of("mode", "allow", "names", List.of("utm_*"))));
        var allowMore =
                policy("urls", Map.of("parameters", Map.of("mode", "allow", "names", List.of("utm_*", "page"))));

        assertThat(moved(block, allowMore, allow)).containsExactly(Moved.BOTH);
        assertThat(moved(block, allow, block)).containsExactly(Moved.SOURCE);
    }

    @Test
    void a_rule_that_only_stands_elsewhere_goes_and_comes_by_the_same_hand() {
        var one = policy("pages", List.of("/a", "/b", "/c"));
        var other = policy("pages", List.of("/c", "/a", "/b"));

        assertThat(moved(one, other, one)).isNotEmpty().containsOnly(Moved.SOURCE);
        assertThat(moved(one, one, other)).isNotEmpty().containsOnly(Moved.TARGET);
        assertThat(moved(policy(), other, one)).isNotEmpty().containsOnly(Moved.BOTH);
    }

    @Test
    void what_is_chosen_comes_and_the_rest_stays() {
        var source = policy("events", List.of("a", "b"), "retention", Map.of("events", 60L));
        var target = policy("events", List.of("c"), "pages", List.of("/hidden"));
        var ways = ThreeWay.between(policy(), source, target);
        var byWords = ways.lines().stream()
                .collect(Collectors.toMap(
                        line -> line.change().path()
                                + ' '
                                + line.change().before()
                                + ' '
                                + line.change().after(),
                        Line::number));

        assertThat(valid(ways.with(Set.of())))
                .extracting(PolicyDocument::canonical)
                .isEqualTo(target.canonical());
        assertThat(valid(ways.with(Set.of(byWords.get("events null b")))))
                .extracting(PolicyDocument::canonical)
                .isEqualTo(policy("events", List.of("c", "b"), "pages", List.of("/hidden"))
                        .canonical());
    }

    @Test
    void everything_chosen_is_the_source_whatever_the_three_say() {
        long seed = 17;
        System.out.println("three ways: seed " + seed);
        var generated = new Documents(seed);
        for (int i = 0; i < 300; i++) {
            var base = generated.document();
            var source = generated.document();
            var target = generated.document();
            var ways = ThreeWay.between(base, source, target);
            var all = ways.lines().stream().map(Line::number).collect(Collectors.toSet());

            assertThat(valid(ways.with(all)).canonical()).as("%d", i).isEqualTo(source.canonical());
        }
    }
}
