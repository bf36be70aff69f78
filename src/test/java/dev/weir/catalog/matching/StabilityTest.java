package dev.weir.catalog.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StabilityTest {

    private static Stability of(String filter) {
        return Filter.parse(filter).match(Stability::of, refused -> {
            throw new AssertionError(refused.message());
        });
    }

    @Test
    void an_id_outlasts_a_data_attribute_that_a_class_that_a_text_that_a_position() {
        var scores = List.of(
                        "selector matches \"#buy\"",
                        "selector matches \"[data-test='buy']\"",
                        "selector matches \".buy\"",
                        "text equals \"Buy\"",
                        "selector matches \"div\"",
                        "selector matches \"#list > li:nth-child(3)\"",
                        "selector matches \".css-1q2w3e\"")
                .stream()
                .map(filter -> of(filter).score())
                .toList();

        assertThat(scores)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_filter_is_as_firm_as_the_weakest_thing_it_relies_on() {
        assertThat(of("selector matches \"#buy\" and text equals \"Buy\"").score())
                .isEqualTo(of("text equals \"Buy\"").score());
        assertThat(of("selector matches \"#buy\" and not text equals \"Buy\"").score())
                .isEqualTo(of("selector matches \"#buy\"").score());
        assertThat(of("selector matches \"button.buy\"").score())
                .isEqualTo(of("selector matches \".buy\"").score());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text equals \"Buy\" | A text changes with every rewording and translation: ask for an id or a data attribute.",
                "form equals \"css-1q2w3e\" | The id of the form looks generated: the next build may make another one.",
                "selector matches \"#list > li#it:nth-child(3)\" | A position changes as soon as something is put before it.",
                "selector matches \"div\" | A tag alone says little: add an id, a data attribute or a class.",
                "selector matches \"#css-1q2w3e\" | An id looks generated: the next build may make another one.",
                "selector matches \".css-1q2w3e\" | A class name looks generated: the next build may make another one.",
                "selector matches \".buy\" | Classes are for looks: an id or a data attribute outlives a redesign."
            })
    void each_weakness_has_its_advice(String filter, String advice) {
        assertThat(of(filter).advice()).containsExactly(advice);
    }

    @Test
    void what_is_firm_needs_none_and_each_is_given_once() {
        assertThat(of("selector matches \"#buy\" and path equals \"/shop\"").advice())
                .isEmpty();
        assertThat(of("selector matches \".buy.now\" or selector matches \".pay\" and text equals \"Buy\"")
                        .advice())
                .containsExactlyInAnyOrder(
                        "Classes are for looks: an id or a data attribute outlives a redesign.",
                        "A text changes with every rewording and translation: ask for an id or a data attribute.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "css-1q2w3e",
                "sc-bdVaJa",
                "Button_root__3kQ9z",
                "jsx-2871293847",
                "a1b2c3d4e5",
                "ember432",
                ":r1a:",
                "x7Gh2K"
            })
    void names_that_tools_make_are_recognised(String name) {
        assertThat(Stability.generated(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add-to-cart-btn",
                "btn",
                "btn-primary",
                "nav__item",
                "col-md-6",
                "mt-4",
                "checkoutButton",
                "step2",
                "css-grid",
                "nav__header",
                "scroll-area",
                "btn-facade",
                "checkoutStep2",
                "product-card--large",
                "search-form",
                "h1"
            })
    void names_that_people_give_are_not(String name) {
        assertThat(Stability.generated(name)).isFalse();
    }
}
