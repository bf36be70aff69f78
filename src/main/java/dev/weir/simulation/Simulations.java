package dev.weir.simulation;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.event.Event;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Simulation.State;
import dev.weir.store.RecordedEvents;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Trying what a change would do. Whoever asks says what is to be tried and what is in force; the work is done in the background and can
 * be cancelled. A trial changes nothing but the list of trials.
 */
@ApplicationScoped
public class Simulations {

    /** Recorded events that one simulation looks at, at most; docs/limits.md. */
    public static final int MOST = 50_000;

    /** Simulations that are remembered in each environment. */
    static final int KEPT = 50;

    private final SimulationRows rows;
    private final Runs runs;
    private final RecordedEvents recorded;
    private final CurrentActor current;
    private final Clock clock;

    Simulations(SimulationRows rows, Runs runs, RecordedEvents recorded, CurrentActor current, Clock clock) {
        this.rows = rows;
        this.runs = runs;
        this.recorded = recorded;
        this.current = current;
        this.clock = clock;
    }

    /**
     * What is to be tried on what.
     *
     * @param request number of the change request; empty for the draft
     * @param base number of the revision in force
     * @param inForce what it says
     */
    public record Question(
            EnvironmentKey environment,
            Optional<Long> request,
            PolicyDocument document,
            long base,
            PolicyDocument inForce) {}

    /** Tries it on the newest recorded events. Empty when too many are waiting already. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<Simulation> onRecorded(Question question, int events) {
        int wanted = Math.max(1, Math.min(events, MOST));
        return started(question, false, recorded.count(question.environment(), wanted), List.of());
    }

    /** Tries it on these, which are forgotten afterwards. Empty when too many are waiting already. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<Simulation> onFile(Question question, List<Event> events) {
        return started(question, true, events.size(), events);
    }

    /** Whether another one would be refused now. */
    public boolean full() {
        return runs.full();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<Simulation> cancel(EnvironmentKey environment, String id) {
        return rows.find(environment, id).flatMap(found -> {
            rows.end(id, State.CANCELLED, clock.instant());
            return rows.find(environment, id);
        });
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Simulation> find(EnvironmentKey environment, String id) {
        return rows.find(environment, id);
    }

    /** The newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Simulation> list(EnvironmentKey environment) {
        return rows.newest(environment, KEPT);
    }

    /** The newest that is about this content on top of this revision. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Simulation> about(EnvironmentKey environment, String hash, long base) {
        return rows.about(environment, hash, base);
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

    private Optional<Simulation> started(Question question, boolean uploaded, int wanted, List<Event> file) {
        var simulation = new Simulation(
                UUID.randomUUID().toString(),
                question.environment(),
                question.request(),
                question.document(),
                question.base(),
                uploaded,
                wanted,
                0,
                State.WAITING,
                current.actor().name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                Optional.empty());
        rows.add(simulation, current.actor());
        if (!runs.take(simulation, question.inForce(), file)) {
            rows.end(simulation.id(), State.CANCELLED, clock.instant());
            return Optional.empty();
        }
        rows.forget(question.environment(), KEPT);
        return Optional.of(simulation);
    }
}
