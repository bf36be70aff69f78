package dev.weir.simulation;

import dev.weir.catalog.Matching;
import dev.weir.jobs.Futile;
import dev.weir.jobs.Job;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.simulation.Simulation.State;
import dev.weir.store.PastPolicies;
import dev.weir.store.RecordedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of a simulation. What a trial has counted so far is in the memory of the node that works on it, because it knows identities;
 * so another node, or this one after a restart, begins again with the recorded events. With a file it can't: that is nowhere any more.
 */
@ApplicationScoped
class Simulating implements Work {

    static final String KIND = "simulation";

    /** Events that one step judges: a cancellation waits for it. */
    static final int EVENTS = 1000;

    /** How often one begins, at most: one that ends its node each time must not go on for ever. */
    static final int BEGINNINGS = 5;

    /** A trial that nobody went on with for so long goes on elsewhere, or is over. */
    private static final Duration LEFT = Duration.ofMinutes(30);

    private static final String BEGUN = "begun";

    private final SimulationRows rows;
    private final HeldFiles files;
    private final RecordedEvents recorded;
    private final PastPolicies policies;
    private final Matching matching;
    private final Clock clock;
    private final int events;
    private final Map<String, UnderWay> underWay = new ConcurrentHashMap<>();

    @Inject
    Simulating(
            SimulationRows rows,
            HeldFiles files,
            RecordedEvents recorded,
            PastPolicies policies,
            Matching matching,
            Clock clock) {
        this(rows, files, recorded, policies, matching, clock, EVENTS);
    }

    Simulating(
            SimulationRows rows,
            HeldFiles files,
            RecordedEvents recorded,
            PastPolicies policies,
            Matching matching,
            Clock clock,
            int events) {
        this.rows = rows;
        this.files = files;
        this.recorded = recorded;
        this.policies = policies;
        this.matching = matching;
        this.clock = clock;
        this.events = events;
    }

    /** A trial that has seen everything up to that place under that take, and nothing else. */
    private record UnderWay(Trial trial, long take, String place, Instant at) {

        boolean goesOn(Job job) {
            return take == job.take() && place.equals(job.place());
        }
    }

    /** What one step has looked at, and where the next one begins. */
    private record Stretch(int looked, String next) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Simulate a change of the rules";
    }

    @Override
    public boolean told() {
        return false;
    }

    @Override
    public Map<String, String> words() {
        return Map.of(BEGUN, "Times begun");
    }

    @Override
    public String outcome(Job job) {
        return job.environment()
                .map(EnvironmentKey::value)
                .map(key -> "/console/" + key + "/simulations/" + job.id())
                .orElse("");
    }

    @Override
    public Step step(Job job) {
        var simulation = rows.of(job.id()).orElseThrow(() -> new Futile("It is not known any more."));
        if (simulation.uploaded() && files.of(job.id()).isEmpty()) {
            throw new Futile("Interrupted: upload the file again.");
        }
        var left = Optional.ofNullable(underWay.remove(job.id())).filter(one -> one.goesOn(job));
        var before = left.isPresent() ? Step.of(job) : begun(job);
        var trial = left.map(UnderWay::trial).orElseGet(() -> trial(simulation));
        int most = (int) Math.min(events, simulation.wanted() - before.done());
        var stretch =
                simulation.uploaded() ? ofFile(job, before, most, trial) : ofRecorded(simulation, before, most, trial);
        var after = before.did(stretch.looked()).at(stretch.next());
        keep(job, new UnderWay(trial, job.take(), after.place(), clock.instant()));
        return stretch.looked() < most || after.done() >= simulation.wanted()
                ? after.outOf(after.done()).theLast()
                : after.outOf(simulation.wanted());
    }

    private static Step begun(Job job) {
        var begun = new Step("", 0, job.total(), job.counts(), false).counted(BEGUN, 1);
        if (begun.counts().getOrDefault(BEGUN, 0L) > BEGINNINGS) {
            throw new Futile("It was interrupted each time.");
        }
        return begun;
    }

    private Trial trial(Simulation simulation) {
        var inForce = policies.of(simulation.environment(), simulation.base())
                .orElseThrow(() -> new Futile("The revision that it is compared with can't be read."));
        var known = matching.known();
        return new Trial(inForce, simulation.document(), known.definitions(), known::matches);
    }

    private Stretch ofFile(Job job, Step before, int most, Trial trial) {
        int from = before.place().isEmpty() ? 0 : Integer.parseInt(before.place());
        files.of(job.id()).orElseThrow().subList(from, from + most).forEach(event -> trial.event(0, event, null));
        return new Stretch(most, String.valueOf(from + most));
    }

    private Stretch ofRecorded(Simulation simulation, Step before, int most, Trial trial) {
        long[] last = {before.place().isEmpty() ? Long.MAX_VALUE : Long.parseLong(before.place())};
        int looked = recorded.before(simulation.environment(), last[0], most, one -> {
            trial.event(one.sequence(), one.event(), one.user());
            last[0] = one.sequence();
        });
        return new Stretch(looked, String.valueOf(last[0]));
    }

    private void keep(Job job, UnderWay trial) {
        underWay.values().removeIf(other -> other.at().isBefore(trial.at().minus(LEFT)));
        underWay.put(job.id(), trial);
    }

    /** The result is written here and not in the last step: whoever cancels takes hold of the job's row first, and so does this. */
    @Override
    public void over(Job job) {
        var ended = Optional.ofNullable(underWay.remove(job.id()));
        var now = clock.instant();
        switch (job.state()) {
            case DONE ->
                rows.done(
                        job.id(),
                        Math.toIntExact(job.done()),
                        ended.orElseThrow().trial().effect(),
                        now);
            case CANCELLED -> rows.end(job.id(), State.CANCELLED, now);
            default -> rows.end(job.id(), interrupted(job) ? State.LOST : State.FAILED, now);
        }
    }

    private boolean interrupted(Job job) {
        return rows.of(job.id()).filter(Simulation::uploaded).isPresent()
                && files.of(job.id()).isEmpty();
    }
}
