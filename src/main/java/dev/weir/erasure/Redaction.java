package dev.weir.erasure;

import dev.weir.jobs.Futile;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing;
import dev.weir.store.Redacting;
import dev.weir.store.Redacting.Looked;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the policy in force to what is stored of an environment, or only counts what that would do. In the end one and the same
 * policy has seen every event: where another revision comes into force meanwhile a count begins again, and an application fails, because
 * nobody has counted what that revision would do.
 */
abstract class Redaction implements Work {

    /** Events that one step judges; nobody writes to the environment meanwhile. */
    static final int EVENTS = 250;

    private final Redacting redacting;
    private final Erasing erasing;

    Redaction(Redacting redacting, Erasing erasing) {
        this.redacting = redacting;
        this.erasing = erasing;
    }

    /** Of the revision that was in force, and the number of the last event that it has seen. */
    private record Place(long revision, long after) {

        static Place of(String text) {
            var parts = text.split(" ", -1);
            return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return revision + " " + after;
        }
    }

    /** Of the revision that a count was made for; empty before its first step. */
    static Optional<Long> revision(Job job) {
        return job.place().isEmpty()
                ? Optional.empty()
                : Optional.of(Place.of(job.place()).revision());
    }

    abstract Optional<Looked> some(EnvironmentKey environment, long after, int most);

    /** Sees which revision it is that a step looked with; whatever this throws undoes the step. */
    void looked(Job job, long revision) {}

    final Redacting redacting() {
        return redacting;
    }

    @Override
    public Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("looked", "Events looked at");
        words.put("redacted", "Events that lose something");
        words.put("aside", "Of these, set aside");
        words.put("deleted", "Events that the rules would not let in: deleted");
        return words;
    }

    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        var range = erasing.range(environment);
        var place = job.place().isEmpty() ? new Place(0, range[0]) : Place.of(job.place());
        var looked = some(environment, place.after(), EVENTS)
                .orElseThrow(() -> new IllegalStateException("the policy in force can't be read"));
        looked(job, looked.revision());
        if (place.revision() != 0 && looked.revision() != place.revision()) {
            return new Step(new Place(looked.revision(), range[0]).toString(), 0, job.total(), Map.of(), false);
        }
        var step = Step.of(job)
                .at(new Place(looked.revision(), looked.next()).toString())
                .did(looked.next() - place.after())
                .counted("looked", looked.looked())
                .counted("redacted", looked.redacted())
                .counted("aside", looked.aside())
                .counted("deleted", looked.deleted());
        if (!looked.last()) {
            return step.outOf(Math.max(step.done(), range[1] - range[0]));
        }
        return step.outOf(step.done()).theLast();
    }

    /** What the rules in force would change; changes nothing. */
    @Singleton
    static class Count extends Redaction {

        static final String KIND = "redaction-count";

        Count(Redacting redacting, Erasing erasing) {
            super(redacting, erasing);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String title() {
            return "Count what the rules would change";
        }

        @Override
        public boolean told() {
            return false;
        }

        @Override
        Optional<Looked> some(EnvironmentKey environment, long after, int most) {
            return redacting().look(environment, after, most);
        }
    }

    /** Changes it. */
    @Singleton
    static class Apply extends Redaction {

        static final String KIND = "redaction";

        private final Jobs jobs;

        Apply(Redacting redacting, Erasing erasing, Jobs jobs) {
            super(redacting, erasing);
            this.jobs = jobs;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String title() {
            return "Apply the rules to what is stored";
        }

        @Override
        Optional<Looked> some(EnvironmentKey environment, long after, int most) {
            return redacting().apply(environment, after, most);
        }

        /** What such a job needs to know: the count, and the revision that was counted for. */
        static String input(Job count) {
            return count.id() + " " + revision(count).map(String::valueOf).orElse("");
        }

        @Override
        void looked(Job job, long revision) {
            if (!job.input().endsWith(" " + revision)) {
                throw new Futile("another revision is in force: count again");
            }
        }

        /** Also after a part of it: what no event shares any more goes, however the job ended. */
        @Override
        public void over(Job job) {
            if (job.counts().getOrDefault("redacted", 0L) + job.counts().getOrDefault("deleted", 0L) > 0) {
                jobs.askOnce(Erasures.SWEEP, job.environment().orElseThrow());
            }
        }
    }
}
