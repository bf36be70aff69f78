package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is stored is JSON, spelled one way. */
class SpellingTest {

    private static final long SEED = 20261128;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void each_character_is_spelled_as_another_writer_of_json_spells_it() throws JsonProcessingException {
        for (int c = 0; c < 0x10000; c++) {
            if (!Character.isSurrogate((char) c)) {
                var text = "a" + (char) c + "b";

                assertThat(EventJson.write(Event.custom(text, Map.of(), null)))
                        .as("character %x", c)
                        .isEqualTo("{\"type\":\"custom\",\"name\":" + MAPPER.writeValueAsString(text) + "}");
            }
        }
    }

    @Test
    void texts_of_many_scripts_are_spelled_as_another_writer_spells_them() throws JsonProcessingException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int parts = random.nextInt(40); parts > 0; parts--) {
                text.append(List.of("word ", "\"", "\\", "\n", "\u0001", "\u00e9", "\u4e2d\u6587", "\ud83d\ude00", "x")
                        .get(random.nextInt(9)));
            }

            assertThat(EventJson.write(Event.custom(text.toString(), Map.of(), null)))
                    .isEqualTo("{\"type\":\"custom\",\"name\":" + MAPPER.writeValueAsString(text.toString()) + "}");
        }
    }

    @Test
    void every_field_of_an_event_has_its_place() {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("b", "text");
        properties.put("a", 12L);
        properties.put("c", -3);
        properties.put("d", 129.9);
        properties.put("e", true);
        properties.put("f", null);
        properties.put("g", Double.NaN);
        var element = new Element("a", "i", List.of("x", "y"), Map.of("type", "t", "role", "r"), 12, 3, true, true);
        var event = new Event(
                EventType.CLICK,
                "name",
                "text",
                "/href",
                new Hierarchy(List.of(element, new Element("body", null, List.of(), Map.of(), 0, 0, false))),
                properties,
                "identity",
                new Page("https://a.example/p?q=1", "title", "previous"),
                new Session("referrer", "landing"));

        assertThat(EventJson.write(event))
                .isEqualTo("{\"type\":\"click\",\"name\":\"name\",\"text\":\"text\",\"href\":\"/href\",\"path\":["
                        + "{\"t\":\"a\",\"i\":\"i\",\"c\":[\"x\",\"y\"],\"a\":{\"role\":\"r\",\"type\":\"t\"},"
                        + "\"n\":12,\"k\":3,\"h\":1,\"s\":1},{\"t\":\"body\"}],\"properties\":{\"b\":\"text\",\"a\":12,"
                        + "\"c\":-3,\"d\":129.9,\"e\":true,\"f\":null,\"g\":\"NaN\"},\"identity\":\"identity\",\"page\":"
                        + "{\"url\":\"https://a.example/p?q=1\",\"title\":\"title\",\"previous\":\"previous\"},"
                        + "\"session\":{\"referrer\":\"referrer\",\"landing\":\"landing\"}}");
        assertThat(EventJson.own(event)).contains("\"page\":{\"url\":\"?q=1\",").doesNotContain("\"path\"");
        assertThat(EventJson.write(Event.custom("n", Map.of(), null)))
                .isEqualTo("{\"type\":\"custom\",\"name\":\"n\"}");
        assertThat(EventJson.notes(List.of(new Note("A", "b", "c"), new Note("D", "", "f"))))
                .isEqualTo(
                        "[{\"reason\":\"A\",\"field\":\"b\",\"rule\":\"c\"},{\"reason\":\"D\",\"field\":\"\",\"rule\":\"f\"}]");
        assertThat(EventJson.notes(List.of())).isEqualTo("[]");
    }

    @Test
    void events_of_a_batch_are_spelled_as_each_alone() {
        var random = new Random(SEED);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < 12; i++) {
            elements.add(new Element("t" + i, null, List.of("c" + i), Map.of("role", "r\"" + i), i, 0, false));
        }
        var batch = new Spelling();
        for (int i = 0; i < 200; i++) {
            var path = new ArrayList<Element>();
            for (int depth = random.nextInt(6); depth > 0; depth--) {
                path.add(elements.get(random.nextInt(elements.size())));
            }
            var hierarchy = new Hierarchy(path);

            assertThat(EventJson.text(batch.path(hierarchy))).isEqualTo(EventJson.path(hierarchy));
        }
    }
}
