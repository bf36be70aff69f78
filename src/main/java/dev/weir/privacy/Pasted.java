package dev.weir.privacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.privacy.PastedEvent.Unreadable;
import dev.weir.store.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** What somebody pasted or sent to have it tried, as events to judge. Nothing of it is kept, and no error quotes it. */
public final class Pasted {

    /** Bytes; as large as anything a browser sends at once. */
    static final int LIMIT = 65_536;

    /** Events shown for one paste; the rest is counted. */
    static final int EVENTS = 25;

    private static final int DEPTH = 64;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Pasted() {}

    /**
     * One event to judge, with a name for it.
     *
     * @param line where its element begins in pasted HTML, from 1; 0 elsewhere
     * @param column likewise
     */
    public record Sample(String title, Event event, int line, int column) {

        Sample(String title, Event event) {
            this(title, event, 0, 0);
        }
    }

    /** HTML as it would be read, with the place of each element. Parsed, never run. */
    public static Document document(String html) {
        return PastedHtml.parsed(html);
    }

    /** Whatever the collector could make of HTML: clicks, and also changes of fields and forms that are sent. At most so many. */
    public static List<Sample> page(Document document, PastedElements elements, int most) {
        return PastedHtml.all(document, elements, most);
    }

    /** An event, a collector's batch or a call of the server API. */
    public static List<Sample> events(String text) throws Unreadable {
        return json(text);
    }

    /** What was pasted is of one of three kinds; JSON may be an event, a collector's batch or a call of the server API. */
    enum Kind {
        JSON,
        URL,
        HTML
    }

    static List<Sample> read(Kind kind, String text, String selector) throws Unreadable {
        if (text.isBlank()) {
            throw new Unreadable("paste something first");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
            throw new Unreadable("at most 64 KB can be tried at once");
        }
        return switch (kind) {
            case JSON -> json(text);
            case URL -> List.of(new Sample("A page view at this address", view(text.strip())));
            case HTML -> PastedHtml.read(text, selector);
        };
    }

    private static Event view(String url) {
        return new Event(
                EventType.PAGEVIEW,
                null,
                null,
                null,
                Hierarchy.NONE,
                Map.of(),
                null,
                new Page(url, null, null),
                Session.NONE);
    }

    private static List<Sample> json(String text) throws Unreadable {
        return events(parsed(text));
    }

    /** An event, a collector's batch, or a call of the server API. */
    static List<Sample> events(@Nullable Object value) throws Unreadable {
        var json = PastedEvent.object(value, "");
        if (json.containsKey("app_id")) {
            return call(json);
        }
        if (json.containsKey("events")) {
            return batch(json);
        }
        return List.of(new Sample("The event", PastedEvent.read(json, "", Map.of(), Map.of())));
    }

    private static @Nullable Object parsed(String text) throws Unreadable {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Unreadable(
                    at == null
                            ? "not JSON, or nested deeper than " + DEPTH + " levels"
                            : "not JSON from line " + at.getLineNr() + ", column " + at.getColumnNr() + " on");
        }
    }

    private static List<Sample> batch(Map<?, ?> json) throws Unreadable {
        var page = json.containsKey("page") ? PastedEvent.object(json.get("page"), "/page") : Map.of();
        var session = json.containsKey("session") ? PastedEvent.object(json.get("session"), "/session") : Map.of();
        var samples = new ArrayList<Sample>();
        for (Object event : PastedEvent.list(json.get("events"), "/events")) {
            var at = "/events/" + samples.size();
            samples.add(new Sample("Event " + (samples.size() + 1), PastedEvent.read(event, at, page, session)));
        }
        return samples;
    }

    /** A call of the server API: one event, many, or properties of a user. */
    private static List<Sample> call(Map<?, ?> json) throws Unreadable {
        for (String many : List.of("events", "users", "accounts")) {
            if (json.containsKey(many)) {
                var samples = new ArrayList<Sample>();
                for (Object item : PastedEvent.list(json.get(many), "/" + many)) {
                    var at = "/" + many + "/" + samples.size();
                    samples.add(new Sample("Entry " + (samples.size() + 1), called(PastedEvent.object(item, at), at)));
                }
                return samples;
            }
        }
        return List.of(new Sample("The call", called(json, "")));
    }

    private static Event called(Map<?, ?> item, String at) throws Unreadable {
        var who = item.get("user_identifier") instanceof Map<?, ?> identifier ? identifier : item;
        var key = item.containsKey("custom_properties") ? "custom_properties" : "properties";
        var name = PastedEvent.text(item, "event", at);
        var identity = PastedEvent.text(who, "identity", at);
        var email = PastedEvent.text(who, "email", at);
        return new Event(
                name == null ? EventType.IDENTIFY : EventType.CUSTOM,
                name,
                null,
                null,
                Hierarchy.NONE,
                new LinkedHashMap<>(PastedEvent.properties(item.get(key), at + "/" + key)),
                identity == null ? email : identity,
                Page.NONE,
                Session.NONE);
    }

    /** As it would be stored. */
    public static String pretty(Event event) {
        try {
            return Objects.requireNonNull(
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(EventJson.write(event))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can always be written", e);
        }
    }
}
