package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.review.Cycle.Closing;
import dev.weir.review.Cycle.Progress;
import dev.weir.review.Decided.Done;
import dev.weir.review.Decided.Refused;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Review cycles: an Admin opens one, which makes its tasks, and closes it, which makes its report. What is done in between, {@link Tasks} does. */
@ApplicationScoped
@Transactional
public class Reviews {

    public static final int LONGEST_NAME = 100;

    /** How far away the last day may be. */
    public static final int MOST_DAYS = 366;

    /** Of one cycle. */
    public static final int MOST_ENVIRONMENTS = 50;

    /** Of one cycle. */
    public static final int MOST_TASKS = 500;

    /** Cycles that are open at once. */
    public static final int MOST_OPEN = 20;

    /** Cycles on one page of the list. */
    public static final int PAGE = 50;

    private final CycleRows cycles;
    private final TaskRows tasks;
    private final Gathering gathering;
    private final Owners owners;
    private final Reporting reporting;
    private final Environments environments;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Reviews(
            CycleRows cycles,
            TaskRows tasks,
            Gathering gathering,
            Owners owners,
            Reporting reporting,
            Environments environments,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.cycles = cycles;
        this.tasks = tasks;
        this.gathering = gathering;
        this.owners = owners;
        this.reporting = reporting;
        this.environments = environments;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Cycle> find(long number) {
        return cycles.find(number);
    }

    /** The newest first, those before {@code before}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Cycle> list(long before, int most) {
        return cycles.before(before, most);
    }

    /** The report of a cycle that is closed, as it was signed then. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Report> report(long number) {
        return cycles.find(number)
                .flatMap(Cycle::closing)
                .flatMap(closing -> cycles.report(number).map(note -> new Report(closing.hash(), note)));
    }

    /** As {@link #report}, to be taken away as a file: who does so is told. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Report> exported(long number) {
        var report = report(number);
        report.ifPresent(signed -> log.write(Entry.of(
                        current.actor(),
                        "exported",
                        cycles.find(number).orElseThrow().thing())
                .change("report", null, signed.hash())));
        return report;
    }

    /** Who can answer for a task. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Someone> owners() {
        return owners.all();
    }

    /** The numbers of those whose owner can sign no more, so that somebody else has to. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Long> stranded(List<Task> some) {
        return owners.stranded(some);
    }

    public LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Makes a task of each part of what is to be reviewed, with its evidence and one owner. */
    @RolesAllowed(Role.ADMIN)
    @Transactional(TxType.NOT_SUPPORTED)
    public Decided<Cycle> open(Opening opening) {
        var candidates = owners.all();
        var fallback = Owners.named(opening.owner(), candidates);
        var objection = objection(opening);
        if (objection.isPresent() || fallback.isEmpty()) {
            return new Refused<>(objection.orElse(Why.OWNER_WRONG));
        }
        var places = opening.environments().stream()
                .sorted(Comparator.comparing(EnvironmentKey::value))
                .toList();
        var portions = gathering.portions(opening.matters(), places);
        if (portions.isEmpty() || portions.size() > MOST_TASKS) {
            return new Refused<>(portions.isEmpty() ? Why.NOTHING : Why.TOO_MANY_TASKS);
        }
        // Looking takes a while: no transaction waits for it.
        var evidence = gathering.of(portions, places);
        return QuarkusTransaction.requiringNew().call(() -> {
            cycles.hold();
            if (cycles.open() >= MOST_OPEN) {
                return new Refused<>(Why.TOO_MANY_CYCLES);
            }
            var cycle = new Cycle(
                    cycles.next(),
                    opening.name().strip(),
                    opening.due().orElseThrow(),
                    places,
                    act(),
                    Optional.empty(),
                    new Progress(portions.size(), 0, 0, 0),
                    0);
            cycles.add(cycle);
            var rows = new ArrayList<>(List.of(told(cycle, opening)));
            evidence.forEach((portion, seen) -> {
                var owner = portion.person()
                        .flatMap(name -> Owners.called(name, candidates))
                        .orElse(fallback.get());
                // The first row of the log is the cycle's own.
                tasks.add(cycle.number(), rows.size(), portion, owner, seen);
                rows.add(Entry.of(current.actor(), "assigned", Task.named(cycle.number(), rows.size()))
                        .change("about", null, portion.title())
                        .change("owner", null, owner.subject())
                        .change("evidence", null, seen.hash()));
            });
            rows.forEach(log::write);
            return new Done<>(cycle);
        });
    }

    private Optional<Why> objection(Opening opening) {
        var name = opening.name().strip();
        if (name.isEmpty()
                || name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)
                || !Tasks.sound(name)) {
            return Optional.of(Why.NAME_WRONG);
        }
        var today = today();
        if (opening.due()
                .filter(due -> !due.isBefore(today) && !due.isAfter(today.plusDays(MOST_DAYS)))
                .isEmpty()) {
            return Optional.of(Why.DUE_WRONG);
        }
        if (opening.matters().isEmpty()) {
            return Optional.of(Why.MATTER_WRONG);
        }
        var places = opening.environments();
        boolean wanting = places.isEmpty() && opening.matters().stream().anyMatch(Matter::placed);
        boolean unknown =
                places.stream().anyMatch(place -> environments.find(place).isEmpty());
        return wanting || unknown || places.size() > MOST_ENVIRONMENTS
                ? Optional.of(Why.ENVIRONMENTS_WRONG)
                : Optional.empty();
    }

    private Entry told(Cycle cycle, Opening opening) {
        return Entry.of(current.actor(), "opened", cycle.thing())
                .change("name", null, cycle.name())
                .change("due", null, cycle.due().toString())
                .change(
                        "matters",
                        null,
                        opening.matters().stream().sorted().map(Matter::id).toList())
                .change(
                        "environments",
                        null,
                        cycle.environments().stream().map(EnvironmentKey::value).toList())
                .change("tasks", null, cycle.progress().tasks());
    }

    /**
     * Ends it and signs what became of it.
     *
     * @param why has to be said where not every task is counter-signed
     */
    @RolesAllowed(Role.ADMIN)
    public Decided<Cycle> close(long number, long version, String why) {
        var found = cycles.lock(number);
        if (found.isEmpty()) {
            return new Refused<>(Why.NO_CYCLE);
        }
        var cycle = found.get();
        if (!cycle.open()) {
            return new Refused<>(Why.CLOSED);
        }
        if (cycle.version() != version) {
            return new Refused<>(Why.OUTDATED);
        }
        var said = why.strip();
        if (cycle.progress().whole() ? !said.isEmpty() && !Tasks.says(said) : !Tasks.says(said)) {
            return new Refused<>(cycle.progress().whole() ? Why.REASON_WRONG : Why.UNFINISHED);
        }
        var act = act();
        var report = reporting.report(cycle, tasks.of(number), act, said);
        cycles.close(number, new Closing(act, said, report.hash()), report.note());
        var now = cycles.find(number).orElseThrow();
        log.write(Entry.of(current.actor(), "closed", cycle.thing())
                .change("state", "open", "closed")
                .change("tasks counter-signed", null, cycle.progress().counterSigned())
                .change("report", null, report.hash())
                .because(said));
        return new Done<>(now);
    }

    private Act act() {
        return new Act(Someone.of(current.actor()), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
