package dev.weir.erasure;

import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing;
import dev.weir.store.Erasing.Name;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes persons from all environments, one after the other: finds their names, sees that nothing of theirs is written any more, deletes
 * their events, then what is known of them. In that order, so that whoever is interrupted leaves no way back in. Devices that are met
 * only with their events are looked for from the beginning again, once: whatever is met after that is left to {@link LateDeletion}.
 */
@ApplicationScoped
class UserDeletion implements Work {

    static final String KIND = "user-deletion";

    /** Persons that one step looks for. */
    private static final int PERSONS = 200;

    /** Numbers of events that one step looks at. */
    static final int EVENTS = 5_000;

    /** Looks for names; then goes through the events, which is called otherwise once a device was met, and another time after that. */
    private static final String WHO = "who";

    private static final String THROUGH = "events";

    private static final String MET = "met";

    private static final String AGAIN = "again";

    private final Erasing erasing;
    private final TargetRows targets;
    private final Environments environments;
    private final Jobs jobs;

    UserDeletion(Erasing erasing, TargetRows targets, Environments environments, Jobs jobs) {
        this.erasing = erasing;
        this.targets = targets;
        this.environments = environments;
        this.jobs = jobs;
    }

    /** What is done next: {@code who development 200}, {@code events development 5000}. */
    private record Place(String stage, EnvironmentKey environment, long from) {

        static Place of(String text) {
            var parts = text.split(" ", -1);
            return new Place(parts[0], new EnvironmentKey(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public String toString() {
            return stage + " " + environment + " " + from;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Delete users";
    }

    @Override
    public Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("users", "Users asked for");
        words.putAll(deleted());
        return words;
    }

    /** What is counted of whoever is deleted, asked for or late. */
    static Map<String, String> deleted() {
        var words = new LinkedHashMap<String, String>();
        words.put("names", "Names they were looked for under");
        words.put("events", "Events deleted");
        words.put("quarantined", "Events deleted from the quarantine");
        words.put("links", "Links between users and identities deleted");
        words.put("properties", "Properties deleted");
        return words;
    }

    @Override
    public Step step(Job job) {
        if (job.place().isEmpty()) {
            return begun(job);
        }
        var place = Place.of(job.place());
        return place.stage().equals(WHO) ? who(job, place) : events(job, place);
    }

    /** Who is linked to whom stays as it is until the names are on the list. */
    void hold(EnvironmentKey environment) {
        erasing.hold(environment);
    }

    void suppress(EnvironmentKey environment, Erasing.Known names) {
        erasing.suppress(environment, names);
    }

    Erasing.Deleted some(EnvironmentKey environment, Collection<Name> names, long after) {
        return erasing.delete(environment, names, after, EVENTS);
    }

    /** What is stored of them elsewhere than from here on is another job's. */
    void later(EnvironmentKey environment, Collection<Name> met) {
        erasing.giveLateDevicesBack(environment, met);
    }

    void letGoOn(EnvironmentKey environment, Collection<Name> shared, String job) {
        if (!shared.isEmpty()) {
            erasing.letGoOn(environment, shared, targets.all(job, TargetRows.ASKED));
        }
    }

    /** Before events are gone through once more. */
    Step again(Step step) {
        return step;
    }

    Erasing.Forgotten forget(EnvironmentKey environment, Collection<Name> names) {
        return erasing.forget(environment, names);
    }

    private Step begun(Job job) {
        long all = 0;
        for (var environment : keys()) {
            var range = erasing.range(environment);
            all += Math.max(0, range[1] - range[0]);
        }
        var step = Step.of(job)
                .outOf(all + 1)
                .did(1)
                .counted("users", targets.all(job.id(), TargetRows.ASKED).size());
        return next(step, Optional.empty());
    }

    private Step who(Job job, Place place) {
        hold(place.environment());
        var some = targets.page(job.id(), TargetRows.ASKED, place.from(), PERSONS);
        var known = erasing.known(place.environment(), some);
        targets.add(job.id(), place.environment().value(), known.all());
        suppress(place.environment(), known);
        boolean last = some.size() < PERSONS;
        return Step.of(job)
                .at((last
                                ? new Place(THROUGH, place.environment(), erasing.range(place.environment())[0])
                                : new Place(WHO, place.environment(), place.from() + PERSONS))
                        .toString());
    }

    private Step events(Job job, Place place) {
        var environment = place.environment();
        var names = targets.all(job.id(), environment.value());
        var deleted = some(environment, names, place.from());
        if (!deleted.met().isEmpty()) {
            return met(job, place, deleted.met());
        }
        targets.add(job.id(), environment.value(), deleted.users());
        letGoOn(environment, deleted.shared(), job.id());
        var step = Step.of(job)
                .did(Math.max(0, deleted.next() - place.from()))
                .counted("events", deleted.kept())
                .counted("quarantined", deleted.quarantined());
        if (!deleted.last()) {
            return step.at(new Place(place.stage(), environment, deleted.next()).toString());
        }
        if (place.stage().equals(MET)) {
            return fromTheBeginning(step, environment);
        }
        var all = targets.all(job.id(), environment.value());
        var forgotten = forget(environment, all);
        step = step.counted("names", all.size())
                .counted("links", forgotten.links())
                .counted("properties", forgotten.properties());
        return next(step, Optional.of(environment));
    }

    /** Theirs from now on; nothing was deleted in this step. */
    private Step met(Job job, Place place, Set<Name> met) {
        var environment = place.environment();
        suppress(environment, new Erasing.Known(met, met, Set.of()));
        targets.add(job.id(), environment.value(), met);
        if (place.stage().equals(AGAIN)) {
            later(environment, met);
            return Step.of(job);
        }
        return Step.of(job).at(new Place(MET, environment, place.from()).toString());
    }

    private Step fromTheBeginning(Step step, EnvironmentKey environment) {
        var range = erasing.range(environment);
        return again(step)
                .outOf(step.total().orElse(step.done()) + Math.max(0, range[1] - range[0]))
                .at(new Place(AGAIN, environment, range[0]).toString());
    }

    private Step next(Step step, Optional<EnvironmentKey> done) {
        var following = keys().stream()
                .filter(key ->
                        done.isEmpty() || key.value().compareTo(done.get().value()) > 0)
                .findFirst();
        if (following.isPresent()) {
            return step.at(new Place(WHO, following.get(), 0).toString());
        }
        // More may have come in than there was at the start.
        return step.outOf(Math.max(1, step.done())).theLast();
    }

    /** Also after a part of it: what no event shares any more goes, however the job ended. */
    @Override
    public void over(Job job) {
        targets.forget(job.id());
        if (job.counts().getOrDefault("events", 0L) + job.counts().getOrDefault("quarantined", 0L) > 0) {
            keys().forEach(key -> jobs.askOnce(Erasures.SWEEP, key));
        }
    }

    private List<EnvironmentKey> keys() {
        return environments.list().stream()
                .map(Environment::key)
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .toList();
    }
}
