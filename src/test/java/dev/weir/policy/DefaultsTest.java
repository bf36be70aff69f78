package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that protect those who never edit them. */
class DefaultsTest {

    @Test
    void there_are_about_two_hundred_parameters_and_none_twice() {
        assertThat(Defaults.PARAMETERS).hasSizeBetween(180, 300).doesNotHaveDuplicates();
    }

    @Test
    void every_parameter_stands_in_the_form_in_which_names_are_compared() {
        assertThat(Defaults.PARAMETERS).allSatisfy(name -> {
            assertThat(name).isEqualTo(Wording.trim(name).toLowerCase(Locale.ROOT));
            assertThat(name).isNotEmpty().hasSizeLessThanOrEqualTo(64);
            // A prefix of one or two characters would take half of all parameters away.
            assertThat(name).matches("[a-z0-9_.-]+|[a-z0-9_.-]{3,}\\*");
        });
    }

    @Test
    void no_parameter_is_covered_by_a_prefix_of_the_same_list() {
        var prefixes = Defaults.PARAMETERS.stream()
                .map(NamePattern::new)
                .filter(NamePattern::isPrefix)
                .toList();

        assertThat(prefixes).isNotEmpty();
        assertThat(Defaults.PARAMETERS)
                .filteredOn(name -> !name.endsWith("*"))
                .noneMatch(name -> prefixes.stream().anyMatch(prefix -> prefix.fits(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "session_id",
                "api_key",
                "email",
                "reset_token",
                "code",
                "state",
                "access_token",
                "id_token",
                "refresh_token",
                "password",
                "ssn",
                "phone",
                "secret",
                "client_secret",
                "auth",
                "jwt",
                "otp",
                "signature",
                "username",
                "user_id",
                "name",
                "first_name",
                "address",
                "dob",
                "card_number",
                "cvv",
                "iban",
                "gclid",
                "fbclid",
                "x-amz-signature",
                "x-goog-credential",
            })
    void a_dangerous_parameter_is_removed_where_nobody_wrote_a_rule(String name) {
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), Contract.KEY);

        for (var spelled : List.of(name, name.toUpperCase(Locale.ROOT), "user[" + name + "]", " " + name + "%20")) {
            var address = policy.address("https://shop.example/p?q=shoes&" + spelled + "=zqabvx");

            assertThat(address.url()).as(spelled).isEqualTo("https://shop.example/p?q=shoes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "page", "sort", "category", "utm_source", "utm_campaign", "variant", "color", "lang"})
    void a_harmless_parameter_stays(String name) {
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), Contract.KEY);

        assertThat(policy.address("https://shop.example/?" + name + "=x").url())
                .isEqualTo("https://shop.example/?" + name + "=x");
    }

    @Test
    void a_document_that_says_nothing_carries_both_lists() {
        var policy = PolicyDocumentTest.parsed(java.util.Map.of("version", 1L));
        var json = new Json(policy.json());

        assertThat(json.get("urls").get("parameters").get("names").texts())
                .containsExactlyElementsOf(Defaults.PARAMETERS);
        assertThat(json.get("identity").get("refused").texts())
                .containsExactlyElementsOf(Defaults.REFUSED_IDENTITIES)
                .doesNotHaveDuplicates()
                .allSatisfy(value -> assertThat(value)
                        .isEqualTo(Wording.trim(value).toLowerCase(Locale.ROOT))
                        .isNotEmpty());
    }
}
