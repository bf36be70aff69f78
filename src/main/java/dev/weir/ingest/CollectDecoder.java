package dev.weir.ingest;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/collect/{appId}}: what the collector sends. Only documented fields are read, so a value that a page adds elsewhere is
 * gone here. Page and session of the batch hold for every event that has none of its own.
 */
final class CollectDecoder implements Decoder {

    /** Code points of a text, here as elsewhere before the policy shortens it. */
    static final int MOST = 65_536;

    private static final Map<String, Shape> PAGE = scalars("id", "url", "title", "previous");
    private static final Map<String, Shape> SESSION = scalars("id", "referrer", "landing");

    /** What an entry and the body may both have: the entry's counts. */
    private static final Map<String, Shape> SHARED = Map.of(
            "user", Shape.SCALAR,
            "page", Shape.members(PAGE),
            "session", Shape.members(SESSION));

    private static final Map<String, Shape> ENTRY = and(
            and(SHARED, scalars("type", "id", "at", "name", "identity", "text", "href")),
            Map.of("properties", Shape.ANY, "path", Shape.items(new ElementShape(), Integer.MAX_VALUE)));
    private static final Map<String, Shape> BODY = and(SHARED, scalars("policy", "consent", "lost"));

    @Override
    public String bulk() {
        return "events";
    }

    @Override
    public boolean single() {
        return false;
    }

    @Override
    public Map<String, Shape> entry() {
        return ENTRY;
    }

    @Override
    public Map<String, Shape> body() {
        return BODY;
    }

    private static Map<String, Shape> scalars(String... names) {
        return Stream.of(names).collect(Collectors.toUnmodifiableMap(name -> name, name -> Shape.SCALAR));
    }

    private static Map<String, Shape> and(Map<String, Shape> some, Map<String, Shape> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var type = EventType.of(entry.get("type") instanceof String sent ? sent : "");
        if (type.isEmpty()) {
            return Item.invalid("type");
        }
        var id = Fields.name(entry.get("id"), Limits.ID);
        if (id == null) {
            return Item.invalid("id");
        }
        var happened = Timestamps.of(entry.get("at"), now);
        if (happened.isEmpty()) {
            return Item.invalid("at");
        }
        var properties = entry.properties("properties");
        if (properties.isEmpty()) {
            return Item.invalid("properties");
        }
        var name = Fields.text(entry.get("name"), Limits.NAME);
        if (type.get() == EventType.CUSTOM && (name == null || name.isBlank())) {
            return Item.invalid("name");
        }
        var identity = Fields.name(entry.get("identity"), Limits.IDENTITY);
        if (identity == null && entry.get("identity") != null) {
            return Item.invalid("identity");
        }
        return new Item.Good(
                id,
                event(type.get(), name, identity, properties.get(), entry, body),
                who(entry, body),
                happened.get(),
                type.get() == EventType.IDENTIFY ? Entry.Meaning.DEVICE_LINK : Entry.Meaning.NOTHING);
    }

    private static Event event(
            EventType type,
            @Nullable String name,
            @Nullable String identity,
            Map<String, @Nullable Object> properties,
            Sent entry,
            Sent body) {
        // A change has no text: whatever stood there could only be what somebody typed.
        var text = type == EventType.CHANGE ? null : Fields.text(entry.get("text"), MOST);
        return new Event(
                type,
                type == EventType.CUSTOM ? name : null,
                text,
                Fields.text(entry.get("href"), MOST),
                hierarchy(entry.get("path")),
                properties,
                identity,
                page(own("page", entry, body)),
                session(own("session", entry, body)));
    }

    private static Sent own(String field, Sent entry, Sent body) {
        return entry.get(field) instanceof Sent own ? own : body.object(field);
    }

    private static Page page(Sent page) {
        return new Page(
                Fields.text(page.get("url"), MOST),
                Fields.text(page.get("title"), MOST),
                Fields.text(page.get("previous"), MOST));
    }

    private static Session session(Sent session) {
        return new Session(Fields.text(session.get("referrer"), MOST), Fields.text(session.get("landing"), MOST));
    }

    private static Entry.Who who(Sent entry, Sent body) {
        var user = entry.has("user") ? entry.get("user") : body.get("user");
        return new Entry.Who(
                Fields.name(user, Limits.IDENTITY),
                Fields.name(own("session", entry, body).get("id"), Limits.IDENTITY),
                Fields.name(own("page", entry, body).get("id"), Limits.IDENTITY));
    }

    private static Hierarchy hierarchy(@Nullable Object path) {
        if (!(path instanceof List<?> list)) {
            return Hierarchy.NONE;
        }
        var elements = new ArrayList<Element>(list.size());
        for (Object item : list) {
            if (item instanceof Element element) {
                elements.add(element);
            }
        }
        return new Hierarchy(elements);
    }
}
