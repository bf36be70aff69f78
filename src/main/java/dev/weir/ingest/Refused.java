package dev.weir.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that is not taken: its status, and why in words that never quote it. */
record Refused(int status, String detail, @Nullable Duration retryAfter) {

    static final Refused UNKNOWN_APP = of(404, "There is no such App ID.");
    static final Refused TOO_LARGE = of(413, "The body is larger than this endpoint takes.");
    static final Refused NOT_JSON = of(400, "The body is not one well-formed JSON object in UTF-8.");
    static final Refused NOT_GZIP = of(400, "The body is not what its Content-Encoding says.");
    static final Refused NO_KEY = of(401, "This App ID requires a server key.");
    static final Refused ENCODING = of(415, "The only Content-Encoding taken is gzip.");
    static final Refused TIMEOUT = of(408, "The body took too long.");
    static final Refused CUT_OFF = of(400, "The body ended too early.");

    static Refused of(int status, String detail) {
        return new Refused(status, detail, null);
    }

    static Refused invalid(String field) {
        return of(400, "Missing, or not as documented: " + field + ".");
    }

    static Refused busy(Duration retryAfter) {
        return new Refused(503, "Nothing can be stored at the moment. Send all of it again.", retryAfter);
    }

    /** {@code limit} is the name of the one that was met. */
    static Refused tooFast(String limit, Duration retryAfter) {
        var who = switch (limit) {
            case "address" -> "This address";
            case "identity" -> "A user of this request";
            default -> "This App ID";
        };
        return new Refused(429, who + " sends more than it may.", retryAfter);
    }
}
