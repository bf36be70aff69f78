package dev.weir.ingest;

import dev.weir.event.Element;
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
    public @Nullable Object read(JsonText at) throws NotJson {
        if (at.first() != '{') {
            at.skip();
            return null;
        }
        return at.again(ElementShape::element);
    }

    private static Element element(JsonText at) throws NotJson {
        String tag = null;
        String id = null;
        List<String> classes = List.of();
        Map<String, String> attributes = Map.of();
        int nthChild = 0;
        int nthOfType = 0;
        int host = 0;
        int foreign = 0;
        for (boolean more = at.object(); more; more = at.member()) {
            switch (at.shortName()) {
                case 't' -> tag = text(at, Limits.ID);
                case 'i' -> id = text(at, MOST);
                case 'c' -> classes = classes(at);
                case 'a' -> attributes = attributes(at);
                case 'n' -> nthChild = number(at);
                case 'k' -> nthOfType = number(at);
                case 'h' -> host = number(at);
                case 's' -> foreign = number(at);
                default -> at.skip();
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

    private static @Nullable String text(JsonText at, int most) throws NotJson {
        return Fields.text(SCALAR.read(at), most);
    }

    /** 0 for what is no number, and for what is below it. */
    private static int number(JsonText at) throws NotJson {
        return Math.max(0, (int) Fields.number(SCALAR.read(at)));
    }

    private static List<String> classes(JsonText at) throws NotJson {
        if (at.first() != '[') {
            at.skip();
            return List.of();
        }
        var classes = new ArrayList<String>();
        for (boolean more = at.array(); more; more = at.item()) {
            var name = text(at, MOST);
            if (name != null) {
                classes.add(name);
            }
        }
        return classes;
    }

    private static Map<String, String> attributes(JsonText at) throws NotJson {
        if (at.first() != '{') {
            at.skip();
            return Map.of();
        }
        var attributes = new LinkedHashMap<String, String>();
        for (boolean more = at.object(); more; more = at.member()) {
            var name = Clean.text(at.name()).toLowerCase(Locale.ROOT);
            var value = text(at, MOST);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }
}
