package dev.weir.erasure;

import dev.weir.environment.Environments;
import dev.weir.jobs.Job;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Step;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing;
import dev.weir.store.Erasing.Name;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Goes the way of a {@link UserDeletion} and deletes nothing: so that whoever has to agree knows how much it is. The names that were asked
 * for stay, for the deletion that may follow.
 */
@Singleton
class UserCount extends UserDeletion {

    @SuppressWarnings("HidingField") // Another kind: that is the point.
    static final String KIND = "user-deletion-count";

    private final Erasing erasing;
    private final TargetRows targets;

    UserCount(Erasing erasing, TargetRows targets, Environments environments, Jobs jobs) {
        super(erasing, targets, environments, jobs);
        this.erasing = erasing;
        this.targets = targets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Count what deleting users would delete";
    }

    @Override
    public Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("users", "Users asked for");
        words.put("names", "Names they were found under");
        words.put("events", "Events of theirs");
        words.put("quarantined", "Events of theirs in the quarantine");
        return words;
    }

    /** Writers need not wait for somebody who only counts. */
    @Override
    void hold(EnvironmentKey environment) {}

    @Override
    void suppress(EnvironmentKey environment, Erasing.Known names) {}

    @Override
    Erasing.Deleted some(EnvironmentKey environment, Collection<Name> names, long after) {
        return erasing.count(environment, names, after, EVENTS);
    }

    @Override
    void later(EnvironmentKey environment, Collection<Name> met) {}

    @Override
    void letGoOn(EnvironmentKey environment, Collection<Name> shared, String job) {}

    /** Nothing has gone, so everything is counted anew. */
    @Override
    Step again(Step step) {
        return step.counted("events", -step.counts().getOrDefault("events", 0L))
                .counted("quarantined", -step.counts().getOrDefault("quarantined", 0L));
    }

    @Override
    Erasing.Forgotten forget(EnvironmentKey environment, Collection<Name> names) {
        return new Erasing.Forgotten(0, 0);
    }

    @Override
    public void over(Job job) {
        if (job.state() == State.DONE) {
            targets.forgetFound(job.id());
        } else {
            targets.forget(job.id());
        }
    }
}
