package dev.weir.ingest;

import dev.weir.kernel.AppId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A token bucket for each App ID, in events. Only App IDs that exist get one, so there are never more than those. */
final class RateLimits {

    private final Clock clock;
    private final int perSecond;
    private final int burst;
    private final Map<AppId, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(Clock clock, int perSecond, int burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** What is left, and if the request may not pass, how long until it may. */
    record Standing(boolean passes, long left, Duration delay) {}

    Standing take(AppId app, int events) {
        return buckets.computeIfAbsent(app, first -> new Bucket()).take(Math.min(events, burst));
    }

    /** For the {@code RateLimit-Policy} header. */
    String policy() {
        return "\"app\";q=" + burst + ";w=" + Math.max(1, burst / perSecond);
    }

    private final class Bucket {
        private double tokens = burst;
        private long asOf = clock.millis();

        synchronized Standing take(int events) {
            long now = clock.millis();
            tokens = Math.min(burst, tokens + Math.max(0, now - asOf) * (perSecond / 1000.0));
            asOf = now;
            if (tokens >= events) {
                tokens -= events;
                return new Standing(true, (long) tokens, Duration.ZERO);
            }
            long seconds = (long) Math.ceil((events - tokens) / perSecond);
            return new Standing(false, (long) tokens, Duration.ofSeconds(Math.max(1, seconds)));
        }
    }
}
