package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.OwnEnvironments;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restoration.Person;
import dev.weir.restoration.Restoration.State;
import dev.weir.restoration.RestorationRows.Scope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Change requests for everything but rules: somebody asks that a thing be again what it was after a row of the change log, and whoever may
 * edit such a thing agrees, perhaps the same person. What comes back goes through the door that edits it, by its rules and in the same
 * transaction. Nothing becomes of a request once the thing has changed. Reads the log for nobody who may not read it.
 */
@ApplicationScoped
@Transactional
public class Restorations {

    public static final int MIN_REASON = 3;
    public static final int MAX_REASON = 1000;

    /** Open at once in the whole installation. */
    public static final int MOST_OPEN = 200;

    /** On one page of a list. */
    public static final int PAGE = 50;

    private final RestorationRows rows;
    private final Kinds kinds;
    private final ChangeLog log;
    private final CurrentActor current;
    private final OwnEnvironments own;
    private final Clock clock;

    Restorations(
            RestorationRows rows, Kinds kinds, ChangeLog log, CurrentActor current, OwnEnvironments own, Clock clock) {
        this.rows = rows;
        this.kinds = kinds;
        this.log = log;
        this.current = current;
        this.own = own;
        this.clock = clock;
    }

    /** What became of it, and the restoration as it is then; {@code made} by this very asking, else it was there already. */
    public record Became(Answer answer, Optional<Restoration> restoration, boolean made) {

        static Became refused(Answer answer) {
            return new Became(answer, Optional.empty(), false);
        }
    }

    /** One of a list. {@code outdated}: it is open, and nothing can become of it any more. */
    public record Line(Restoration restoration, String title, boolean outdated) {

        /** Another one as soon as anything of it is. */
        long edition() {
            return restoration.open() ? outdated ? 1 : 0 : 2;
        }

        public String state() {
            return outdated ? State.VOID.id() : restoration.state().id();
        }

        public String tone() {
            return outdated ? State.VOID.tone() : restoration.state().tone();
        }
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Restoration> find(long number) {
        return rows.find(number).filter(scope()::has);
    }

    /** About an environment, or about what belongs to none: the newest first, from below {@code before}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Line> list(EnvironmentKey environment, long before, int most) {
        return lines(rows.before(before, most, scope(environment)));
    }

    /** All that whoever asks may see. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Line> list(long before, int most) {
        return lines(rows.before(before, most, scope()));
    }

    /** Open ones that somebody else asked for and whoever asks now may agree to. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Line> waiting(EnvironmentKey environment) {
        var me = current.actor().subject();
        return lines(rows.open(MOST_OPEN, scope(environment)).stream()
                        .filter(one -> !one.asker().subject().equals(me))
                        .filter(one -> kinds.of(one.kind()).edits(one.object()))
                        .toList())
                .stream()
                .filter(line -> !line.outdated())
                .toList();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Line line(Restoration restoration) {
        var now = kinds.of(restoration.kind()).now(restoration.object());
        return new Line(
                restoration,
                now.map(Things.Present::title).orElse(restoration.object()),
                restoration.open() && outdated(restoration));
    }

    /** The version of a thing that a restoration is asked for on top of; empty where there is none. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Long> version(Versioned kind, String object) {
        return kinds.of(kind).now(object).map(Things.Present::version);
    }

    /** Those about one environment, or about what belongs to none, to be compared with the log: whoever shows what differs asks for a role. */
    public List<Restoration> stored(Optional<EnvironmentKey> environment, long before, int most) {
        var only = environment.map(EnvironmentKey::value).stream().toList();
        return rows.before(before, most, new Scope(false, only, only.isEmpty()));
    }

    /** As {@link #stored(Optional, long, int)}, of one. */
    public Optional<Restoration> stored(long number) {
        return rows.find(number);
    }

    /** What it would bring back; empty where the log does not tell it. */
    Optional<Wanted> wanted(Restoration restoration) {
        return Wanted.of(log, restoration.kind(), restoration.object(), restoration.row(), restoration.seen());
    }

