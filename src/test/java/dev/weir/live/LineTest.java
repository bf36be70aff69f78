package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.live.Line.Part;
import dev.weir.store.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineTest {

    @Test
    void placeholders_are_told_from_what_the_page_said() {
        assertThat(Line.parts("Pay with [card] at /account/{id}?a=[x y]"))
                .containsExactly(
                        new Part("Pay with ", false),
                        new Part("[card]", true),
                        new Part(" at /account/", false),
                        new Part("{id}", true),
                        new Part("?a=[x y]", false));
    }

    @Test
    void nothing_is_lost_between_the_parts() {
        var text = "[email][email] hmac:0123456789abcdef0123456789abcdef end {";

        assertThat(Line.parts(text).stream().map(Part::text).reduce("", String::concat))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_reason_of_ingestion_is_said_in_words(Refusal refusal) {
        assertThat(Line.refusal(refusal.name())).contains(" ").endsWith(".");
    }

    @Test
    void a_filter_takes_only_what_it_knows() {
        assertThat(Filter.of("\"><script>", "nothing")).isEqualTo(Filter.of("all", "all"));
        assertThat(Filter.of("dropped", "click").query()).isEqualTo("outcome=dropped&type=click");
    }
}
