package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what has the shape of a placeholder in a stored event: {@code [email]} in any text, <code>{id}</code> in addresses, where no
 * browser leaves a brace as it is. Doesn't know what they mean, nor who put them there.
 */
final class Placeholders {

    private static final Pattern TEXT = Pattern.compile("\\[[a-z0-9-]{1,32}]");
    private static final Pattern ADDRESS = Pattern.compile("\\[[a-z0-9-]{1,32}]|\\{[a-z0-9_-]{1,32}}");

    private Placeholders() {}

    /** Each one once, in the order in which they stand in the event. */
    static List<String> in(JsonNode event) {
        var found = new LinkedHashSet<String>();
        collect(event, TEXT, found);
        collect(event.path("href"), ADDRESS, found);
        collect(event.path("page").path("url"), ADDRESS, found);
        collect(event.path("page").path("previous"), ADDRESS, found);
        collect(event.path("session"), ADDRESS, found);
        return List.copyOf(found);
    }

    private static void collect(JsonNode node, Pattern shape, Set<String> found) {
        if (node.isTextual()) {
            shape.matcher(node.textValue()).results().forEach(match -> found.add(match.group()));
        }
        for (JsonNode inner : node) {
            collect(inner, shape, found);
        }
    }
}
