package dev.weir.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.event.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One element of a collector's {@code path}, the most frequent object of all that comes in: an {@link Element} at once, null if it is none. */
final class ElementShape implements Shape {

    private static final int MOST = CollectDecoder.MOST;

    @Override
    public @Nullable Object read(JsonParser at) throws IOException {
        if (at.currentToken() != JsonToken.START_OBJECT) {
            at.skipChildren();
            return null;
        }
        String tag = null;
        String id = null;
        List<String> classes = List.of();
        Map<String, String> attributes = Map.of();
        int nthChild = 0;
        int nthOfType = 0;
        int host = 0;
        int foreign = 0;
        for (var name = at.nextFieldName(); name != null; name = at.nextFieldName()) {
            at.nextToken();
            switch (name) {
                case "t" -> tag = text(at, Limits.ID);
                case "i" -> id = text(at, MOST);
                case "c" -> classes = classes(at);
                case "a" -> attributes = attributes(at);
                case "n" -> nthChild = number(at);
                case "k" -> nthOfType = number(at);
                case "h" -> host = number(at);
                case "s" -> foreign = number(at);
                default -> at.skipChildren();
            }
        }
        var given = tag == null ? "" : tag;
        return new Element(
                foreign == 1 ? given : given.toLowerCase(Locale.ROOT),
                id,
                classes,
                attributes,
                nthChild,
                nthOfType,
                host == 1,
                foreign == 1);
    }

    private static @Nullable String text(JsonParser at, int most) throws IOException {
        return Fields.text(SCALAR.read(at), most);
    }

    /** 0 for what is no number, and for what is below it. */
    private static int number(JsonParser at) throws IOException {
        return Math.max(0, (int) Fields.number(SCALAR.read(at)));
    }

    private static List<String> classes(JsonParser at) throws IOException {
        if (at.currentToken() != JsonToken.START_ARRAY) {
            at.skipChildren();
            return List.of();
        }
        var classes = new ArrayList<String>();
        while (at.nextToken() != JsonToken.END_ARRAY) {
            var name = text(at, MOST);
            if (name != null) {
                classes.add(name);
            }
        }
        return classes;
    }

    private static Map<String, String> attributes(JsonParser at) throws IOException {
        if (at.currentToken() != JsonToken.START_OBJECT) {
            at.skipChildren();
            return Map.of();
        }
        var attributes = new LinkedHashMap<String, String>();
        for (var name = at.nextFieldName(); name != null; name = at.nextFieldName()) {
            at.nextToken();
            var value = text(at, MOST);
            if (value != null) {
                attributes.put(Clean.text(name).toLowerCase(Locale.ROOT), value);
            }
        }
        return attributes;
    }
}
