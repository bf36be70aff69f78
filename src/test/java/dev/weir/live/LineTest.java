package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.EventType;
import dev.weir.kernel.AppId;
import dev.weir.live.Line.Part;
import dev.weir.privacy.ReasonWords;
import dev.weir.store.Door;
import dev.weir.store.Note;
import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import dev.weir.store.Sighting;
import java.time.Instant;
import java.util.List;
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

    @Test
    void what_the_browser_masked_is_told_from_what_the_server_did() {
        assertThat(Line.cleaned(sighting(Door.COLLECT, List.of("[email]", "{id}"))))
                .contains("Masked before it was sent: an e-mail address, an identifier in an address.");
        assertThat(Line.cleaned(sighting(
                        Door.COLLECT, List.of("[email]", "[card]"), new Note("TEXT_MASKED", "text", "text.email"))))
                .contains("Masked before it was sent: a payment card number.");
        assertThat(Line.cleaned(sighting(
                        Door.COLLECT,
                        List.of("{id}", "{order}"),
                        new Note("URL_PATH", "page.url", "urls.identifiers"))))
                .contains("Masked before it was sent: a part of an address.");
        assertThat(Line.cleaned(sighting(
                        Door.COLLECT,
                        List.of("{order}"),
                        new Note("URL_PATH", "page.url", "urls.paths./orders/{order}"))))
                .isEmpty();
    }

    @Test
    void a_server_masks_nothing_in_a_browser_and_a_word_in_brackets_is_no_placeholder() {
        assertThat(Line.cleaned(sighting(Door.TRACK, List.of("[email]")))).isEmpty();
        assertThat(Line.cleaned(sighting(Door.COLLECT, List.of("[new]", "[order-number]"))))
                .isEmpty();
        assertThat(Line.cleaned(sighting(Door.COLLECT, List.of()))).isEmpty();
    }

    private static Sighting sighting(Door door, List<String> placeholders, Note... findings) {
        return new Sighting(
                1,
                Instant.EPOCH,
                new AppId("7000000001"),
                door,
                EventType.CLICK,
                Outcome.ACCEPTED,
                null,
                findings.length > 0,
                List.of(findings),
                null,
                null,
                null,
                null,
                null,
                placeholders,
                1,
                false,
                1,
                null);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_reason_of_ingestion_is_said_in_words(Refusal refusal) {
        assertThat(ReasonWords.of(refusal)).contains(" ").endsWith(".");
    }

    @Test
    void a_filter_takes_only_what_it_knows() {
        assertThat(Filter.of("\"><script>", "nothing")).isEqualTo(Filter.of("all", "all"));
        assertThat(Filter.of("dropped", "click").query()).isEqualTo("outcome=dropped&type=click");
    }
}
