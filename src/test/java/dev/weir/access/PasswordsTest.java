package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final int CHEAP = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short", "elevenchars", "password1234", "Password!2024", "P@ssw0rd12345", "passwordpassword",
                        "123456789012",
                "abcdefghijklm", "qwertyuiopasdf", "qwertyuiop123", "aaaaaaaaaaaa", "abcabcabcabc", "letmein!!!!!!",
                        "AdminAdmin123",
                "welcome-2026!", "987654321098", "iloveyou12345", "ada.lovelace-1", "administrator1", "000000000000",
                        "changeme1234",
            })
    void what_everybody_tries_first_is_refused(String password) {
        assertThat(Passwords.objection(password, "ada.lovelace")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse of the weir",
                "river otter lamp 7",
                "Xq7#mPz2wLk9",
                "zwölf Boxkämpfer",
                "the quick brown fox jumps",
                "🦦🦦 otter river bank",
                "kn7-wf2-pq9-lz4",
            })
    void something_of_ones_own_is_fine(String password) {
        assertThat(Passwords.objection(password, "ada")).isEmpty();
    }

    @Test
    void the_longest_has_128_characters() {
        var words =
                "otter lamp river stone quick brown fox jumps over lazy dogs near banks of wide calm water while seven herons watch from tall";
        assertThat(Passwords.objection((words + " green reeds").substring(0, 128), "ada"))
                .isEmpty();
        assertThat(Passwords.objection((words + " green reeds").substring(0, 129), "ada"))
                .isPresent();
    }

    @Test
    void every_character_counts_beyond_the_72_bytes_of_bcrypt() {
        var base = "x".repeat(100);
        var hash = Passwords.hash(base + "a", CHEAP);

        assertThat(Passwords.matches(base + "a", hash)).isTrue();
        assertThat(Passwords.matches(base + "b", hash)).isFalse();
    }

    @Test
    void a_letter_may_be_typed_composed_or_decomposed() {
        var hash = Passwords.hash("caf\u00e9 am Fluss 12", CHEAP);

        assertThat(Passwords.matches("cafe\u0301 am Fluss 12", hash)).isTrue();
    }

    @Test
    void nobody_has_no_password() {
        assertThat(Passwords.matches("nobody has this password", null)).isFalse();
    }

    @Test
    void the_cost_is_twelve() {
        assertThat(Passwords.hash("river otter lamp 7")).startsWith("$2").contains("$12$");
    }
}
