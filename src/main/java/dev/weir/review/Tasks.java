package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.CanonicalJson;
import dev.weir.review.Decided.Done;
import dev.weir.review.Decided.Refused;
import dev.weir.review.Task.Outcome;
import dev.weir.review.Task.Return;
import dev.weir.review.Task.Signature;
import dev.weir.review.Task.State;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tasks of review cycles: the owner signs what the evidence shows, and an Auditor who is somebody else counter-signs exactly that.
 * Whoever decides here holds the cycle, so that of two at once the second sees what the first has done.
 */
@ApplicationScoped
@Transactional
public class Tasks {

    /** Tasks that one person is shown at a time. */
    public static final int MOST_SHOWN = 200;

    private static final int LEAST_SAID = 3;
    private static final int MOST_SAID = 1000;

    private final CycleRows cycles;
    private final TaskRows rows;
    private final Gathering gathering;
    private final Owners owners;
    private final Myself myself;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Tasks(
            CycleRows cycles,
            TaskRows rows,
            Gathering gathering,
            Owners owners,
            Myself myself,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.cycles = cycles;
        this.rows = rows;
        this.gathering = gathering;
        this.owners = owners;
        this.myself = myself;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Task> find(long cycle, long number) {
        return rows.find(cycle, number);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Task> of(Cycle cycle) {
        return rows.of(cycle.number());
    }

    /** What its owner was, or is, to look at. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Evidence evidence(Task task) {
        return rows.evidence(task);
    }

    /** The evidence for people. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Table> tables(Task task) {
        return gathering.tables(task.portion(), rows.evidence(task));
    }

    /** Whether what is reviewed is as the evidence says. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public boolean holds(Task task) {
        return gathering.holds(task.portion(), rows.evidence(task));
    }

    /** What waits for whoever asks, the most urgent first: to be signed by its owner, or by an Auditor. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Task> mine() {
        var me = current.actor().subject();
        var sign = signs() ? rows.toSign(me, MOST_SHOWN) : List.<Task>of();
        var confirm = current.is(Role.AUDITOR) ? rows.toConfirm(me, MOST_SHOWN) : List.<Task>of();
        return Stream.concat(sign.stream(), confirm.stream())
                .sorted(Comparator.comparing(Task::due))
                .limit(MOST_SHOWN)
                .toList();
    }

    /** Whether whoever asks may sign at all, where a task is theirs. */
    boolean signs() {
        return Owners.SIGNING.stream().anyMatch(current::is);
    }

    /** What the first page says: whose tasks are late, an Admin is told of everybody's. */
    public record Waiting(int mine, long late, long everybodysLate) {}

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Waiting waiting() {
        var today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        var mine = mine();
        return new Waiting(
                mine.size(),
                mine.stream().filter(task -> task.overdue(today)).count(),
                current.is(Role.ADMIN) ? cycles.late(today) : 0);
    }

    /** Looks once more at what is to be reviewed. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Transactional(TxType.NOT_SUPPORTED)
    public Decided<Task> gather(long cycle, long number, long version) {
        var known = cycles.find(cycle);
        var seen = rows.find(cycle, number);
        if (known.isEmpty() || seen.isEmpty()) {
            return new Refused<>(known.isEmpty() ? Why.NO_CYCLE : Why.NO_TASK);
        }
        if (!current.is(Role.ADMIN) && !mine(seen.get())) {
            return new Refused<>(Why.NOT_YOURS);
        }
        // Looking takes a while: no transaction waits for it.
        var portion = seen.get().portion();
        var evidence = Objects.requireNonNull(
                gathering.of(Set.of(portion), known.get().environments()).get(portion));
        return QuarkusTransaction.requiringNew()
                .call(() -> deciding(cycle, number, task -> {
                    var objection = notAt(task, version).or(() -> notOpen(task));
                    if (objection.isPresent()) {
                        return new Refused<>(objection.get());
                    }
                    rows.gathered(task, evidence);
                    return done(task, entry("gathered", task).change("evidence", task.evidence(), evidence.hash()));
                }));
    }

    /** Says that it is in order, or needs work. Only its owner, and only of what is as the evidence says. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Decided<Task> sign(long cycle, long number, long version, Optional<Outcome> outcome, String words) {
        var said = words.strip();
        return deciding(cycle, number, task -> {
            if (!mine(task)) {
                return new Refused<>(Why.NOT_YOURS);
            }
            var objection = notAt(task, version).or(() -> notOpen(task)).or(() -> unsaid(outcome, said));
            if (objection.isPresent()) {
                return new Refused<>(objection.get());
            }
            if (!gathering.holds(task.portion(), rows.evidence(task))) {
                return new Refused<>(Why.CHANGED);
            }
            var signature = signature(task, outcome.orElseThrow(), said);
            rows.sign(task, signature);
            return done(
                    task,
                    entry("signed", task)
                            .change("state", task.state().id(), State.SIGNED.id())
                            .change("outcome", null, signature.outcome().id())
                            .change("evidence", null, task.evidence())
                            .change("signature", null, signature.hash())
                            .personal("words", signature.act().by().subject(), null, said.isEmpty() ? null : said));
        });
    }

    private static Optional<Why> unsaid(Optional<Outcome> outcome, String said) {
        if (outcome.isEmpty()) {
            return Optional.of(Why.OUTCOME_WRONG);
        }
        return says(said) || (outcome.get() == Outcome.IN_ORDER && said.isEmpty())
                ? Optional.empty()
                : Optional.of(Why.WORDS_WRONG);
    }

    private Signature signature(Task task, Outcome outcome, String said) {
        var act = act();
        var hash = CanonicalJson.hash(Map.of(
                "cycle", task.cycle(),
                "task", task.number(),
                "evidence", task.evidence(),
                "outcome", outcome.id(),
                "words", said,
                "by", act.by().subject(),
                "at", act.at().toString()));
        return new Signature(outcome, said, act, hash);
    }

    /** Confirms the signature with this hash. Never one's own, and never what was signed anew since. */
    @RolesAllowed(Role.AUDITOR)
    public Decided<Task> counterSign(long cycle, long number, String seen) {
        return deciding(cycle, number, task -> {
            var objection = unconfirmable(task, seen);
            if (objection.isPresent()) {
                return new Refused<>(objection.get());
            }
            rows.counterSign(task, act());
            return done(
                    task,
                    entry("counter-signed", task)
                            .change("state", task.state().id(), State.COUNTERSIGNED.id())
                            .change("signature", null, seen));
        });
    }

    /** Doesn't confirm it: its owner is to look again. */
    @RolesAllowed(Role.AUDITOR)
    public Decided<Task> handBack(long cycle, long number, String seen, String why) {
        var said = why.strip();
        return deciding(cycle, number, task -> {
            var objection =
                    unconfirmable(task, seen).or(() -> says(said) ? Optional.empty() : Optional.of(Why.REASON_WRONG));
            if (objection.isPresent()) {
                return new Refused<>(objection.get());
            }
            rows.handBack(task, new Return(act(), said));
            return done(
                    task,
                    entry("handed-back", task)
                            .change("state", task.state().id(), State.OPEN.id())
                            .change("signature", seen, null)
                            .because(said));
        });
    }

    /** Whether whoever asks is, or may be, who has signed it or was to. */
    boolean own(Task task) {
        var mine = myself.maybe();
        return mine.test(task.owner().subject())
                || task.signature()
                        .filter(one -> mine.test(one.act().by().subject()))
                        .isPresent();
    }

    private Optional<Why> unconfirmable(Task task, String seen) {
        var signature = task.signature();
        if (own(task)) {
            return Optional.of(Why.OWN);
        }
        if (task.closed() || signature.isEmpty()) {
            return Optional.of(task.closed() ? Why.CLOSED : Why.NOT_SIGNED);
        }
        if (!signature.get().hash().equals(seen)) {
            return Optional.of(Why.OTHER_SIGNATURE);
        }
        return task.state() == State.COUNTERSIGNED ? Optional.of(Why.CONFIRMED) : Optional.empty();
    }

    /** Somebody else is to look at it. */
    @RolesAllowed(Role.ADMIN)
    public Decided<Task> assign(long cycle, long number, long version, String subject) {
        var owner = Owners.named(subject, owners.all());
        return deciding(cycle, number, task -> {
            var objection = notAt(task, version)
                    .or(() -> notOpen(task))
                    .or(() -> owner.isEmpty() ? Optional.of(Why.OWNER_WRONG) : Optional.empty());
            if (objection.isPresent()) {
                return new Refused<>(objection.get());
            }
            rows.assign(task, owner.orElseThrow());
            var now = touched(task);
            // Nothing is told of a task that stays whose it was.
            log.writeIfChanged(
                    entry("assigned", task).change("owner", task.owner().subject(), subject));
            return new Done<>(now);
        });
    }

    private Decided<Task> deciding(long cycle, long number, Function<Task, Decided<Task>> decision) {
        if (cycles.lock(cycle).isEmpty()) {
            return new Refused<>(Why.NO_CYCLE);
        }
        return rows.find(cycle, number).map(decision).orElseGet(() -> new Refused<>(Why.NO_TASK));
    }

    private Decided<Task> done(Task task, Entry entry) {
        var now = touched(task);
        log.write(entry);
        return new Done<>(now);
    }

    private Task touched(Task task) {
        cycles.touch(task.cycle());
        return rows.find(task.cycle(), task.number()).orElseThrow();
    }

    private static Optional<Why> notAt(Task task, long version) {
        return task.version() == version ? Optional.empty() : Optional.of(Why.OUTDATED);
    }

    private static Optional<Why> notOpen(Task task) {
        if (task.closed()) {
            return Optional.of(Why.CLOSED);
        }
        return switch (task.state()) {
            case OPEN -> Optional.empty();
            case SIGNED -> Optional.of(Why.NOT_OPEN);
            case COUNTERSIGNED -> Optional.of(Why.CONFIRMED);
        };
    }

    private boolean mine(Task task) {
        return task.owner().subject().equals(current.actor().subject());
    }

    /** Whether these are words enough, and not too many. */
    static boolean says(String said) {
        int length = said.codePointCount(0, said.length());
        return length >= LEAST_SAID && length <= MOST_SAID && sound(said);
    }

    /** Whether a database, and canonical JSON, can hold it. */
    static boolean sound(String text) {
        return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private Entry entry(String action, Task task) {
        return Entry.of(current.actor(), action, task.thing());
    }

    private Act act() {
        return new Act(Someone.of(current.actor()), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
