package dev.weir.web;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as programs read them and send them back. */
public final class Versions {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private static final Pattern OTHER = Pattern.compile("(?:W/)?\"([0-9a-f-]{1,64})\"");
    private static final String MISSING = "Send the ETag that you read as If-Match.";

    private Versions() {}

    /**
     * Of {@code If-Match}; what is no ETag of ours is none that holds now. A weak one is ours: whoever compresses an answer on its way
     * weakens its ETag.
     */
    public static long read(@Nullable String match) {
        if (match == null) {
            throw Problem.of(428, MISSING);
        }
        var matcher = TAG.matcher(match.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** What stands between the quotes of {@code If-Match}, where the ETag is no number; what is no ETag is none that holds now. */
    public static String tag(@Nullable String match) {
        if (match == null) {
            throw Problem.of(428, MISSING);
        }
        var matcher = OTHER.matcher(match.strip());
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** As the body names it, or else of {@code If-Match}; where the two are not the same, none that holds now. */
    public static long read(@Nullable Long named, @Nullable String match) {
        if (named == null) {
            return read(match);
        }
        return match == null || read(match) == named ? named : -1;
    }

    /** What something is now, with its version as the ETag that is sent back to change it. */
    public static Response.ResponseBuilder shown(int status, Object told, long version) {
        return Response.status(status).entity(told).tag(new EntityTag(Long.toString(version)));
    }

    /** As {@link #shown}, with a secret that is in no other answer: nothing on the way keeps it. */
    public static Response.ResponseBuilder shownOnce(int status, ShownOnce told, long version) {
        return shown(status, told, version).header("Cache-Control", "no-store");
    }
}
