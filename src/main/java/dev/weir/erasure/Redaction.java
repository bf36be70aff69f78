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
import dev.weir.store.Redacting.Stretch;
import dev.weir.store.RedactingPersons;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the policy in force to what is stored of an environment, events first and then what is known of users and accounts, or only
 * counts what that would do. In the end one and the same
 * policy has seen every event: where another revision comes into force meanwhile a count begins again, and an application fails, because
 * nobody has counted what that revision would do.
 */
abstract class Redaction implements Work {

    /** Events that one step judges; nobody writes to the environment meanwhile. */
    static final int EVENTS = 250;

    private final Redacting redacting;
    private final RedactingPersons persons;
    private final Erasing erasing;

    Redaction(Redacting redacting, RedactingPersons persons, Erasing erasing) {
        this.redacting = redacting;
        this.persons = persons;
        this.erasing = erasing;
    }

    /**
     * Of the revision that was in force, the number of the last event that it has seen, and up to which one it goes; {@code known} is how
     * far it is with what is known of users and accounts, empty while it is about events.
     */
    record Place(long revision, long after, long until, String known) {

        Place(long revision, long after, long until) {
            this(revision, after, until, "");
        }

        Place known(String next) {
            return new Place(revision, after, until, next);
        }

        /** Empty where nothing was looked at yet; also where a Weir wrote it that did not say how far it goes, which then begins again. */
        static Optional<Place> of(Job job) {
            var parts = job.place().split(" ", 4);
            return parts.length < 3
                    ? Optional.empty()
                    : Optional.of(new Place(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            parts.length == 3 ? "" : parts[3]));
        }

        @Override
        public String toString() {
            return (revision + " " + after + " " + until + " " + known).strip();
        }
    }

    /** Of the revision that a count was made for; empty before its first step. */
    static Optional<Long> revision(Job job) {
        return Place.of(job).map(Place::revision);
    }

    abstract Optional<Looked> some(EnvironmentKey environment, Stretch stretch);

    abstract Optional<RedactingPersons.Looked> someKnown(EnvironmentKey environment, String from);

    /** Up to which event was counted; what is behind it came in later. */
    long counted(Job job) {
        return Long.MAX_VALUE;
    }

    /** Sees which revision it is that a step looked with; whatever this throws undoes the step. */
    void looked(Job job, long revision) {}

    final Redacting redacting() {
        return redacting;
    }

    final RedactingPersons persons() {
        return persons;
    }

    final Erasing erasing() {
        return erasing;
    }

