package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.EventJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastedEventTest {

    /** Every field of an event once, each with a value of its own. */
    private static final String STORED = """
            {"type":"click","name":"n","text":"Pay","href":"https://shop.example/pay",\
            "path":[{"t":"use","i":"icon","c":["big","red"],"a":{"role":"img","title":"Cart"},"n":2,"k":3,"s":1},\
            {"t":"x-cart","n":4,"k":5,"h":1}],\
            "properties":{"plan":"pro","seats":7,"ratio":0.5,"trial":true,"none":null},"identity":"u1",\
            "page":{"url":"https://shop.example/","title":"Shop","previous":"https://shop.example/a"},\
            "session":{"referrer":"https://search.example/","landing":"https://shop.example/b"}}""";

    @Test
    void what_is_stored_can_be_pasted_and_comes_out_the_same() throws Exception {
        var pasted = new ObjectMapper().readValue(STORED, Object.class);

        var event = PastedEvent.read(pasted, "", Map.of(), Map.of());

        assertThat(EventJson.write(event)).isEqualTo(STORED);
    }
}
