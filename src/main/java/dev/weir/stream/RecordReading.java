package dev.weir.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.EventType;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.EventReading;
import dev.weir.store.Note;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a record as {@link RecordWriting} spelt it. Fields that it does not know are left alone; what fails is never quoted. */
final class RecordReading {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordReading() {}

    /** Either what was carried, or why it can't be read. */
    sealed interface Read {

        record Good(Carried carried) implements Read {}

        record Bad(Fault fault) implements Read {}
    }

    static Read of(byte @Nullable [] value) {
        var record = tree(value);
        if (record == null) {
            return new Read.Bad(Fault.NOT_JSON);
        }
        if (!record.path("v").isInt()) {
            return new Read.Bad(Fault.NOT_AS_DOCUMENTED);
        }
        if (record.path("v").intValue() != RecordWriting.VERSION) {
            return new Read.Bad(Fault.OTHER_VERSION);
        }
        try {
            return new Read.Good(carried(record));
        } catch (RuntimeException e) {
            // What a value is made of is checked by itself, and says so in its own way; the message might quote it.
            return new Read.Bad(Fault.NOT_AS_DOCUMENTED);
        }
    }

    private static @Nullable JsonNode tree(byte @Nullable [] value) {
        try {
            var read = value == null ? null : JSON.readTree(value);
            return read != null && read.isObject() ? read : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Carried carried(JsonNode record) {
        var key = text(record.path("key"));
        return new Carried(
                UUID.fromString(needed(record, "id")), key == null ? null : UUID.fromString(key), batch(record));
    }

    private static Batch batch(JsonNode record) {
        var revision = new Revision(
                new EnvironmentKey(needed(record, "environment")), number(record, "revision"), needed(record, "hash"));
        return new Batch(
                new AppId(needed(record, "app")),
                revision,
                Door.valueOf(upper(record, "door")),
                Instant.ofEpochMilli(number(record, "received")),
                record.path("stale").booleanValue(),
                Math.toIntExact(number(record, "perDevice")),
                record.path("lost").intValue(),
                List.of(entry(record)));
    }

    private static Entry entry(JsonNode record) {
        return switch (needed(record, "outcome")) {
            case "accepted" -> arrival(record, null);
            case "quarantined" -> arrival(record, needed(record, "reason"));
            case "dropped" ->
                new Entry.Drop(
                        EventType.of(record.path("type").asText()).orElse(null),
                        needed(record, "reason"),
                        notes(record));
            default -> throw new IllegalArgumentException("no such outcome");
        };
    }

    private static Entry arrival(JsonNode record, @Nullable String reason) {
        if (!record.path("event").isObject()) {
            throw new IllegalArgumentException("no event");
        }
        return new Entry.Arrival(
                null,
                EventReading.event(record.path("event")),
                new Entry.Who(text(record.path("user")), text(record.path("session")), text(record.path("page"))),
                Instant.ofEpochMilli(number(record, "happened")),
                reason,
                record.path("redacted").booleanValue(),
                notes(record),
                Entry.Meaning.valueOf(upper(record, "meaning")));
    }

    private static List<Note> notes(JsonNode record) {
        var notes = new ArrayList<Note>();
        for (JsonNode note : record.path("findings")) {
            notes.add(new Note(needed(note, "reason"), needed(note, "field"), needed(note, "rule")));
        }
        return notes;
    }

    private static String upper(JsonNode record, String field) {
        return needed(record, field).toUpperCase(Locale.ROOT);
    }

    private static String needed(JsonNode record, String field) {
        var text = text(record.path(field));
        if (text == null) {
            throw new IllegalArgumentException("a field is missing");
        }
        return text;
    }

    private static long number(JsonNode record, String field) {
        if (!record.path(field).canConvertToExactIntegral()) {
            throw new IllegalArgumentException("a number is missing");
        }
        return record.path(field).longValue();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