    /**
     * Asks for it. Who has asked for the same on top of the same version is given what they asked for. What else is open about this thing and
     * void by now is told so.
     *
     * @param version of the thing that was looked at
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Became ask(Versioned kind, String object, long row, long version, String reason) {
        rows.hold();
        // Before anything is read: what is being decided about this thing is decided by then.
        var open = rows.lockOpen(kind, object);
        var said = reason.strip();
        var wanted = Wanted.of(log, kind, object, row, Long.MAX_VALUE);
        var things = kinds.of(kind);
        var now = things.now(object);
        var refused = refused(now, wanted, version, said)
                .or(() -> Optional.of(
                                things.objection(object, wanted.orElseThrow().then()))
                        .filter(answer -> !answer.done()));
        if (refused.isPresent()) {
            return Became.refused(refused.get());
        }
        var me = me();
        var same = open.stream()
                .filter(one ->
                        one.asker().subject().equals(me.subject()) && one.row() == row && one.version() == version)
                .findFirst();
        if (same.isPresent()) {
            return new Became(Answer.DONE, same, false);
        }
        var stale = open.stream().filter(this::outdated).toList();
        if (rows.open() - stale.size() >= MOST_OPEN) {
            stale = rows.lockOpen().stream().filter(this::outdated).toList();
        }
        if (rows.open() - stale.size() >= MOST_OPEN) {
            return Became.refused(Answer.FULL);
        }
        var found = wanted.orElseThrow();
        var made = new Restoration(
                rows.next(),
                kind,
                object,
                now.orElseThrow().environment(),
                row,
                found.seen().sequence(),
                version,
                found.hash(),
                said,
                me,
                now(),
                State.OPEN,
                Optional.empty(),
                Optional.empty(),
                "");
        rows.add(made);
        stale.forEach(one -> decide(one, State.VOID, ""));
        log.write(Entry.of(current.actor(), "asked", made.thing())
                .change("state", null, State.OPEN.id())
                .change("kind", null, kind.kind())
                .change("object", null, object)
                .change("row", null, row)
                .change("seen row", null, made.seen())
                .change("version", null, version)
                .change("hash", null, made.hash())
                .because(said));
        return new Became(Answer.DONE, Optional.of(made), true);
    }

    private static Optional<Answer> refused(
            Optional<Things.Present> now, Optional<Wanted> wanted, long version, String reason) {
        if (now.isEmpty()) {
            return Optional.of(Answer.NO_THING);
        }
        if (now.get().version() != version) {
            return Optional.of(Answer.OUTDATED);
        }
        if (wanted.isEmpty()) {
            return Optional.of(Answer.NO_VERSION);
        }
        if (wanted.get().back().isEmpty()) {
            return Optional.of(Answer.SO_NOW);
        }
        int length = reason.codePointCount(0, reason.length());
        return length < MIN_REASON || length > MAX_REASON ? Optional.of(Answer.REASON) : Optional.empty();
    }

    /**
     * Agrees to it, which brings the version back at once.
     *
     * @param hash of what was looked at
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Became agree(long number, String hash) {
        return deciding(number, hash, asked -> {
            var things = kinds.of(asked.kind());
            var wanted = wanted(asked).filter(found -> found.hash().equals(asked.hash()));
            if (wanted.isEmpty() || outdated(asked)) {
                return voided(asked);
            }
            if (!things.edits(asked.object())) {
                return Became.refused(Answer.NOT_ALLOWED);
            }
            var answer = things.restore(asked, wanted.get().then());
            if (answer.equals(Answer.OUTDATED)) {
                return voided(asked);
            }
            return answer.done() ? done(asked, State.APPLIED, "") : Became.refused(answer);
        });
    }

    /** Says no. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Became decline(long number, String hash, String reason) {
        var said = reason.strip();
        int length = said.codePointCount(0, said.length());
        return deciding(number, hash, asked -> {
            if (asked.asker().subject().equals(me().subject())) {
                return Became.refused(Answer.OWN);
            }
            if (!current.is(Role.ADMIN) && !kinds.of(asked.kind()).edits(asked.object())) {
                return Became.refused(Answer.NOT_ALLOWED);
            }
            return length < MIN_REASON || length > MAX_REASON
                    ? Became.refused(Answer.REASON)
                    : done(asked, State.DECLINED, said);
        });
    }

    /** Takes back what one has asked for oneself. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Became withdraw(long number, String hash) {
        return deciding(
                number,
                hash,
                asked -> asked.asker().subject().equals(me().subject())
                        ? done(asked, State.WITHDRAWN, "")
                        : Became.refused(Answer.NOT_YOURS));
    }

    /** Whoever decides holds the restoration first: of two at once the second finds it decided. */
    private Became deciding(long number, String hash, Function<Restoration, Became> decision) {
        var found = rows.lock(number).filter(scope()::has);
        if (found.isEmpty()) {
            return Became.refused(Answer.UNKNOWN);
        }
        var asked = found.get();
        if (!asked.open()) {
            return Became.refused(Answer.CLOSED);
        }
        return asked.hash().equals(hash) ? decision.apply(asked) : Became.refused(Answer.OTHER);
    }

    private Became voided(Restoration asked) {
        return new Became(Answer.VOID, Optional.of(decide(asked, State.VOID, "")), false);
    }

    private Became done(Restoration asked, State state, String why) {
        return new Became(Answer.DONE, Optional.of(decide(asked, state, why)), false);
    }

    private Restoration decide(Restoration asked, State state, String why) {
        var decided = asked.decided(state, me(), now(), why);
        rows.decide(decided);
        var entry = Entry.of(current.actor(), state == State.APPLIED ? "restored" : state.id(), asked.thing())
                .change("state", State.OPEN.id(), state.id());
        log.write(
                state == State.APPLIED
                        ? entry.change("kind", null, asked.kind().kind())
                                .change("object", null, asked.object())
                                .change("row", null, asked.row())
                                .change("asked by", null, asked.asker().subject())
                                .because(asked.reason())
                        : entry.because(why));
        return decided;
    }

    private boolean outdated(Restoration asked) {
        return kinds.of(asked.kind())
                .version(asked.object())
                .filter(version -> version == asked.version())
                .isEmpty();
    }

    private List<Line> lines(List<Restoration> some) {
        return some.stream().map(this::line).toList();
    }

    /** As who reads the change log: a Developer of their own environments alone. */
    private Scope scope() {
        return readsAll() ? Scope.ALL : new Scope(false, mine(), false);
    }

    private Scope scope(EnvironmentKey environment) {
        var here = List.of(environment.value());
        return readsAll()
                ? new Scope(false, here, true)
                : new Scope(false, here.stream().filter(mine()::contains).toList(), false);
    }

    private boolean readsAll() {
        return current.is(Role.ADMIN) || current.is(Role.ARCHITECT) || current.is(Role.AUDITOR);
    }

    private List<String> mine() {
        return own.mine().stream().map(EnvironmentKey::value).sorted().toList();
    }

    private Person me() {
        return new Person(current.actor().subject(), current.actor().name());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
