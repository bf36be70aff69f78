package dev.weir.ingest;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/add_user_properties} and {@code /api/add_account_properties}: judged as an {@code identify} event with properties. */
final class PropertiesDecoder implements Decoder {

    static final PropertiesDecoder USERS = new PropertiesDecoder("users", "identity", Entry.Meaning.USER_PROPERTIES);
    static final PropertiesDecoder ACCOUNTS =
            new PropertiesDecoder("accounts", "account_id", Entry.Meaning.ACCOUNT_PROPERTIES);

    private final String bulk;
    private final String subject;
    private final Entry.Meaning meaning;

    private PropertiesDecoder(String bulk, String subject, Entry.Meaning meaning) {
        this.bulk = bulk;
        this.subject = subject;
        this.meaning = meaning;
    }

    @Override
    public String bulk() {
        return bulk;
    }

    @Override
    public Map<String, Shape> entry() {
        return Map.of(subject, Shape.SCALAR, "properties", Shape.ANY);
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var named = Fields.name(entry.get(subject), Limits.IDENTITY);
        if (named == null) {
            return Item.invalid(subject);
        }
        var properties = Fields.properties(entry.get("properties"));
        if (properties.isEmpty()) {
            return Item.invalid("properties");
        }
        if (reserved(properties.get())) {
            return Item.invalid("properties: id is reserved");
        }
        return new Item.Good(null, identify(named, properties.get()), Entry.Who.NOBODY, now, meaning);
    }

    /** {@code id} in any casing is the user's own handle, never a property. */
    static boolean reserved(Map<String, @Nullable Object> properties) {
        return properties.keySet().stream().anyMatch("id"::equalsIgnoreCase);
    }

    static Event identify(@Nullable String identity, Map<String, @Nullable Object> properties) {
        return new Event(
                EventType.IDENTIFY, null, null, null, Hierarchy.NONE, properties, identity, Page.NONE, Session.NONE);
    }
}
