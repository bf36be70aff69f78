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

/**
 * Deletes persons from all environments, one after the other: finds their names, sees that nothing of theirs is written any more, deletes
 * their events, then what is known of them. In that order, so that whoever is interrupted leaves no way back in.
 */
@ApplicationScoped
class UserDeletion implements Work {

    static final String KIND = "user-deletion";

    /** Persons that one step looks for. */
    private static final int PERSONS = 200;

    /** Numbers of events that one step looks at. */
    static final int EVENTS = 5_000;

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
        return place.stage().equals("who") ? who(job, place) : events(job, place);
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
                                ? new Place("events", place.environment(), erasing.range(place.environment())[0])
                                : new Place("who", place.environment(), place.from() + PERSONS))
                        .toString());
    }

    private Step events(Job job, Place place) {
        var names = targets.all(job.id(), place.environment().value());
        var deleted = some(place.environment(), names, place.from());
        targets.add(job.id(), place.environment().value(), deleted.users());
        var step = Step.of(job)
                .did(Math.max(0, deleted.next() - place.from()))
                .counted("events", deleted.kept())
                .counted("quarantined", deleted.quarantined());
        if (!deleted.last()) {
            return step.at(new Place("events", place.environment(), deleted.next()).toString());
        }
        var all = targets.all(job.id(), place.environment().value());
        var forgotten = forget(place.environment(), all);
        step = step.counted("names", all.size())
                .counted("links", forgotten.links())
                .counted("properties", forgotten.properties());
        return next(step, Optional.of(place.environment()));
    }

    private Step next(Step step, Optional<EnvironmentKey> done) {
        var following = keys().stream()
                .filter(key ->
                        done.isEmpty() || key.value().compareTo(done.get().value()) > 0)
                .findFirst();
        if (following.isPresent()) {
            return step.at(new Place("who", following.get(), 0).toString());
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
