package dev.weir.ingest;

import dev.weir.store.Entry;
import java.time.Instant;
import java.util.Map;

/** {@code /api/v1/identify}: a server says who a user is. */
final class IdentifyDecoder implements Decoder {

    private static final Map<String, Shape> ENTRY =
            Map.of("user_id", Shape.SCALAR, "identity", Shape.SCALAR, "timestamp", Shape.SCALAR);

    @Override
    public String bulk() {
        return "";
    }

    @Override
    public Map<String, Shape> entry() {
        return ENTRY;
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var user = Fields.userId(entry.get("user_id"));
        if (user == null) {
            return Item.invalid("user_id");
        }
        var identity = Fields.name(entry.get("identity"), Limits.IDENTITY);
        if (identity == null) {
            return Item.invalid("identity");
        }
        var happened = Timestamps.of(entry.get("timestamp"), now);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        return new Item.Good(
                null,
                PropertiesDecoder.identify(identity, Map.of()),
                new Entry.Who(user, null, null),
                happened.get(),
                Entry.Meaning.SERVER_LINK);
    }
}
