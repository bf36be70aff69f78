package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path such as {@code /account/{id}}: covers every path that begins like it, and names what stands at its placeholders. */
final class PathTemplate {

    private final String text;
    private final List<String> parts = new ArrayList<>();

    PathTemplate(String text) {
        this.text = text;
        for (var part : text.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
    }

    String text() {
        return text;
    }

    /** Writes the placeholders into {@code replaced} where nothing stands yet; empty segments do not count. */
    boolean apply(String[] segments, @Nullable String[] replaced) {
        int[] places = new int[parts.size()];
        int next = 0;
        for (int i = 0; i < segments.length && next < places.length; i++) {
            if (!segments[i].isEmpty()) {
                var part = parts.get(next);
                if (!part.startsWith("{") && !part.equals(literal(segments[i]))) {
                    return false;
                }
                places[next++] = i;
            }
        }
        if (next < places.length) {
            return false;
        }
        for (int i = 0; i < places.length; i++) {
            if (parts.get(i).startsWith("{") && replaced[places[i]] == null) {
                replaced[places[i]] = parts.get(i);
            }
        }
        return true;
    }

    private static String literal(String segment) {
        return Wording.lower(Decoding.percent(Decoding.percent(segment)));
    }
}
