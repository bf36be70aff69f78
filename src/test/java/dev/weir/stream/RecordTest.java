package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Event;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Entry;
import dev.weir.store.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the topics: docs/topic.md is a contract with everybody who reads them. */
class RecordTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(\\{.*?\\n?\\})\n```", Pattern.DOTALL);

    private static Carried read(byte[] record) {
        return ((RecordReading.Read.Good) RecordReading.of(record)).carried();
    }

    private static Fault fault(byte[] record) {
        return ((RecordReading.Read.Bad) RecordReading.of(record)).fault();
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("docs/topic.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void the_documented_record_is_what_is_written() throws IOException {
        var written = RecordWriting.bytes(Carrying.example());

        assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(examples().get(0)));
    }

    @Test
    void the_documented_drop_is_what_is_written() throws IOException {
        var drop = Carried.of(Carrying.batch(3, Carrying.drop("PAGE_BLOCKED"))).get(0);
        var documented = JSON.readTree(examples().get(1));

        var written = JSON.readTree(RecordWriting.bytes(drop));

        ((ObjectNode) written).put("id", documented.path("id").asText());
        assertThat(written).isEqualTo(documented);
    }

    @Test
    void the_documented_dead_letter_is_what_is_written() throws IOException {
        var record = new ConsumerRecord<byte[], byte[]>(
                "weir-events", 5, 1234, null, "secret@example.com".getBytes(StandardCharsets.UTF_8));

        var letter = DeadLetters.letter(record, Fault.NOT_JSON);

        assertThat(JSON.readTree(letter)).isEqualTo(JSON.readTree(examples().get(2)));
        assertThat(new String(letter, StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_fault_is_documented(Fault fault) throws IOException {
        assertThat(Files.readString(Path.of("docs/topic.md"))).contains("| `" + fault.name() + "` |");
    }

    @Test
    void what_was_written_is_read_as_it_was() {
        var written = Carrying.example();

        assertThat(read(RecordWriting.bytes(written))).isEqualTo(written);
    }

    @Test
    void every_kind_of_entry_makes_the_journey() {
        var batch = Carrying.batch(
                2,
                Carrying.arrival(null, "kept", "1", null),
                Carrying.arrival(null, "set aside", null, Refusal.ORIGIN_FENCE.name()),
                Carrying.drop("PAGE_BLOCKED"),
                new Entry.Drop(null, "INVALID_EVENT", List.of()));

        var carried = Carried.of(batch);

        assertThat(carried.stream().map(one -> read(RecordWriting.bytes(one)))).containsExactlyElementsOf(carried);
        assertThat(carried).extracting(one -> one.batch().lost()).containsExactly(2, 0, 0, 0);
    }

    @Test
    void values_keep_their_kind() {
        var properties = new HashMap<String, Object>(Map.of("flag", true, "whole", 9_007_199_254_740_991L));
        properties.put("half", 0.5);
        properties.put("text", "\u0001 \ud83d\ude80 \"quoted\"");
        var event = Event.custom("x", properties, "somebody");
        var entry = new Entry.Arrival(
                null,
                event,
                Entry.Who.NOBODY,
                Carrying.RECEIVED,
                null,
                false,
                List.of(),
                Entry.Meaning.USER_PROPERTIES);
        var carried = Carried.of(Carrying.batch(0, entry)).get(0);

        assertThat(read(RecordWriting.bytes(carried))).isEqualTo(carried);
    }

    /** A key may be anything that a sender came up with: none of it may be in the topic. */
    @Test
    void of_a_key_there_is_a_hash_alone() {
        var carried = Carried.of(Carrying.batch(0, Carrying.arrival("canary-key", "x", null, null)))
                .get(0);

        assertThat(carried.key()).isNotNull();
        assertThat(new String(RecordWriting.bytes(carried), StandardCharsets.UTF_8))
                .doesNotContain("canary");
    }

    private static List<String> keys(Batch batch) {
        return RecordKey.of(Carried.of(batch)).stream()
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void a_user_stays_in_one_partition_and_is_not_named_by_it() {
        var user = Carrying.arrival(null, "a", "canary-user", null);
        var keys = keys(Carrying.batch(0, user, Carrying.arrival(null, "b", "another", null), user));

        assertThat(keys).allMatch(key -> key.matches("production/[0-9a-f]{16}"));
        assertThat(keys.get(2)).isEqualTo(keys.get(0));
        assertThat(keys.get(1)).isNotEqualTo(keys.get(0));
        assertThat(keys(Carrying.batch(0, user))).containsExactly(keys.get(0));
        assertThat(keys(Carrying.batch("staging", 0, user))).doesNotContain(keys.get(0));
    }

    @Test
    void what_has_no_user_goes_with_its_batch_or_is_spread() {
        var drop = Carrying.drop("PAGE_BLOCKED");

        var together = keys(Carrying.batch(0, drop, Carrying.arrival(null, "a", "4711", null), drop));
        var alone = keys(Carrying.batch(0, drop, drop));

        assertThat(together).containsOnly(together.get(1));
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    }

    @Test
    void ids_are_of_the_seventh_version_and_in_the_order_of_time() {
        var id = Carried.of(Carrying.batch(0, Carrying.drop("PAGE_BLOCKED")))
                .get(0)
                .id();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(Carrying.RECEIVED.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "not json", "{\"v\":1", "\"v\""})
    void what_is_no_json_object_can_not_be_loaded(String value) {
        assertThat(fault(value.getBytes(StandardCharsets.UTF_8))).isEqualTo(Fault.NOT_JSON);
    }

    @Test
    void a_record_without_a_value_can_not_be_loaded() {
        assertThat(((RecordReading.Read.Bad) RecordReading.of(null)).fault()).isEqualTo(Fault.NOT_JSON);
    }

    @Test
    void another_version_can_not_be_loaded() {
        assertThat(fault("{\"v\":2}".getBytes(StandardCharsets.UTF_8))).isEqualTo(Fault.OTHER_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "v, '\"1\"'",
        "id, '\"x\"'",
        "key, '\"x\"'",
        "environment, '\"No Such Key\"'",
        "app, '\"1\"'",
        "door, '\"window\"'",
        "revision, '\"7\"'",
        "received, null",
        "outcome, '\"lost\"'",
        "outcome, '\"quarantined\"'",
        "meaning, '\"all\"'",
        "event, '[]'",
        "event, '{}'",
        "findings, '[{}]'",
        "happened, 1.5",
        "perDevice, 99999999999"
    })
    void a_field_that_is_not_as_documented_is_a_fault_and_no_exception(String field, String value) throws IOException {
        var record = (ObjectNode) JSON.readTree(RecordWriting.bytes(Carrying.example()));
        record.set(field, JSON.readTree(value));

        assertThat(fault(JSON.writeValueAsBytes(record))).isEqualTo(Fault.NOT_AS_DOCUMENTED);
    }

    @Test
    void fields_that_are_new_are_left_alone() throws IOException {
        var record = (ObjectNode) JSON.readTree(RecordWriting.bytes(Carrying.example()));
        record.put("later", true);

        assertThat(read(JSON.writeValueAsBytes(record))).isEqualTo(Carrying.example());
    }

    @Test
    void a_record_cut_anywhere_is_a_fault_and_no_exception() {
        var whole = RecordWriting.bytes(Carrying.example());

        for (int length = 0; length < whole.length; length++) {
            assertThat(RecordReading.of(Arrays.copyOf(whole, length))).isInstanceOf(RecordReading.Read.Bad.class);
        }
    }
}
