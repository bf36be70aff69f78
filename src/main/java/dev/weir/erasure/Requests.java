package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.Role;
import dev.weir.database.DatabaseException;
import dev.weir.jobs.Job;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Jobs;
import dev.weir.store.Erasing.Name;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Users deleted by hand, in two steps: somebody asks, which has counted how much it is; then an Admin releases it. Above a number of
 * events these are two people. Nothing is deleted, and nobody is put on a list, before it is released.
 */
@ApplicationScoped
@Transactional
public class Requests {

    /** Users that a person asks for at once. */
    public static final int MOST = 100;

    /** Requests that may be open at once, so that all of them are shown; docs/limits.md. */
    static final int OPEN = 200;

    private static final Duration DAY = Duration.ofDays(1);

    /** Deletions of a day among which is looked for those of one person; with more of them it asks for another person sooner or never. */
    private static final int MOST_A_DAY = 10_000;

    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final Jobs jobs;
    private final TargetRows targets;
    private final ErasureConfig config;
    private final Myself myself;
    private final CurrentActor current;
    private final TransactionSynchronizationRegistry transaction;
    private final Clock clock;

    Requests(
            Jobs jobs,
            TargetRows targets,
            ErasureConfig config,
            Myself myself,
            CurrentActor current,
            TransactionSynchronizationRegistry transaction,
            Clock clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.config = config;
        this.myself = myself;
        this.current = current;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What becomes of releasing or declining. */
    public enum Why {
        DONE,
        /** Too many jobs wait. */
        BUSY,
        /** There is no such request, and none that was lately. */
        UNKNOWN,
        /** It is still being counted, or it was released, declined or forgotten. */
        NOT_WAITING,
        /** It deletes so much that somebody else has to release it. */
        NEEDS_ANOTHER,
        /** Only who asked, or an Admin, takes it back. */
        NOT_YOURS
    }

    public record Released(Why why, Optional<Job> job) {}

    /** Events that an Admin deletes alone. */
    public long alone() {
        return config.alone();
    }

    /** Asks; empty when too many jobs wait already, or too many requests. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Optional<Job> ask(Collection<Name> names, String why) {
        if (names.isEmpty() || names.size() > MOST) {
            throw new IllegalArgumentException("not as many users as one person asks for");
        }
        if (targets.counts().size() >= OPEN) {
            return Optional.empty();
        }
        return jobs.ask(
                UserCount.KIND,
                Optional.empty(),
                "",
                current.actor(),
                why,
                job -> targets.add(job.id(), TargetRows.ASKED, names));
    }

    /** All that is being counted or waits to be released, the newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Job> waiting() {
        return targets.counts().stream().flatMap(id -> jobs.of(id).stream()).toList();
    }

    /** What stands against releasing this now, by whoever asks; {@link Why#DONE} for nothing. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Why objection(Job count) {
        if (!count.kind().equals(UserCount.KIND) || count.state() != State.DONE || !targets.any(count.id())) {
            return Why.NOT_WAITING;
        }
        boolean alone = myself.maybe(count.askedBy().subject());
        return alone && events(count) + deletedAlone() > config.alone() ? Why.NEEDS_ANOTHER : Why.DONE;
    }

    private static long events(Job count) {
        return count.counts().getOrDefault("events", 0L) + count.counts().getOrDefault("quarantined", 0L);
    }

    /** Events that whoever asks has deleted within a day, and had asked for themselves: many acts are no way around the limit. */
    private long deletedAlone() {
        var since = clock.instant().minus(DAY);
        var mine = myself.maybe();
        return jobs.ofKind(UserDeletion.KIND, MOST_A_DAY).stream()
                .filter(job -> job.askedAt().isAfter(since))
                .filter(job -> mine.test(job.askedBy().subject()))
                .flatMap(job -> jobs.of(job.input()).stream())
                .filter(count -> mine.test(count.askedBy().subject()))
                .mapToLong(Requests::events)
                .sum();
    }

    /** Deletes them, in a job. */
    @RolesAllowed(Role.ADMIN)
    public Released release(String id) {
        var objection = jobs.held(UserCount.KIND, id).map(this::objection).orElse(Why.UNKNOWN);
        if (objection != Why.DONE) {
            return new Released(objection, Optional.empty());
        }
        var job = jobs.ask(
                UserDeletion.KIND,
                Optional.empty(),
                id,
                current.actor(),
                "",
                deletion -> targets.handOver(id, deletion.id()));
        // After it was asked for, which is told: whoever releases at the same time waits at the log, and finds it.
        if (deletedAlone() > config.alone()) {
            transaction.setRollbackOnly();
            return new Released(Why.NEEDS_ANOTHER, Optional.empty());
        }
        if (job.filter(deletion -> !targets.any(deletion.id())).isPresent()) {
            // It would delete nobody and say that it is done.
            transaction.setRollbackOnly();
            return new Released(Why.NOT_WAITING, Optional.empty());
        }
        return new Released(job.isPresent() ? Why.DONE : Why.BUSY, job);
    }

    /** Nobody is deleted, and the names are forgotten. Also who asked may take it back. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Why decline(String id) {
        var count = jobs.held(UserCount.KIND, id);
        if (count.isEmpty()) {
            return Why.UNKNOWN;
        }
        if (count.get().state() != State.DONE || !targets.any(id)) {
            return Why.NOT_WAITING;
        }
        if (!jobs.mayCancel(count.get())) {
            return Why.NOT_YOURS;
        }
        targets.forget(id);
        jobs.declined(count.get());
        return Why.DONE;
    }

    /** Names that waited too long. */
    @Scheduled(
            every = "${weir.erasure.requests.forget-every:1h}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional(TxType.NOT_SUPPORTED)
    void forget() {
        try {
            expire();
        } catch (DatabaseException e) {
            LOG.warnf(
                    "names that waited too long were not forgotten this time: %s",
                    e.getClass().getName());
        }
    }

    /** Whoever asked finds in the log what became of it. */
    void expire() {
        var counts = targets.naming(jobs.held(UserCount.KIND, clock.instant().minus(config.keep())));
        counts.forEach(targets::forget);
        counts.forEach(id -> jobs.expired(UserCount.KIND, id));
    }
}
