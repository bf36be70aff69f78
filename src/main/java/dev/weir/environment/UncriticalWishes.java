package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.access.Standing;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How an environment stops being critical: one Admin asks for it with a reason, another agrees. Marking one as critical takes one, for
 * that only tightens. Each of these makes the environment another version, so that nobody agrees to a reason they have not read.
 */
@ApplicationScoped
@Transactional
public class UncriticalWishes {

    public static final int MIN_REASON = 3;
    public static final int MAX_REASON = 1000;

    private final EnvironmentRepository repository;
    private final Environments environments;
    private final Standing standing;
    private final SecondPerson second;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Sql sql;
    private final Clock clock;

    UncriticalWishes(
            EnvironmentRepository repository,
            Environments environments,
            Standing standing,
            SecondPerson second,
            CurrentActor current,
            ChangeLog log,
            Sql sql,
            Clock clock) {
        this.repository = repository;
        this.environments = environments;
        this.standing = standing;
        this.second = second;
        this.current = current;
        this.log = log;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of asking, agreeing or withdrawing. Each but the first one changed nothing. */
    public enum Answer {
        DONE(200, "Done."),
        UNKNOWN(404, "There is no such environment."),
        /** Somebody else was first: what is asked for, or by whom, may not be what was looked at. */
        OUTDATED(412, Outcome.OUTDATED.words()),
        NOT_CRITICAL(409, "This environment is not critical."),
        REASON_MISSING(422, "Give a reason of " + MIN_REASON + " to " + MAX_REASON + " characters."),
        NOTHING_ASKED(409, "Nobody asks for this any more."),
        OWN_WISH(403, "Nobody agrees to what they asked for themselves."),
        NO_SECOND_PERSON(
                403,
                "It takes a second person, and one of you two has invited the other, made them an Admin, given them a link to sign in or enabled their account again"
                        + " within 7 days. Another Admin has to agree."),
        ASKER_WITHOUT_ROLE(409, "Whoever asked for this is no Admin any more. Ask for it anew.");

        private final int status;
        private final String words;

        Answer(int status, String words) {
            this.status = status;
            this.words = words;
        }

        int status() {
            return status;
        }

        int pageStatus() {
            return this == OUTDATED ? 409 : status;
        }

        String words() {
            return words;
        }
    }

    public Optional<UncriticalWish> wish(EnvironmentKey environment) {
        return sql.first(
                "select asked_by, asked_by_name, asked_at, reason from uncritical_wish where environment = ?",
                row -> new UncriticalWish(
                        row.getString("asked_by"),
                        row.getString("asked_by_name"),
                        Sql.instant(row, "asked_at"),
                        row.getString("reason")),
                environment.value());
    }

    /** Asks for it. Who asks again, asks anew: what was asked for before is gone. */
    @RolesAllowed(Role.ADMIN)
    public Answer ask(EnvironmentKey environment, String reason, long version) {
        repository.lock();
        var said = reason.strip();
        var refused = refused(environment, version);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!reasonable(said)) {
            return Answer.REASON_MISSING;
        }
        forget(environment);
        repository.touchEnvironment(environment);
        sql.change(
                "insert into uncritical_wish (environment, asked_by, asked_by_name, asked_at, reason) values (?, ?, ?, ?, ?)",
                environment.value(),
                current.actor().subject(),
                current.actor().name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                said);
        log.write(Entry.of(current.actor(), "uncritical-asked", Environments.thing(environment))
                .because(said));
        return Answer.DONE;
    }

    /** Agrees to what was looked at: from now on one Admin may loosen here. */
    @RolesAllowed(Role.ADMIN)
    public Answer agree(EnvironmentKey environment, long version) {
        repository.lock();
        var refused = refused(environment, version);
        if (refused.isPresent()) {
            return refused.get();
        }
        return wish(environment).map(wish -> agreed(environment, wish)).orElse(Answer.NOTHING_ASKED);
    }

    /** As {@link #agree(EnvironmentKey, long)}, to what was asked for elsewhere; what was asked for here is answered with it. */
    @RolesAllowed(Role.ADMIN)
    Answer agree(EnvironmentKey environment, long version, UncriticalWish wish) {
        repository.lock();
        return refused(environment, version).orElseGet(() -> agreed(environment, wish));
    }

    private Answer agreed(EnvironmentKey environment, UncriticalWish wish) {
        if (wish.subject().equals(current.actor().subject())) {
            return Answer.OWN_WISH;
        }
        if (second.tied(wish.subject(), current.actor().subject(), clock.instant())) {
            return Answer.NO_SECOND_PERSON;
        }
        if (!standing.holds(wish.subject(), Role.ADMIN)) {
            return Answer.ASKER_WITHOUT_ROLE;
        }
        forget(environment);
        repository.setCritical(environment, false);
        log.write(Entry.of(current.actor(), "uncritical-agreed", Environments.thing(environment))
                .change("critical", true, false)
                .change("asked by", null, wish.subject())
                .because(wish.reason()));
        return Answer.DONE;
    }

    /** Says no, or takes it back. */
    @RolesAllowed(Role.ADMIN)
    public Answer decline(EnvironmentKey environment, long version) {
        repository.lock();
        var refused = refused(environment, version);
        if (refused.isPresent()) {
            return refused.get();
        }
        var found = wish(environment);
        if (found.isEmpty()) {
            return Answer.NOTHING_ASKED;
        }
        forget(environment);
        repository.touchEnvironment(environment);
        log.write(Entry.of(current.actor(), "uncritical-declined", Environments.thing(environment))
                .change("asked by", found.get().subject(), null));
        return Answer.DONE;
    }

    static boolean reasonable(String reason) {
        var said = reason.strip();
        int length = said.codePointCount(0, said.length());
        return length >= MIN_REASON && length <= MAX_REASON;
    }

    private Optional<Answer> refused(EnvironmentKey environment, long version) {
        var found = environments.find(environment);
        if (found.isEmpty()) {
            return Optional.of(Answer.UNKNOWN);
        }
        if (found.get().version() != version) {
            return Optional.of(Answer.OUTDATED);
        }
        return found.get().critical() ? Optional.empty() : Optional.of(Answer.NOT_CRITICAL);
    }

    private void forget(EnvironmentKey environment) {
        sql.change("delete from uncritical_wish where environment = ?", environment.value());
    }
}
