package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.Carried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** The sink of docs/scaling.md: its converter, set as it is set there, reads what is written. */
class ConnectTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONNECTOR = Pattern.compile("```json5\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("^    ([a-z]+) +[A-Z].*$", Pattern.MULTILINE);
    private static final Pattern TABLE = Pattern.compile("```sql\ncreate table weir_events(.*?)```", Pattern.DOTALL);
    private static final String PREFIX = "value.converter.";

    private static String first(Pattern pattern) throws IOException {
        var found = pattern.matcher(Files.readString(Path.of("docs/scaling.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static Map<?, ?> read(Carried carried) throws IOException {
        var config = JSON.readTree(first(CONNECTOR)).path("config");
        assertThat(config.path("value.converter").asText()).isEqualTo(JsonConverter.class.getName());
        var settings = new HashMap<String, String>();
        config.properties().forEach(setting -> {
            if (setting.getKey().startsWith(PREFIX)) {
                settings.put(
                        setting.getKey().substring(PREFIX.length()),
                        setting.getValue().asText());
            }
        });
        try (var converter = new JsonConverter()) {
            converter.configure(settings, false);
            return (Map<?, ?>) converter
                    .toConnectData(config.path("topics").asText(), RecordWriting.bytes(carried))
                    .value();
        }
    }

    @Test
    void the_converter_of_the_documented_sink_reads_a_record_field_for_field() throws IOException {
        var carried = Carrying.example();

        var read = read(carried);

        JsonNode written = JSON.readTree(RecordWriting.bytes(carried));
        assertThat(JSON.readTree(JSON.writeValueAsBytes(read))).isEqualTo(written);
        assertThat(read.get("received")).isEqualTo(Carrying.RECEIVED.toEpochMilli());
        assertThat(read.get("stale")).isEqualTo(false);
    }

    @Test
    void the_documented_table_has_columns_of_fields_that_are_written() throws IOException {
        var columns = new TreeSet<String>();
        COLUMN.matcher(first(TABLE)).results().forEach(found -> columns.add(found.group(1)));
        var fields = JSON.readValue(
                        RecordWriting.bytes(Carrying.example()), new TypeReference<Map<String, Object>>() {})
                .keySet();

        columns.removeAll(Set.of("dedupe", "reason"));

        assertThat(columns).hasSizeGreaterThan(14);
        assertThat(fields).containsAll(columns);
    }
}
