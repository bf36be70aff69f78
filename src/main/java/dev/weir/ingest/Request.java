package dev.weir.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its body, taken from the connection so that a worker can read it.
 *
 * @param began when it came, in nanoseconds of {@link System#nanoTime}
 */
record Request(
        Endpoint endpoint,
        @Nullable String app,
        @Nullable String origin,
        @Nullable String authority,
        String address,
        @Nullable String authorization,
        @Nullable String contentEncoding,
        boolean gpc,
        boolean explain,
        long began) {

    /** The token of {@code Authorization: Bearer}, or the password of {@code Basic}. */
    Optional<String> key() {
        return bearer().or(() -> basic().map(pair -> pair.substring(pair.indexOf(':') + 1)));
    }

    /** The user of {@code Authorization: Basic}: clients of Segment put the App ID there. */
    Optional<String> basicUser() {
        return basic().map(pair -> pair.substring(0, pair.indexOf(':')));
    }

    private Optional<String> bearer() {
        return after("Bearer ");
    }

    private Optional<String> basic() {
        try {
            return after("Basic ")
                    .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                    .filter(pair -> pair.indexOf(':') >= 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> after(String scheme) {
        var sent = authorization;
        if (sent == null || !sent.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        return Optional.of(sent.substring(scheme.length()).strip());
    }
}
