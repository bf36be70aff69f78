package dev.weir.catalog;

import dev.weir.web.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as programs send them back. */
final class Versions {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private Versions() {}

    /** Of {@code If-Match}; what is no ETag of ours is none that holds now. */
    static long read(@Nullable String match) {
        if (match == null) {
            throw Problem.of(428, "Send the ETag that you read as If-Match.");
        }
        var matcher = TAG.matcher(match.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
