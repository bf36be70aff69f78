package dev.weir.ingest;

import dev.weir.kernel.AppId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many events an App ID, an address and one user of an App ID may send. A request that is refused because of one of them takes
 * nothing of the others. Never keeps an address or an identity: only their hashes, under a number that nobody else knows.
 */
final class RateLimits {

    private final long secret = new SecureRandom().nextLong();
    private final Buckets apps;
    private final Buckets addresses;
    private final Buckets identities;

    RateLimits(Clock clock, IngestConfig.Rate rate) {
        this.apps = new Buckets(clock, "app", rate.perSecond(), rate.burst(), Integer.MAX_VALUE);
        this.addresses = new Buckets(clock, "address", rate.addressPerSecond(), rate.addressBurst(), rate.remembered());
        this.identities =
                new Buckets(clock, "identity", rate.identityPerSecond(), rate.identityBurst(), rate.remembered());
    }

    /** Where a request stands with each limit that it was held to; the last one is what stops it, if one does. */
    record Standing(List<Buckets.Standing> each) {

        Standing {
            each = List.copyOf(each);
        }

        Standing and(Buckets.Standing another) {
            var more = new ArrayList<>(each);
            more.add(another);
            return new Standing(more);
        }

        boolean passes() {
            for (Buckets.Standing one : each) {
                if (!one.passes()) {
                    return false;
                }
            }
            return true;
        }

        Duration delay() {
            return each.stream()
                    .map(Buckets.Standing::delay)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }

        /** What stops it. */
        String stopping() {
            return each.stream()
                    .filter(one -> !one.passes())
                    .map(Buckets.Standing::name)
                    .findFirst()
                    .orElse("");
        }

        /** The {@code RateLimit} header. */
        String header() {
            var header = new StringBuilder(96);
            for (Buckets.Standing one : each) {
                if (!header.isEmpty()) {
                    header.append(", ");
                }
                one.spell(header);
            }
            return header.toString();
        }
    }

    /** {@code address} may send for several App IDs, and an App ID from many addresses: both have their own limit. */
    Standing take(AppId app, String address, int events) {
        long ofAddress = hash(secret, address);
        var here = addresses.take(ofAddress, events);
        if (!here.passes()) {
            return new Standing(List.of(here));
        }
        var there = apps.take(hash(secret, app.digits()), events);
        if (!there.passes()) {
            addresses.giveBack(ofAddress, events);
        }
        return new Standing(List.of(there, here));
    }

    /** {@code events} of each user of a request that has passed {@link #take}; the one with the least left is told. */
    Standing take(Standing before, AppId app, Map<String, Integer> events) {
        if (events.isEmpty()) {
            return before;
        }
        long ofApp = hash(secret, app.digits());
        var standings = new ArrayList<Buckets.Standing>(events.size());
        var taken = new HashMap<Long, Integer>();
        for (var user : events.entrySet()) {
            long key = hash(ofApp, user.getKey());
            var standing = identities.take(key, user.getValue());
            standings.add(standing);
            if (!standing.passes()) {
                taken.forEach(identities::giveBack);
                return before.and(standing);
            }
            taken.merge(key, user.getValue(), Integer::sum);
        }
        return before.and(Collections.min(standings, Comparator.comparing(Buckets.Standing::left)));
    }

    /** What {@link #take} took for a request that is refused after all. */
    void giveBack(AppId app, String address, int events) {
        addresses.giveBack(hash(secret, address), events);
        apps.giveBack(hash(secret, app.digits()), events);
    }

    /** The {@code RateLimit-Policy} header. */
    String policy() {
        return apps.policy() + ", " + addresses.policy() + ", " + identities.policy();
    }

    private static long hash(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ text.length()) * 0xBF58476D1CE4E5B9L;
        return hash ^ hash >>> 32;
    }
}
