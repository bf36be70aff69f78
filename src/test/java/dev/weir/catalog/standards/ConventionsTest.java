package dev.weir.catalog.standards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.matching.Filter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for, and what breaks it. */
class ConventionsTest {

    private static final Said WHOLE = Said.of(
            "Cart Emptied",
            Optional.of(filter("event equals \"Cart Emptied\"")),
            "Shop",
            List.of("cart"),
            "Somebody empties the cart.",
            "Why carts are left.",
            true);

    private static Filter filter(String text) {
        return Filter.parse(text).match(valid -> valid, refused -> {
            throw new AssertionError(refused.message());
        });
    }

    private static Said named(String name) {
        return Said.of(name, Optional.empty(), "Shop", List.of("cart"), "d", "c", true);
    }

    private static Said filtered(String filter) {
        return Said.of("Cart Emptied", Optional.of(filter(filter)), "Shop", List.of("cart"), "d", "c", true);
    }

    /** One rule at this level, and nothing else. */
    private static Conventions only(Rule rule, String level, String asks) {
        var read = new Asked(Map.of(rule, new Asked.Ask(level, asks))).read();
        assertThat(read.errors()).isEmpty();
        return read.conventions().orElseThrow();
    }

    private static boolean breaks(Rule rule, String asks, Said said) {
        var found = only(rule, "block", asks).look(said);
        assertThat(found).allSatisfy(each -> {
            assertThat(each.rule()).isEqualTo(rule);
            assertThat(each.blocks()).isTrue();
            assertThat(each.text()).endsWith(".");
        });
        return !found.isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "title-case, Cart Emptied, true",
        "title-case, Product Added to Cart, true",
        "title-case, Signup CTA Clicked, true",
        "title-case, Step 2 Seen, true",
        "title-case, Terms & Conditions Read, true",
        "title-case, Überweisung Bestätigt, true",
        "title-case, カート 削除, true",
        "title-case, E-Mail Opened, true",
        "title-case, Cart, false",
        "title-case, Cart emptied, false",
        "title-case, cart Emptied, false",
        "title-case, to Cart, false",
        "title-case, Cart Added to, false",
        "title-case, Cart  Emptied, false",
        "title-case, Cart_Emptied, false",
        "snake-case, cart_emptied, true",
        "snake-case, cart, true",
        "snake-case, cart_2, true",
        "snake-case, Cart_emptied, false",
        "snake-case, cart__emptied, false",
        "snake-case, cart_, false",
        "snake-case, 2_carts, false",
        "snake-case, cart emptied, false",
        "kebab-case, cart-emptied, true",
        "kebab-case, cart_emptied, false",
        "kebab-case, -cart, false",
        "camel-case, cartEmptied, true",
        "camel-case, cart, true",
        "camel-case, CartEmptied, false",
        "camel-case, cart_emptied, false",
        "pattern:(?:Cart|Order): .+, Cart: emptied, true",
        "pattern:(?:Cart|Order): .+, cart: emptied, false",
        "pattern:(?:Cart|Order): .+, A Cart: emptied, false",
    })
    void a_name_has_the_form_that_is_asked_for(String form, String name, boolean kept) {
        assertThat(breaks(Rule.NAME_FORM, form, named(name))).isEqualTo(!kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "event equals \"cart_emptied\" § false",
                "event equals \"Cart Emptied\" § true",
                "event equals \"cart_emptied\" or event equals \"Cart Emptied\" § true",
                "event equals \"cart_emptied\" and property \"plan\" equals \"Pro Plan\" § false",
                "not event equals \"Cart Emptied\" § false",
                "event starts with \"Cart\" § false",
                "event contains \"Emptied\" § false",
                "text equals \"Buy Now\" § false",
            })
    void the_whole_names_of_custom_events_that_a_filter_asks_for_have_a_form_too(String filter, boolean broken) {
        assertThat(breaks(Rule.EVENT_NAME_FORM, "snake-case", filtered(filter))).isEqualTo(broken);
    }

    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {"DESCRIPTION", "CONTEXT", "CATEGORY", "TAGS", "OWNER"})
    void what_is_asked_for_is_there_or_missed(Rule rule) {
        var empty = Said.of(" ", Optional.empty(), " ", List.of(), " \n", "  ", false);

        assertThat(breaks(rule, "", WHOLE)).isFalse();
        assertThat(breaks(rule, "", empty)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'Shop\nSite', Shop, false",
        "'Shop\nSite', shop, true",
        "'Shop\nSite', Support, true",
        "'Shop\nSite', '', false",
    })
    void a_category_is_one_of_those_that_are_allowed_or_none(String allowed, String category, boolean broken) {
        var said = Said.of("Cart Emptied", Optional.empty(), category, List.of(), "", "", false);

        assertThat(breaks(Rule.ALLOWED_CATEGORIES, allowed, said)).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({
        "'cart, Funnel', cart, false",
        "'cart\nfunnel', cart funnel, false",
        "'cart\nfunnel', cart beta, true",
        "'cart\nfunnel', '', false",
    })
    void each_tag_is_one_of_those_that_are_allowed(String allowed, String tags, boolean broken) {
        var some =
                Arrays.stream(tags.split(" ", -1)).filter(tag -> !tag.isEmpty()).toList();
        var said = Said.of("Cart Emptied", Optional.empty(), "", some, "", "", false);

        assertThat(breaks(Rule.ALLOWED_TAGS, allowed, said)).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "selector matches \"#cart\" § 100 § false",
                "selector matches \".cart\" § 61 § true",
                "selector matches \".cart\" § 60 § false",
                "text equals \"Buy\" § 41 § true",
                "selector matches \"div:nth-child(2)\" § 20 § false",
                "selector matches \"div:nth-child(2)\" § 21 § true",
            })
    void a_filter_is_as_stable_as_is_asked_for(String filter, String least, boolean broken) {
        assertThat(breaks(Rule.STABILITY, least, filtered(filter))).isEqualTo(broken);
    }

    @Test
    void of_a_filter_that_is_none_yet_nothing_is_said() {
        assertThat(breaks(Rule.STABILITY, "100", named("Cart Emptied"))).isFalse();
        assertThat(breaks(Rule.EVENT_NAME_FORM, "snake-case", named("Cart Emptied")))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void a_rule_that_is_off_says_nothing_and_one_that_warns_does_not_block(Rule rule) {
        var asks = Map.of(
                        Rule.NAME_FORM, "kebab-case",
                        Rule.EVENT_NAME_FORM, "kebab-case",
                        Rule.ALLOWED_CATEGORIES, "Other",
                        Rule.ALLOWED_TAGS, "other",
                        Rule.STABILITY, "100")
                .getOrDefault(rule, "");
        var bad = Said.of(
                "Cart Emptied",
                Optional.of(filter("event equals \"Cart Emptied\" and text equals \"x\"")),
                rule == Rule.CATEGORY ? "" : "Shop",
                rule == Rule.TAGS ? List.of() : List.of("cart"),
                "",
                "",
                false);

        assertThat(only(rule, "off", asks).look(bad)).isEmpty();
        assertThat(only(rule, "warn", asks).look(bad)).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo(rule);
            assertThat(each.level()).isEqualTo(Level.WARN);
            assertThat(each.blocks()).isFalse();
        });
    }

    @Test
    void a_deviation_never_quotes_the_definition() {
        var canary = "canary canary";
        var said = Said.of(
                canary,
                Optional.of(filter("event equals \"canary canary\" and text equals \"canary\"")),
                canary,
                List.of("canary"),
                "",
                "",
                false);
        var everything = new java.util.HashMap<Rule, Asked.Ask>();
        Stream.of(Rule.values()).forEach(rule -> everything.put(rule, new Asked.Ask("block", "")));
        everything.put(Rule.NAME_FORM, new Asked.Ask("block", "title-case"));
        everything.put(Rule.EVENT_NAME_FORM, new Asked.Ask("block", "title-case"));
        everything.put(Rule.ALLOWED_CATEGORIES, new Asked.Ask("block", "Shop"));
        everything.put(Rule.ALLOWED_TAGS, new Asked.Ask("block", "cart"));
        everything.put(Rule.STABILITY, new Asked.Ask("block", "100"));

        var found = new Asked(everything).read().conventions().orElseThrow().look(said);

        assertThat(found).extracting(Deviation::text).hasSize(8).noneMatch(text -> text.contains("canary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "name-form § loud § title-case § off",
                "name-form § warn § shouting-case § list",
                "name-form § warn § '' § list",
                "name-form § off § pattern:a(?=b) § At character 2",
                "event-name-form § block § pattern: § At character 1",
                "allowed-categories § warn § '' § at least one",
                "allowed-tags § block § ' , ' § at least one",
                "allowed-tags § warn § 'not a tag' § letters",
                "stability § warn § 0 § 1 to 100",
                "stability § warn § 101 § 1 to 100",
                "stability § block § much § 1 to 100",
            })
    void what_can_t_be_asked_for_is_refused_beside_its_rule(String rule, String level, String asks, String words) {
        var read = new Asked(Map.of(Rule.of(rule).orElseThrow(), new Asked.Ask(level, asks))).read();

        assertThat(read.conventions()).isEmpty();
        assertThat(read.errors()).containsOnlyKeys(rule);
        assertThat(read.errors().get(rule)).contains(words);
    }

    @Test
    void a_list_has_at_most_100_items_of_100_characters() {
        var many = String.join(
                "\n",
                Stream.iterate(0, i -> i + 1)
                        .limit(101)
                        .map(i -> "Category " + i)
                        .toList());
        var read = new Asked(Map.of(Rule.ALLOWED_CATEGORIES, new Asked.Ask("warn", many))).read();
        var wide = new Asked(Map.of(Rule.ALLOWED_CATEGORIES, new Asked.Ask("warn", "x".repeat(101)))).read();

        assertThat(read.errors()).containsKey("allowed-categories");
        assertThat(wide.errors()).containsKey("allowed-categories");
        assertThat(only(Rule.ALLOWED_CATEGORIES, "warn", "x".repeat(100)).categories())
                .hasSize(1);
    }

    @Test
    void what_is_written_is_read_again() {
        var asked = new Asked(Map.of(
                Rule.NAME_FORM, new Asked.Ask("block", "pattern:[A-Z]+: .+"),
                Rule.EVENT_NAME_FORM, new Asked.Ask("warn", "snake-case"),
                Rule.TAGS, new Asked.Ask("warn", ""),
                Rule.ALLOWED_CATEGORIES, new Asked.Ask("off", "Shop, and more\nSite"),
                Rule.STABILITY, new Asked.Ask("warn", "61")));

        var conventions = asked.read().conventions().orElseThrow();

        assertThat(Asked.of(conventions).read().conventions()).contains(conventions);
        assertThat(conventions.categories()).containsExactly("Shop, and more", "Site");
        assertThat(conventions.words(Rule.NAME_FORM)).isEqualTo("block: pattern:[A-Z]+: .+");
        assertThat(conventions.words(Rule.DESCRIPTION)).isEqualTo("off");
        assertThat(Asked.of(Conventions.DEFAULT).read().conventions()).contains(Conventions.DEFAULT);
    }

    @Test
    void nothing_blocks_until_somebody_says_so() {
        assertThat(Stream.of(Rule.values()).map(Conventions.DEFAULT::level))
                .doesNotContain(Level.BLOCK)
                .contains(Level.WARN);
    }

    @Test
    void what_the_change_log_tells_of_them_is_read_again() {
        for (var categories : List.of(List.of("Shop", "Home"), List.of("Shop, cart"), List.of("Shop, cart", "Home"))) {
            var conventions = new Conventions(
                    Map.of(
                            Rule.ALLOWED_CATEGORIES,
                            Level.BLOCK,
                            Rule.ALLOWED_TAGS,
                            Level.WARN,
                            Rule.STABILITY,
                            Level.WARN),
                    NameForm.read("pattern", "[A-Z]{1,3}: .+").form().orElseThrow(),
                    NameForm.TITLE,
                    categories,
                    List.of("cart", "shop"),
                    55);

            var told = new EnumMap<Rule, Asked.Ask>(Rule.class);
            for (var rule : Rule.values()) {
                told.put(rule, Asked.Ask.told(rule, conventions.words(rule)));
            }

            assertThat(new Asked(told).read().conventions()).contains(conventions);
        }
    }
}
