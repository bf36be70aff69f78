package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.standards.Conventions;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each definition that the runbook recommends is in the starter pack, and finds what the runbook says it should. */
class StarterPackTest {

    private static Definition packed(String name) {
        var form = Imports.starterPack().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the starter pack has no " + name));
        var hand = new Hand("somebody", "Somebody", java.time.Instant.EPOCH);
        return new Definition(
                name,
                form.read().details().orElseThrow(),
                Status.DRAFT,
                false,
                java.util.Set.of("somebody"),
                hand,
                hand,
                java.util.Optional.empty(),
                0);
    }

    private static Event event(
            String type, @Nullable String name, @Nullable String text, String path, Element... elements) {
        return new Event(
                EventType.of(type).orElseThrow(),
                name,
                text,
                null,
                new Hierarchy(List.of(elements)),
                Map.of(),
                null,
                new Page("https://shop.example" + path, null, null),
                Session.NONE);
    }

    private static Element element(String tag, @Nullable String id, List<String> classes) {
        return new Element(tag, id, classes, Map.of(), 1, 1, false);
    }

    /** The event that the runbook's own words describe: {@code what} is what they name. */
    private static Event described(String type, String by, String what) {
        return switch (by) {
            case "path" -> event(type, null, null, what + "/x");
            case "text" -> event(type, null, what, "/", element("button", null, List.of()));
            case "form" -> event(type, null, null, "/", element("form", what, List.of()));
            case "class" -> event(type, null, null, "/", element("button", null, List.of("btn", what)));
            default -> event(type, what, null, "/");
        };
    }

    @ParameterizedTest
    @CsvSource({
        // What step 6 recommends.
        "Pricing Page Viewed, pageview, path, /pricing",
        "Signup CTA Clicked, click, text, Start Free Trial",
        "Demo Request Submitted, submit, form, demo-request",
        "Product Added to Cart, click, class, add-to-cart-btn",
        "Checkout Completed, custom, event, Purchase Completed",
        // What its planning table has beside these; what is the same under another name is there once.
        "Signup Button Clicked, click, text, Sign Up",
        "Product Added to Cart, click, class, add-to-cart",
        "Checkout Started, pageview, path, /checkout",
        "Search Performed, submit, form, search-form"
    })
    void a_definition_of_the_runbook_is_in_it_and_finds_what_it_is_about(
            String name, String type, String by, String what) {
        var details = packed(name).details();
        var question = MatcherVersion.NEWEST.test(details.filter());

        assertThat(details.type().wire()).isEqualTo(type);
        assertThat(question.test(described(type, by, what))).isTrue();
        assertThat(question.test(described(type, by, what.substring(1)))).isFalse();
        assertThat(details.description()).isNotBlank();
        assertThat(details.context()).isNotBlank();
        assertThat(Filter.parse(details.filter().toString()).match(Filter::toString, refused -> "refused"))
                .isEqualTo(details.filter().toString());
    }

    @Test
    void whatever_is_in_it_keeps_the_standards_that_an_installation_begins_with() {
        assertThat(Imports.starterPack()).hasSizeGreaterThan(5).allSatisfy(form -> {
            var said = Conformity.said(form.read().details().orElseThrow());
            assertThat(Conventions.DEFAULT.look(said)).as(form.name()).isEmpty();
        });
    }
}
