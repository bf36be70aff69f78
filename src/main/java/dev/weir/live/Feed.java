package dev.weir.live;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Sighting;
import dev.weir.store.Sightings;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * News from the store for everybody who watches: one reader per environment, however many are looking, and none while nobody is. It
 * follows the store's own sequence, so it shows what any node has committed. It holds no event: whatever it tells anybody it has read
 * since the last second, so nothing that was deleted or redacted before.
 */
@ApplicationScoped
class Feed {

    static final int KEPT = 100;

    private final Sightings sightings;
    private final LiveConfig config;
    private final Clock clock;

    /** Guarded by this. */
    private final Map<EnvironmentKey, List<Watcher>> rooms = new HashMap<>();

    Feed(Sightings sightings, LiveConfig config, Clock clock) {
        this.sightings = sightings;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What a watcher is told.
     *
     * @param position the newest sequence number the watcher knows after this
     * @param missed how many were passed over, because more came than anybody can read
     * @param sightings newest first; none in a heartbeat
     */
    record News(long position, long missed, List<Sighting> sightings) {}

    /**
     * Who watches.
     *
     * @param present asked at each heartbeat whether the person may still look; may wait for the database
     */
    record Reader(String person, BooleanSupplier present) {}

    /** News after {@code position}; empty when this person, or everybody together, watches as much as may be. */
    synchronized Optional<Multi<News>> watch(EnvironmentKey environment, Filter filter, Reader reader, long position) {
        long all = rooms.values().stream().mapToLong(List::size).sum();
        long own = rooms.values().stream()
                .flatMap(List::stream)
                .filter(watcher -> watcher.reader.person.equals(reader.person))
                .count();
        if (all >= config.streams() || own >= config.streamsPerPerson()) {
            return Optional.empty();
        }
        return Optional.of(Multi.createFrom()
                .<News>emitter(
                        emitter -> join(environment, new Watcher(filter, reader, position, clock.instant(), emitter)),
                        BackPressureStrategy.BUFFER));
    }

    private synchronized void join(EnvironmentKey environment, Watcher watcher) {
        rooms.computeIfAbsent(environment, key -> new ArrayList<>()).add(watcher);
        watcher.emitter.onTermination(() -> leave(environment, watcher));
    }

    private synchronized void leave(EnvironmentKey environment, Watcher watcher) {
        var watchers = rooms.getOrDefault(environment, new ArrayList<>());
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
            rooms.remove(environment);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        for (var environment : watched()) {
            try {
                partings(environment);
                tell(environment, read(environment));
            } catch (RuntimeException e) {
                // The next second tries again; watchers keep their place.
                Log.warnf(
                        "the live view can't read %s: %s",
                        environment, e.getClass().getName());
            }
        }
    }

    private synchronized List<EnvironmentKey> watched() {
        return List.copyOf(rooms.keySet());
    }

    /** Ends the streams of those who signed out or were shut out, and of those of whom that can't be known. Asks outside the lock. */
    private void partings(EnvironmentKey environment) {
        for (var watcher : due(environment)) {
            if (!present(watcher)) {
                watcher.emitter.complete();
            }
        }
    }

    private synchronized List<Watcher> due(EnvironmentKey environment) {
        var now = clock.instant();
        var due = watchers(environment).stream()
                .filter(watcher -> !now.isBefore(watcher.asked.plus(config.heartbeat())))
                .toList();
        due.forEach(watcher -> watcher.asked = now);
        return due;
    }

    private static boolean present(Watcher watcher) {
        try {
            return watcher.reader.present.getAsBoolean();
        } catch (RuntimeException e) {
            Log.warnf(
                    "a live view ends, because nobody can say whether its reader is still signed in: %s",
                    e.getClass().getName());
            return false;
        }
    }

    /** Outside the lock: a slow database must not keep watchers from leaving. */
    private Look read(EnvironmentKey environment) {
        long latest = sightings.latest(environment);
        long newest = latest - KEPT;
        long least = least(environment, latest);
        if (least >= latest) {
            return new Look(latest, false, latest, List.of());
        }
        // Whoever is more than a list behind gets the newest list: nobody reads a thousand lines a second.
        long from = Math.max(least, newest);
        var found = new ArrayList<>(sightings.after(environment, from, KEPT));
        Collections.reverse(found);
        long until = found.isEmpty() ? latest : Math.max(latest, found.get(0).sequence());
        return new Look(from, least < newest, until, found);
    }

    /** What the one knows who knows least of those who take news now. */
    private synchronized long least(EnvironmentKey environment, long latest) {
        return watchers(environment).stream()
                .filter(Watcher::takes)
                .mapToLong(watcher -> watcher.position)
                .min()
                .orElse(latest);
    }

    private synchronized void tell(EnvironmentKey environment, Look look) {
        var now = clock.instant();
        for (var watcher : List.copyOf(watchers(environment))) {
            tell(look, watcher, now);
        }
    }

    private void tell(Look look, Watcher watcher, Instant now) {
        if (!now.isBefore(watcher.since.plus(config.streamLength()))) {
            watcher.emitter.complete();
            return;
        }
        // A reader that has not taken the last news keeps its place and gets the newest later; so does one that came
        // after the look.
        if (!watcher.takes() || look.beginsBehind(watcher)) {
            return;
        }
        var news = look.newsFor(watcher);
        boolean quiet = news.sightings().isEmpty() && news.missed() == 0;
        if (!quiet || !now.isBefore(watcher.spoke.plus(config.heartbeat()))) {
            watcher.spoke = now;
            watcher.emitter.emit(news);
        }
        watcher.position = news.position();
    }

    /** Guarded by this. */
    private List<Watcher> watchers(EnvironmentKey environment) {
        return rooms.getOrDefault(environment, List.of());
    }

    /**
     * What the store holds at this moment, newest first, behind one number and up to another.
     *
     * @param late whether somebody is so far behind that something is passed over
     */
    private record Look(long from, boolean late, long until, List<Sighting> sightings) {

        boolean beginsBehind(Watcher watcher) {
            return watcher.position < from && !late;
        }

        News newsFor(Watcher watcher) {
            var taken = sightings.stream()
                    .filter(sighting -> sighting.sequence() > watcher.position)
                    .filter(watcher.filter::takes)
                    .toList();
            return new News(Math.max(until, watcher.position), Math.max(0, from - watcher.position), taken);
        }
    }

    /** Somebody who looks. */
    private static final class Watcher {

        private final Filter filter;
        private final Reader reader;
        private final Instant since;
        private final MultiEmitter<? super News> emitter;
        private long position;
        private Instant spoke;
        private Instant asked;

        Watcher(Filter filter, Reader reader, long position, Instant since, MultiEmitter<? super News> emitter) {
            this.filter = filter;
            this.reader = reader;
            this.position = position;
            this.since = since;
            this.spoke = since;
            this.asked = since;
            this.emitter = emitter;
        }

        boolean takes() {
            return emitter.requested() > 0;
        }
    }
}
