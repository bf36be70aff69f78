package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
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
 * that only tightens.
 */
@ApplicationScoped
@Transactional
public class UncriticalWishes {

    public static final int MIN_REASON = 3;
    public static final int MAX_REASON = 1000;

    private final EnvironmentRepository repository;
    private final Environments environments;
    private final Standing standing;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Sql sql;
    private final Clock clock;

    UncriticalWishes(
            EnvironmentRepository repository,
            Environments environments,
            Standing standing,
            CurrentActor current,
            ChangeLog log,
            Sql sql,
            Clock clock) {
        this.repository = repository;
        this.environments = environments;
        this.standing = standing;
        this.current = current;
        this.log = log;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of asking, agreeing or withdrawing. */
    public enum Answer {
        DONE,
        UNKNOWN,
        NOT_CRITICAL,
        REASON_MISSING,
        NOTHING_ASKED,
        /** Nobody agrees to what they asked for themselves. */
        OWN_WISH,
        /** Whoever asked is no Admin any more. */
        ASKER_WITHOUT_ROLE
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
    public Answer ask(EnvironmentKey environment, String reason) {
        repository.lock();
        var said = reason.strip();
        var refused = refused(environment);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!reasonable(said)) {
            return Answer.REASON_MISSING;
        }
        forget(environment);
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

    /** Agrees: from now on one Admin may loosen here. */
    @RolesAllowed(Role.ADMIN)
    public Answer agree(EnvironmentKey environment) {
        repository.lock();
        var refused = refused(environment);
        if (refused.isPresent()) {
            return refused.get();
        }
        var found = wish(environment);
        if (found.isEmpty()) {
            return Answer.NOTHING_ASKED;
        }
        var wish = found.get();
        if (wish.subject().equals(current.actor().subject())) {
            return Answer.OWN_WISH;
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
    public Answer decline(EnvironmentKey environment) {
        repository.lock();
        var found = wish(environment);
        if (found.isEmpty()) {
            return Answer.NOTHING_ASKED;
        }
        forget(environment);
        log.write(Entry.of(current.actor(), "uncritical-declined", Environments.thing(environment))
                .change("asked by", found.get().subject(), null));
        return Answer.DONE;
    }

    static boolean reasonable(String reason) {
        var said = reason.strip();
        int length = said.codePointCount(0, said.length());
        return length >= MIN_REASON && length <= MAX_REASON;
    }

    private Optional<Answer> refused(EnvironmentKey environment) {
        var found = environments.find(environment);
        if (found.isEmpty()) {
            return Optional.of(Answer.UNKNOWN);
        }
        return found.get().critical() ? Optional.empty() : Optional.of(Answer.NOT_CRITICAL);
    }

    private void forget(EnvironmentKey environment) {
        sql.change("delete from uncritical_wish where environment = ?", environment.value());
    }
}
