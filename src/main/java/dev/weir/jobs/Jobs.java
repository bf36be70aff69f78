package dev.weir.jobs;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.jobs.Job.Person;
import dev.weir.jobs.Job.State;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Asking for work that takes longer than a request, seeing how far it is, calling it off. Who may ask for what is decided by the
 * feature that has the kind; everybody may look; only who asked, or an Admin, may cancel.
 */
@ApplicationScoped
@Transactional
public class Jobs {

    /** Jobs on one page of the list. */
    static final int PAGE = 50;

    private final JobRows rows;
    private final Kinds kinds;
    private final CurrentActor current;
    private final ChangeLog log;
    private final JobsConfig config;
    private final Runner runner;
    private final Clock clock;

    Jobs(
            JobRows rows,
            Kinds kinds,
            CurrentActor current,
            ChangeLog log,
            JobsConfig config,
            Runner runner,
            Clock clock) {
        this.rows = rows;
        this.kinds = kinds;
        this.current = current;
        this.log = log;
        this.config = config;
        this.runner = runner;
        this.clock = clock;
    }

    /** What became of a cancellation. */
    public enum Cancelled {
        DONE,
        UNKNOWN,
        NOT_YOURS,
        OVER
    }

    /**
     * Asks for work, in the transaction that is under way, and as one of its last acts: it may write to the change log. Some node
     * begins within seconds of the commit.
     *
     * @param kind of a {@link Work} that exists
     * @param input what the kind needs to know; it is kept with the job, so it holds no personal value
     * @return empty when too many jobs wait already
     */
    public Optional<Job> ask(String kind, Optional<EnvironmentKey> environment, String input, Actor by, String reason) {
        return ask(kind, environment, input, by, reason, job -> {});
    }

    /** As {@link #ask}; {@code first} writes what the kind keeps for the job besides its row. */
    public Optional<Job> ask(
            String kind,
            Optional<EnvironmentKey> environment,
            String input,
            Actor by,
            String reason,
            Consumer<Job> first) {
        if (rows.pending() >= config.pending()) {
            return Optional.empty();
        }
        return Optional.of(added(kind, environment, input, by, reason, first));
    }

    /**
     * As {@link #ask}, for work that only this node can do, because what it needs may be stored nowhere. It is this node's from the
     * start, and waits for no other job. After the commit give it to {@link #begin}; when this node stops before the end, the kind is
     * asked on another one, and has nothing there to work with.
     */
    public Optional<Job> askHere(
            String kind, Optional<EnvironmentKey> environment, Actor by, String reason, Consumer<Job> first) {
        return ask(kind, environment, "", by, reason, first).map(runner::takeHere);
    }

    /** Begins what {@link #askHere} gave; {@code after} runs when this node works on it no more, however that came about. */
    @Transactional(Transactional.TxType.SUPPORTS)
    public void begin(Job taken, Runnable after) {
        runner.begin(taken, after);
    }

    private Job added(
            String kind,
            Optional<EnvironmentKey> environment,
            String input,
            Actor by,
            String reason,
            Consumer<Job> first) {
        var work = kinds.of(kind);
        var job = new Job(
                UUID.randomUUID().toString(),
                work.kind(),
                environment,
                input,
                State.WAITING,
                "",
                0,
                Optional.empty(),
                Map.of(),
                new Person(by.subject(), by.name()),
                now(),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
        rows.add(job);
        first.accept(job);
        if (work.told()) {
            log.write(entry(by, "asked", job).change("kind", null, kind).because(reason));
        }
        return job;
    }

    /**
     * Asks for work that Weir itself needs done, unless the same waits already, however many jobs wait; by itself it is too little for
     * a row of the log.
     */
    public void askOnce(String kind, EnvironmentKey environment) {
        if (rows.waiting(kind, environment) == 0) {
            added(kind, Optional.of(environment), "", Actor.SYSTEM, "", job -> {});
        }
    }

    /** Jobs of one kind that wait or run. */
    public long pending(String kind) {
        return rows.pending(kind);
    }

    /** As {@link #find}, for a feature that has asked itself who is there. */
    public Optional<Job> of(String id) {
        return rows.find(id);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Job> find(String id) {
        return rows.find(id);
    }

    /** The newest first, those below that place; at most {@value #PAGE}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Job> list(Place before) {
        return rows.before(before, PAGE);
    }

    /** The newest of one kind first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Job> ofKind(String kind, int most) {
        return rows.ofKind(kind, most);
    }

    /** Whether who is there has asked for it. */
    public boolean mine(Job job) {
        return job.askedBy().subject().equals(current.actor().subject());
    }

    /** Whether it is theirs who is there, or they are an Admin. */
    public boolean mayCancel(Job job) {
        return current.is(Role.ADMIN) || mine(job);
    }

    /**
     * A job that counts what somebody else releases or declines, for a feature that has asked itself who is there. It is held until the
     * transaction ends: of two who decide at once the second sees what the first has done.
     */
    public Optional<Job> held(String kind, String id) {
        return rows.lock(id).filter(job -> job.kind().equals(kind));
    }

    /** Those which ended before that moment, held like {@link #held(String, String)}. */
    public List<String> held(String kind, Instant before) {
        return rows.lockEnded(kind, before);
    }

    /** Tells that nothing is done of what was counted, because of who is there. */
    public void declined(Job count) {
        log.write(entry(current.actor(), "declined", count).change("kind", null, count.kind()));
    }

    /** Tells that nothing is done of what was counted, because nobody decided about it. The job may be forgotten by then. */
    public void expired(String kind, String count) {
        log.write(Entry.of(Actor.SYSTEM, "expired", Thing.of("job", count)).change("kind", null, kind));
    }

    /** After the commit not one more step happens. What has been done stays done. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Cancelled cancel(String id) {
        var by = current.actor();
        var found = rows.lock(id);
        if (found.isEmpty()) {
            return Cancelled.UNKNOWN;
        }
        var job = found.get();
        if (!mayCancel(job)) {
            return Cancelled.NOT_YOURS;
        }
        if (job.state().over()) {
            return Cancelled.OVER;
        }
        rows.cancel(id, now());
        var work = kinds.of(job.kind());
        work.over(job.in(State.CANCELLED));
        if (work.told()) {
            log.write(receipt(by, job, State.CANCELLED));
        }
        return Cancelled.DONE;
    }

    /** What the change log keeps of the end of a job. */
    static Entry receipt(Actor by, Job job, State end) {
        var entry = entry(by, end.id(), job)
                .change("state", job.state().id(), end.id())
                .change("steps", null, job.done());
        return job.counts().isEmpty() ? entry : entry.change("counts", null, job.counts());
    }

    private static Entry entry(Actor by, String action, Job job) {
        return Entry.of(by, action, new Thing("job", job.id(), job.environment()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
