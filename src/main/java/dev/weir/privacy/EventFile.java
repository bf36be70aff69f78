package dev.weir.privacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.event.Event;
import dev.weir.privacy.PastedEvent.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that somebody brings to try something on: a JSON array, or one JSON value a line, each an event, a collector's batch or a call
 * of the server API. Nothing of it is kept, and no objection quotes it.
 */
public final class EventFile {

    /** Bytes. */
    public static final int MOST_BYTES = 2 * 1024 * 1024;

    public static final int MOST_EVENTS = 10_000;

    private static final int DEPTH = 64;
    private static final int TOKENS = 400_000;

    /** Names are not remembered: the table of them could be filled by anyone. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxTokenCount(TOKENS)
                            .build())
                    .build())
            .build();

    private EventFile() {}

    /** What was read, or what stands in the way: then there are no events. */
    public record Content(List<Event> events, String objection) {

        public Content {
            events = List.copyOf(events);
        }

        public boolean readable() {
            return objection.isEmpty();
        }
    }

    public static Content read(byte[] file) {
        if (file.length > MOST_BYTES) {
            return refused("at most 2 MB can be tried at once");
        }
        var events = new ArrayList<Event>();
        try (var parser = JSON.createParser(new String(file, StandardCharsets.UTF_8))) {
            var values = JSON.readerFor(Object.class).<@Nullable Object>readValues(parser);
            int place = 0;
            while (values.hasNextValue()) {
                place++;
                var value = values.nextValue();
                if (value instanceof List<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        add(events, list.get(i), "entry " + (i + 1));
                    }
                } else {
                    add(events, value, "value " + place);
                }
            }
        } catch (Unreadable e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return refused(
                    at == null
                            ? "not JSON, or too deep or too long"
                            : "not JSON, or too deep or too long, from line " + at.getLineNr() + " on");
        } catch (IOException e) {
            return refused("not JSON");
        }
        return events.isEmpty() ? refused("there is no event in it") : new Content(events, "");
    }

    private static void add(List<Event> events, @Nullable Object value, String at) throws Unreadable {
        try {
            Pasted.events(value).forEach(sample -> events.add(sample.event()));
        } catch (Unreadable e) {
            throw new Unreadable(at + ": " + e.getMessage());
        }
        if (events.size() > MOST_EVENTS) {
            throw new Unreadable("at most " + MOST_EVENTS + " events can be tried at once");
        }
    }

    private static Content refused(String objection) {
        return new Content(List.of(), objection);
    }
}
