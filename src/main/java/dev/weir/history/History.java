package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.OwnEnvironments;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.changelog.Verified;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.AsTold;
import dev.weir.release.Difference;
import dev.weir.release.Judged;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with the change log. Admin, Architect and Auditor read all of it and prove it, a Developer reads what happened in
 * environments that are theirs; only an Admin erases personal values, and none of their own doing.
 */
@ApplicationScoped
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class History {

    private static final int AT_ONCE = 500;
    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 1000;

    static final String REASON_MISSING = "Give a reason of 3 to 1000 characters.";

    private final ChangeLog log;
    private final CurrentActor current;
    private final OwnEnvironments own;
    private final AsTold told;
    private final Judged judged;
    private final Myself myself;

    History(ChangeLog log, CurrentActor current, OwnEnvironments own, AsTold told, Judged judged, Myself myself) {
        this.log = log;
        this.current = current;
        this.own = own;
        this.told = told;
        this.judged = judged;
        this.myself = myself;
    }

    /** The environments whose rows this person reads; empty where they read all, also the rows of none. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Optional<Set<EnvironmentKey>> within() {
        boolean all = current.is(Role.ADMIN) || current.is(Role.ARCHITECT) || current.is(Role.AUDITOR);
        return all ? Optional.empty() : Optional.of(own.mine());
    }

    /** Whether this person reads nothing of what happened there. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    boolean closed(String environment) {
        return within().filter(own -> own.stream().map(EnvironmentKey::value).noneMatch(environment::equals))
                .isPresent();
    }

    /** Less than was asked for, where somebody may not see all of it. */
    private Filter seen(Filter filter) {
        return within().map(filter::within).orElse(filter);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Row> find(Filter filter, long before, int most) {
        return log.find(seen(filter), before, most);
    }

    /** One that somebody may not see is not there. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Optional<Row> find(long sequence) {
        var within = within();
        return log.find(sequence)
                .filter(row -> within.isEmpty()
                        || within.get().stream().map(EnvironmentKey::value).anyMatch(row.environment()::equals));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<ChangeLog.Doer> doers(int most) {
        return log.doers(seen(Filter.ALL), most);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<String> kinds() {
        return log.kinds(seen(Filter.ALL));
    }

    /**
     * @param log what a look at the whole log has found
     * @param difference the first thing that lies in its table otherwise than the log tells, which only an intact log can say
     */
    record Found(Verified log, Optional<Difference> difference) {

        static final Found NOTHING = new Found(new Verified(Optional.empty(), 0, 0, 0, 0, 0), Optional.empty());
    }

    Found verify() {
        var verified = log.verify();
        return new Found(verified, verified.intact() ? told.first() : Optional.empty());
    }

    Optional<String> consistency(long older, long newer) {
        return log.consistency(older, newer);
    }

    Optional<String> inclusion(long sequence, long size) {
        return log.inclusion(sequence, size);
    }

    List<ChangeLog.Checkpoint> checkpoints(long before, int most) {
        return log.checkpoints(before, most);
    }

    /** One line, as the offline verifier takes it; empty before the first row. */
    Optional<String> key() {
        return log.key().map(key -> key.line() + "\n");
    }

    /** Tells that somebody takes rows away as a file; comes before the file, which so holds it. */
    @Transactional
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void exported(String file, Filter filter) {
        log.write(Entry.of(current.actor(), "exported", Thing.of("changelog", file))
                .change("kind", null, orNull(filter.kind()))
                .change("object", null, orNull(filter.object()))
                .change("environment", null, orNull(filter.environment()))
                .change(
                        "within",
                        null,
                        within().map(some -> some.stream()
                                        .map(EnvironmentKey::value)
                                        .sorted()
                                        .toList())
                                .orElse(null)));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The whole log for the offline verifier, line by line. */
    void export(Consumer<String> lines) {
        log.export(lines);
    }

    /** All rows that a filter lets through, the newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void each(Filter filter, Consumer<Row> rows) {
        var seen = seen(filter);
        long before = Long.MAX_VALUE;
        while (before > 1) {
            var some = log.find(seen, before, AT_ONCE);
            some.forEach(rows);
            before = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
    }

    /** Whether this says why something is erased, without spaces around it. */
    static boolean reasonable(String reason) {
        return reason.length() >= SHORTEST_REASON && reason.length() <= LONGEST_REASON;
    }

    /** What all rows say of somebody. False where it is, or may be, oneself: nobody alone makes the log forget who they are. */
    @RolesAllowed(Role.ADMIN)
    boolean erasePerson(String subject, String reason) {
        if (myself.maybe(subject)) {
            return false;
        }
        log.erasePerson(subject, current.actor(), reason);
        return true;
    }

    /**
     * What one row says, its reason too. False where it tells of one's own doing, or decides about it: neither the reason of an emergency
     * nor why it was wrong is its author's to erase.
     */
    @RolesAllowed(Role.ADMIN)
    boolean eraseRow(Row row, String reason) {
        var mine = myself.maybe();
        if (mine.test(row.actor()) || judged.by(row).filter(mine).isPresent()) {
            return false;
        }
        log.eraseRow(row.sequence(), current.actor(), reason);
        return true;
    }
}
