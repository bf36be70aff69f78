package dev.weir.release;

import dev.weir.catalog.Criticality;
import dev.weir.catalog.Definition;
import dev.weir.catalog.Matching;
import dev.weir.catalog.Status;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.StoredEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which definitions that people rely on, verified ones of high criticality, would lose matches: tried on a few recent events, by the engine
 * that enforces and the matcher that everybody asks. Consent is taken as given, as all that is stored has it. Keeps nothing.
 */
@ApplicationScoped
class Collateral {

    /** The newest of each type are looked at; docs/limits.md. */
    static final int EVENTS = 2_000;

    /** Of those a definition matches, so many are judged. */
    static final int EACH = 20;

    private static final Duration BACK = Duration.ofDays(30);
    private static final int KEY_BYTES = 32;

    private final Matching matching;
    private final StoredEvents stored;
    private final Clock clock;

    Collateral(Matching matching, StoredEvents stored, Clock clock) {
        this.matching = matching;
        this.stored = stored;
        this.clock = clock;
    }

    /** A definition that loses matches: how many of the events that were tried it matches now, and how many it would then. */
    record Lost(String id, String name, int now, int then) {

        /** Whether it would find nothing any more. */
        public boolean wholly() {
            return then == 0;
        }

        Map<String, Object> json() {
            return Map.of("id", id, "name", name, "now", now, "then", then);
        }
    }

    /**
     * What a change costs those who rely on definitions.
     *
     * @param takesTwo whether it takes a second person though it tightens
     */
    record Toll(boolean takesTwo, List<Lost> lost) {

        static final Toll NONE = new Toll(false, List.of());

        public boolean any() {
            return !lost.isEmpty();
        }

        Map<String, Object> json() {
            return Map.of(
                    "secondPerson",
                    takesTwo,
                    "definitions",
                    lost.stream().map(Lost::json).toList());
        }
    }

    /** By name; none where the policies are the same. */
    List<Lost> of(EnvironmentKey environment, PolicyDocument before, PolicyDocument after) {
        var known = matching.known();
        var relied = known.definitions().stream().filter(Collateral::isReliedOn).toList();
        if (relied.isEmpty() || before.hash().equals(after.hash())) {
            return List.of();
        }
        var trying = new Trying(known, relied, before, after);
        for (var type : trying.types()) {
            stored.few(environment, type, clock.instant().minus(BACK), EVENTS, one -> trying.event(one.event()));
        }
        return trying.lost();
    }

    private static boolean isReliedOn(Definition definition) {
        return definition.status() == Status.VERIFIED && definition.details().criticality() == Criticality.HIGH;
    }

    /** One comparison under way. */
    private static final class Trying {

        private final Matching.Known known;
        private final Map<String, Tried> relied = new HashMap<>();
        private final CompiledPolicy now;
        private final CompiledPolicy then;

        private static final class Tried {

            private final Definition definition;
            private int now;
            private int then;

            Tried(Definition definition) {
                this.definition = definition;
            }
        }

        Trying(Matching.Known known, List<Definition> relied, PolicyDocument before, PolicyDocument after) {
            // A key of its own: nobody can look up a person with what a hash rule makes here.
            var key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            this.known = known;
            this.now = CompiledPolicy.of(before, key);
            this.then = CompiledPolicy.of(after, key);
            relied.forEach(definition -> this.relied.put(definition.id(), new Tried(definition)));
        }

        List<EventType> types() {
            return relied.values().stream()
                    .map(tried -> tried.definition.details().type())
                    .distinct()
                    .toList();
        }

        void event(Event event) {
            if (wanted(event).stream().allMatch(tried -> tried.now >= EACH)) {
                return;
            }
            var ones = wanted(kept(now, event));
            var others = wanted(kept(then, event));
            for (var tried : ones) {
                if (tried.now < EACH) {
                    tried.now++;
                    tried.then += others.contains(tried) ? 1 : 0;
                }
            }
        }

        private static @Nullable Event kept(CompiledPolicy policy, Event event) {
            return policy.judge(event, Circumstances.SERVER)
                    .<@Nullable Event>match(kept -> kept.event(), aside -> null, dropped -> null);
        }

        private List<Tried> wanted(@Nullable Event event) {
            var found = new ArrayList<Tried>();
            for (var definition : event == null ? List.<Definition>of() : known.matches(event)) {
                var tried = relied.get(definition.id());
                if (tried != null) {
                    found.add(tried);
                }
            }
            return found;
        }

        List<Lost> lost() {
            return relied.values().stream()
                    .filter(tried -> tried.then < tried.now)
                    .map(tried -> new Lost(tried.definition.id(), tried.definition.name(), tried.now, tried.then))
                    .sorted(Comparator.comparing(Lost::name))
                    .toList();
        }
    }
}