    @Override
    public Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("looked", "Events looked at");
        words.put("redacted", "Events that lose something");
        words.put("aside", "Of these, set aside");
        words.put("deleted", "Events that the rules would not let in: deleted");
        words.put("later", "Events that came in after the count and lost something or were deleted");
        words.put("properties", "Properties of users and accounts that lose something or go");
        words.put("links", "Links of users that go, or whose user is under a pseudonym from now on");
        return words;
    }

    /** What there is when it begins is what it goes over: for what is written later an application sees itself, a count does not. */
    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        var range = erasing.range(environment);
        var place = Place.of(job).orElseGet(() -> new Place(0, range[0], range[1]));
        if (!place.known().isEmpty()) {
            return known(job, environment, place);
        }
        boolean later = place.after() >= counted(job);
        var until = later ? place.until() : Math.min(counted(job), place.until());
        var looked = some(environment, new Stretch(place.after(), until, EVENTS))
                .orElseThrow(() -> new IllegalStateException("the policy in force can't be read"));
        looked(job, looked.revision());
        if (place.revision() != 0 && looked.revision() != place.revision()) {
            return again(job, environment, looked.revision());
        }
        var next = new Place(looked.revision(), Math.max(place.after(), looked.next()), place.until());
        var step = counted(Step.of(job), looked, later)
                .at(next.toString())
                .did(next.after() - place.after())
                .counted("looked", looked.looked());
        boolean last = looked.last() && until >= place.until();
        return last
                ? step.at(next.known(RedactingPersons.BEGINNING).toString()).outOf(Math.max(1, step.done()))
                : step.outOf(Math.max(step.done(), place.until() - range[0]));
    }

    /** From the beginning, by another revision. */
    private Step again(Job job, EnvironmentKey environment, long revision) {
        var range = erasing.range(environment);
        return new Step(new Place(revision, range[0], range[1]).toString(), 0, job.total(), Map.of(), false);
    }

    /** What is written of persons after the beginning of an application has been judged by its revision already. */
    private Step known(Job job, EnvironmentKey environment, Place place) {
        var looked = someKnown(environment, place.known())
                .orElseThrow(() -> new IllegalStateException("the policy in force can't be read"));
        looked(job, looked.revision());
        if (looked.revision() != place.revision()) {
            return again(job, environment, looked.revision());
        }
        var step = Step.of(job).counted("properties", looked.properties()).counted("links", looked.links());
        return looked.last()
                ? step.outOf(step.done()).theLast()
                : step.at(place.known(looked.next()).toString());
    }

    private static Step counted(Step step, Looked looked, boolean later) {
        if (!later) {
            return step.counted("redacted", looked.redacted())
                    .counted("aside", looked.aside())
                    .counted("deleted", looked.deleted());
        }
        long changed = looked.redacted() + looked.deleted();
        return changed == 0 ? step : step.counted("later", changed);
    }

    /** What the rules in force would change; changes nothing. */
    @Singleton
    static class Count extends Redaction {

        static final String KIND = "redaction-count";

        Count(Redacting redacting, RedactingPersons persons, Erasing erasing) {
            super(redacting, persons, erasing);
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
        Optional<Looked> some(EnvironmentKey environment, Stretch stretch) {
            return redacting().look(environment, stretch);
        }

        @Override
        Optional<RedactingPersons.Looked> someKnown(EnvironmentKey environment, String from) {
            return persons().look(environment, from);
        }
    }

    /** Changes it. */
    @Singleton
    static class Apply extends Redaction {

        static final String KIND = "redaction";

        /** Of events. */
        private static final List<String> REWRITTEN = List.of("redacted", "deleted", "later");

        private static final List<String> CHANGED = List.of("redacted", "deleted", "later", "properties", "links");

        private final Jobs jobs;

        Apply(Redacting redacting, RedactingPersons persons, Erasing erasing, Jobs jobs) {
            super(redacting, persons, erasing);
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
        Optional<Looked> some(EnvironmentKey environment, Stretch stretch) {
            return redacting().apply(environment, stretch);
        }

        @Override
        Optional<RedactingPersons.Looked> someKnown(EnvironmentKey environment, String from) {
            return persons().apply(environment, from);
        }

        /** What such a job needs to know: the count, the revision that was counted for, and up to which event. */
        static String input(Job count) {
            var place = Place.of(count).orElseThrow();
            return count.id() + " " + place.revision() + " " + place.until();
        }

        /** First it sees to it that nothing more is written that the revision has not judged; then it goes over what there is. */
        @Override
        public Step step(Job job) {
            if (Place.of(job).isPresent()) {
                return withinWhatOneMayDo(job, super.step(job));
            }
            var environment = job.environment().orElseThrow();
            long revision = redacting()
                    .revision(environment)
                    .orElseThrow(() -> new IllegalStateException("the policy in force can't be read"));
            looked(job, revision);
            long until = redacting().begin(environment, revision);
            var place = new Place(revision, erasing().range(environment)[0], until);
            return Step.of(job).at(place.toString()).outOf(Math.max(1, until - place.after()));
        }

        /** What came in after the count was in nobody's sight: with it, too, one person changes no more than one may. */
        private Step withinWhatOneMayDo(Job job, Step step) {
            long changed = CHANGED.stream()
                    .mapToLong(of -> step.counts().getOrDefault(of, 0L))
                    .sum();
            if (changed > Redactions.ALONE && alone(job)) {
                throw new Futile("with what came in after the count it changes more than one person may: "
                        + "somebody else applies it, or has it counted again");
            }
            return step;
        }

        /** Whether who applies it has also had it counted; so it is taken where nobody knows any more. */
        private boolean alone(Job job) {
            return jobs.of(job.input().split(" ", -1)[0])
                    .map(count -> count.askedBy().subject().equals(job.askedBy().subject()))
                    .orElse(true);
        }

        @Override
        long counted(Job job) {
            return Long.parseLong(job.input().split(" ", -1)[2]);
        }

        @Override
        void looked(Job job, long revision) {
            if (!job.input().split(" ", -1)[1].equals(String.valueOf(revision))) {
                throw new Futile("another revision is in force: count again");
            }
        }

        /** Also after a part of it: what no event shares any more goes, however the job ended. */
        @Override
        public void over(Job job) {
            if (REWRITTEN.stream().anyMatch(of -> job.counts().getOrDefault(of, 0L) > 0)) {
                jobs.askOnce(Erasures.SWEEP, job.environment().orElseThrow());
            }
        }
    }
}
