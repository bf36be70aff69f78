package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.changelog.Verified;
import dev.weir.changelog.proof.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may do what with the change log. Admin, Architect and Auditor read all of it; only an Admin erases personal values. */
@ApplicationScoped
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class History {

    private static final int AT_ONCE = 500;

    private final ChangeLog log;
    private final CurrentActor current;

    History(ChangeLog log, CurrentActor current) {
        this.log = log;
        this.current = current;
    }

    List<Row> find(Filter filter, long before, int most) {
        return log.find(filter, before, most);
    }

    Optional<Row> find(long sequence) {
        return log.find(sequence);
    }

    List<ChangeLog.Doer> doers(int most) {
        return log.doers(most);
    }

    List<String> kinds() {
        return log.kinds();
    }

    Verified verify() {
        return log.verify();
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
    void exported(String file, Filter filter) {
        log.write(Entry.of(current.actor(), "exported", Thing.of("changelog", file))
                .change("kind", null, orNull(filter.kind()))
                .change("object", null, orNull(filter.object()))
                .change("environment", null, orNull(filter.environment())));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The whole log for the offline verifier, line by line. */
    void export(Consumer<String> lines) {
        log.export(lines);
    }

    /** All rows that a filter lets through, the newest first. */
    void each(Filter filter, Consumer<Row> rows) {
        long before = Long.MAX_VALUE;
        while (before > 1) {
            var some = log.find(filter, before, AT_ONCE);
            some.forEach(rows);
            before = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
    }

    @RolesAllowed(Role.ADMIN)
    int erasePerson(String subject, String reason) {
        return log.erasePerson(subject, current.actor(), reason);
    }

    @RolesAllowed(Role.ADMIN)
    int eraseRow(long sequence, String reason) {
        return log.eraseRow(sequence, current.actor(), reason);
    }
}
