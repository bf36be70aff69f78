package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.Map;

/** {@code /api/v1/identify}: a server says who a user is. */
final class IdentifyDecoder implements Decoder {

    @Override
    public String bulk() {
        return "";
    }

    @Override
    public Item item(JsonNode entry, ObjectNode body, Instant now) {
        var user = Fields.userId(entry.path("user_id"));
        if (user == null) {
            return Item.invalid("user_id");
        }
        var identity = Fields.name(entry.path("identity"), Limits.IDENTITY);
        if (identity == null) {
            return Item.invalid("identity");
        }
        var happened = Timestamps.of(entry.path("timestamp"), now);
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
