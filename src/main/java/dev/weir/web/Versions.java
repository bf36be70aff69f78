package dev.weir.web;

import jakarta.ws.rs.core.EntityTag;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as programs read them and send them back. */
public final class Versions {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private Versions() {}

    /** Of {@code If-Match}; what is no ETag of ours is none that holds now. */
    public static long read(@Nullable String match) {
        if (match == null) {
            throw Problem.of(428, "Send the ETag that you read as If-Match.");
        }
        var matcher = TAG.matcher(match.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** As the body names it, or else of {@code If-Match}. */
    public static long read(@Nullable Long named, @Nullable String match) {
        return named == null ? read(match) : named;
    }

    public static EntityTag tag(long version) {
        return new EntityTag(Long.toString(version));
    }
}
