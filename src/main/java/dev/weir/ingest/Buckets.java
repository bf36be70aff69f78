package dev.weir.ingest;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One token bucket for each key, for a limited number of keys: of more, the one that was longest without a request is forgotten, which
 * lets it begin anew. Keys are hashes, so no bucket is larger than another, whatever somebody sends.
 */
final class Buckets {

    /** Locks are shared by the keys of one part only. */
    private static final int PARTS = 16;

    private final Clock clock;
    private final String name;
    private final int perSecond;
    private final int burst;
    private final Part[] parts = new Part[PARTS];

    Buckets(Clock clock, String name, int perSecond, int burst, int most) {
        this.clock = clock;
        this.name = name;
        this.perSecond = perSecond;
        this.burst = burst;
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part(Math.max(1, most / PARTS));
        }
    }

    /** What is left, and if the request may not pass, how long until it may. */
    record Standing(String name, boolean passes, long left, Duration delay) {

        /** An item of the {@code RateLimit} header. */
        void spell(StringBuilder header) {
            header.append('"')
                    .append(name)
                    .append("\";r=")
                    .append(left)
                    .append(";t=")
                    .append(delay.toSeconds());
        }
    }

    Standing take(long key, int events) {
        return part(key).take(key, Math.min(events, burst));
    }

    /** What was taken for a request that is refused for another reason. */
    void giveBack(long key, int events) {
        part(key).giveBack(key, Math.min(events, burst));
    }

    /** An item of the {@code RateLimit-Policy} header. */
    String policy() {
        return "\"" + name + "\";q=" + burst + ";w=" + Math.max(1, burst / perSecond);
    }

    int size() {
        int size = 0;
        for (Part part : parts) {
            size += part.size();
        }
        return size;
    }

    private Part part(long key) {
        return parts[(int) (key >>> 60)];
    }

    private final class Part extends LinkedHashMap<Long, Bucket> {
        private static final long serialVersionUID = 1;

        private final int most;

        Part(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Long, Bucket> eldest) {
            return super.size() > most;
        }

        @Override
        public synchronized int size() {
            return super.size();
        }

        synchronized Standing take(long key, int events) {
            return computeIfAbsent(key, first -> new Bucket()).take(events);
        }

        synchronized void giveBack(long key, int events) {
            var bucket = get(key);
            if (bucket != null) {
                bucket.tokens = Math.min(burst, bucket.tokens + events);
            }
        }
    }

    private final class Bucket {
        private double tokens = burst;
        private long asOf = clock.millis();

        Standing take(int events) {
            long now = clock.millis();
            tokens = Math.min(burst, tokens + Math.max(0, now - asOf) * (perSecond / 1000.0));
            asOf = now;
            if (tokens >= events) {
                tokens -= events;
                return new Standing(name, true, (long) tokens, Duration.ZERO);
            }
            long seconds = (long) Math.ceil((events - tokens) / perSecond);
            return new Standing(name, false, (long) tokens, Duration.ofSeconds(Math.max(1, seconds)));
        }
    }
}
