package dev.weir.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An event as it is stored, as JSON, by itself: the door to {@link Spelling}, which spells many. */
public final class EventJson {

    private EventJson() {}

    /** All of it. */
    public static String write(Event event) {
        return text(new Spelling().whole(event));
    }

    /** All of it, as a value of what is being written. */
    public static void write(JsonGenerator out, Event event) throws IOException {
        out.writeRawValue(write(event));
    }

    /** Without what it shares with other events: its hierarchy, and its page's address up to the query. */
    static String own(Event event) {
        return text(new Spelling().own(event));
    }

    /** A hierarchy by itself. */
    static String path(Hierarchy hierarchy) {
        return text(new Spelling().path(hierarchy));
    }

    static String notes(List<Note> notes) {
        return text(new Spelling().notes(notes));
    }

    static String text(byte[] spelled) {
        return new String(spelled, StandardCharsets.UTF_8);
    }
}
