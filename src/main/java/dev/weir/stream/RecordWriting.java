package dev.weir.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.event.EventType;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Entry;
import dev.weir.store.EventJson;
import dev.weir.store.Note;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spells a record of the topic as docs/topic.md shows it: others read it too. Absent fields are absent, never empty. */
final class RecordWriting {

    static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private RecordWriting() {}

    static byte[] bytes(Carried carried) {
        return bytes(List.of(carried)).get(0);
    }

    /** One value for each, in their order; together, because a generator costs as much as a small record. */
    static List<byte[]> bytes(List<Carried> together) {
        var bytes = new ByteArrayOutputStream(2048);
        var values = new ArrayList<byte[]>(together.size());
        try (var out = JSON.createGenerator(bytes)) {
            out.setRootValueSeparator(null);
            for (Carried carried : together) {
                record(out, carried);
                out.flush();
                values.add(bytes.toByteArray());
                bytes.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    private static void record(JsonGenerator out, Carried carried) throws IOException {
        out.writeStartObject();
        out.writeNumberField("v", VERSION);
        out.writeStringField("id", carried.id().toString());
        if (carried.key() != null) {
            out.writeStringField("key", carried.key().toString());
        }
        batch(out, carried.batch());
        if (carried.entry() instanceof Entry.Arrival arrival) {
            arrival(out, arrival);
        } else {
            drop(out, (Entry.Drop) carried.entry());
        }
        out.writeEndObject();
    }

    private static void batch(JsonGenerator out, Batch batch) throws IOException {
        var revision = batch.revision();
        out.writeStringField("environment", revision.environment().value());
        out.writeStringField("app", batch.app().digits());
        out.writeStringField("door", lower(batch.door()));
        out.writeNumberField("received", batch.receivedAt().toEpochMilli());
        out.writeNumberField("revision", revision.number());
        out.writeStringField("hash", revision.hash());
        out.writeBooleanField("stale", batch.stale());
        out.writeNumberField("perDevice", batch.perDevice());
        if (batch.lost() > 0) {
            out.writeNumberField("lost", batch.lost());
        }
    }

    private static void arrival(JsonGenerator out, Entry.Arrival arrival) throws IOException {
        out.writeStringField("outcome", arrival.reason() == null ? "accepted" : "quarantined");
        text(out, "reason", arrival.reason());
        out.writeBooleanField("redacted", arrival.redacted());
        notes(out, arrival.notes());
        out.writeNumberField("happened", arrival.happenedAt().toEpochMilli());
        text(out, "user", arrival.who().userId());
        text(out, "session", arrival.who().sessionId());
        text(out, "page", arrival.who().pageId());
        out.writeStringField("meaning", lower(arrival.meaning()));
        type(out, arrival.event().type());
        out.writeFieldName("event");
        EventJson.write(out, arrival.event());
    }

    private static void drop(JsonGenerator out, Entry.Drop drop) throws IOException {
        out.writeStringField("outcome", "dropped");
        out.writeStringField("reason", drop.reason());
        notes(out, drop.notes());
        type(out, drop.type());
    }

    private static void notes(JsonGenerator out, List<Note> notes) throws IOException {
        out.writeArrayFieldStart("findings");
        for (Note note : notes) {
            out.writeStartObject();
            out.writeStringField("reason", note.reason());
            out.writeStringField("field", note.field());
            out.writeStringField("rule", note.rule());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void type(JsonGenerator out, @Nullable EventType type) throws IOException {
        text(out, "type", type == null ? null : type.wire());
    }

    private static void text(JsonGenerator out, String field, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
