package dev.weir.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an HTTP class leaves early (RFC 9457). The domain never throws one: it returns values, and resources put them into words.
 *
 * <p>The detail is shown to whoever asked: it never quotes what was sent.
 */
public final class Problem extends RuntimeException {

    private final int status;
    private final String detail;
    private final Optional<Duration> retryAfter;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    private Problem(int status, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    /** With a member of its own (RFC 9457, 3.2), which programs read; pages don't show it. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Optional.empty());
    }

    public static Problem forbidden(String detail) {
        return of(403, detail);
    }

    public static Problem notFound(String detail) {
        return of(404, detail);
    }

    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(429, detail, Optional.of(retryAfter));
    }

    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, detail, Optional.of(retryAfter));
    }

    public int status() {
        return status;
    }

    public String detail() {
        return detail;
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
