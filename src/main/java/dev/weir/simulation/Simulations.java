package dev.weir.simulation;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.event.Event;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Jobs.Cancelled;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Simulation.State;
import dev.weir.store.RecordedEvents;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Trying what a change would do. Whoever asks says what is to be tried and what is in force; the work is a job. A trial changes nothing
 * but the list of trials, and of a file nothing is stored.
 */
@ApplicationScoped
public class Simulations {

    /** Recorded events that one simulation looks at, at most; docs/limits.md. */
    public static final int MOST = 50_000;

    /** Simulations that are remembered in each environment. */
    static final int KEPT = 50;

    /** Simulations over recorded events that wait or run: they share the nodes with jobs that may not wait. */
    static final int PENDING = 8;

    private final SimulationRows rows;
    private final HeldFiles files;
    private final Jobs jobs;
    private final RecordedEvents recorded;
    private final CurrentActor current;

    Simulations(SimulationRows rows, HeldFiles files, Jobs jobs, RecordedEvents recorded, CurrentActor current) {
        this.rows = rows;
        this.files = files;
        this.jobs = jobs;
        this.recorded = recorded;
        this.current = current;
    }

    /**
     * What is to be tried on what.
     *
     * @param request number of the change request; empty for the draft
     * @param base number of the revision in force
     */
    public record Question(EnvironmentKey environment, Optional<Long> request, PolicyDocument document, long base) {}

    /** Tries it on the newest recorded events. Empty when too many are waiting already. */
    @Transactional
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<Simulation> onRecorded(Question question, int events) {
        if (jobs.pending(Simulating.KIND) >= PENDING) {
            return Optional.empty();
        }
        int most = Math.max(1, Math.min(events, MOST));
        int wanted = recorded.count(question.environment(), most);
        var asked = jobs.ask(
                Simulating.KIND,
                Optional.of(question.environment()),
                "",
                current.actor(),
                "",
                job -> add(job, question, false, wanted));
        return asked.flatMap(job -> find(question.environment(), job.id()));
    }

    /** Tries it on these, which are forgotten afterwards. Empty when too many are tried already. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<Simulation> onFile(Question question, List<Event> events) {
        if (!files.enter()) {
            return Optional.empty();
        }
        var asked = Optional.<Job>empty();
        try {
            // What works on it in a moment has to find it.
            asked = QuarkusTransaction.requiringNew()
                    .call(() -> jobs.askHere(
                            Simulating.KIND,
                            Optional.of(question.environment()),
                            current.actor(),
                            "",
                            job -> add(job, question, true, events.size())));
        } finally {
            if (asked.isEmpty()) {
                files.leave();
            }
        }
        var found = asked.flatMap(job -> find(question.environment(), job.id()));
        asked.ifPresent(job -> {
            files.hold(job.id(), events);
            jobs.begin(job, () -> files.drop(job.id()));
        });
        return found;
    }

    private void add(Job job, Question question, boolean uploaded, int wanted) {
        rows.add(
                new Simulation(
                        job.id(),
                        question.environment(),
                        question.request(),
                        question.document(),
                        question.base(),
                        uploaded,
                        wanted,
                        0,
                        State.WAITING,
                        job.askedBy().name(),
                        job.askedAt(),
                        Optional.empty(),
                        Optional.empty()),
                current.actor());
        rows.forget(question.environment(), KEPT);
    }

    /** Whether another file would be refused now. */
    public boolean full() {
        return files.full();
    }

    /** Only who asked for it, or an Admin, may; one that is over stays as it is. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Cancelled cancel(EnvironmentKey environment, String id) {
        return rows.find(environment, id)
                .map(found -> found.state().pending() ? jobs.cancel(id) : Cancelled.OVER)
                .orElse(Cancelled.UNKNOWN);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public boolean mayCancel(Simulation simulation) {
        return simulation.state().pending()
                && jobs.of(simulation.id()).filter(jobs::mayCancel).isPresent();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Simulation> find(EnvironmentKey environment, String id) {
        return rows.find(environment, id).map(this::now);
    }

    /** The newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Simulation> list(EnvironmentKey environment) {
        return rows.newest(environment, KEPT).stream().map(this::now).toList();
    }

    /** The newest that is about this content on top of this revision. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Simulation> about(EnvironmentKey environment, String hash, long base) {
        return rows.about(environment, hash, base).map(this::now);
    }

    /** The newest of the draft, which may have been edited since. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Simulation> ofDraft(EnvironmentKey environment) {
        return rows.ofDraft(environment);
    }

    /** A recorded event that stands for others, as both policies leave it; nothing where it is no longer kept. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<SideBySide.Line> lines(Simulation simulation, Effect.Sample sample, PolicyDocument inForce) {
        return sample.sequence() == 0
                ? List.of()
                : recorded.find(simulation.environment(), sample.sequence())
                        .map(event -> SideBySide.of(event, inForce, simulation.document()))
                        .orElseGet(List::of);
    }

    private Simulation now(Simulation simulation) {
        return simulation.state().pending()
                ? jobs.of(simulation.id()).map(simulation::at).orElse(simulation)
                : simulation;
    }
}
