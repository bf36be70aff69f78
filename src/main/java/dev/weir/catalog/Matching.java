package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Matcher;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.event.Event;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one matcher, for everybody who asks what an event means: preview, live view, health, checks. It knows shared definitions alone, and
 * compares as the version says that is in force. Compiled once for each change of the catalog, whoever made it on whichever node.
 */
@ApplicationScoped
public class Matching {

    private final DefinitionRows rows;
    private final ChangeLog log;
    private final CurrentActor current;
    private volatile @Nullable Known known;

    Matching(DefinitionRows rows, ChangeLog log, CurrentActor current) {
        this.rows = rows;
        this.log = log;
        this.current = current;
    }

    /** Everything that events are matched with at one moment. Immutable: ask for it once for many events. */
    public static final class Known {

        private final DefinitionRows.Head head;
        private final List<Definition> definitions;
        private final Matcher<Definition> matcher;

        private Known(DefinitionRows.Head head, List<Definition> definitions) {
            this.head = head;
            this.definitions = definitions;
            this.matcher = matcher(head.matcher(), definitions);
        }

        public MatcherVersion version() {
            return head.matcher();
        }

        public List<Definition> definitions() {
            return definitions;
        }

        /** All that it matches, by name. */
        public List<Definition> matches(Event event) {
            return matcher.match(event);
        }

        /** Those that somebody has agreed to. */
        public List<Definition> verified(Event event) {
            return matches(event).stream()
                    .filter(definition -> definition.status() == Status.VERIFIED)
                    .toList();
        }
    }

    /** As the catalog is now. Asks the database for one number, and for the definitions when that has changed. */
    public Known known() {
        var head = rows.head();
        var last = known;
        return last != null && last.head.equals(head) ? last : compiled(head);
    }

    private synchronized Known compiled(DefinitionRows.Head head) {
        var last = known;
        if (last != null && last.head.equals(head)) {
            return last;
        }
        // Read after the number: who comes next looks again if they have changed in between.
        var fresh = new Known(head, rows.inUse());
        known = fresh;
        return fresh;
    }

    /** One filter, compared as the version in force says. */
    public Predicate<Event> test(Filter filter) {
        return inForce().test(filter);
    }

    public MatcherVersion inForce() {
        return rows.head().matcher();
    }

    static Matcher<Definition> matcher(MatcherVersion version, List<Definition> definitions) {
        return new Matcher<>(
                version,
                definitions.stream()
                        .map(definition -> new Matcher.Rule<>(
                                definition,
                                definition.details().type(),
                                definition.details().filter()))
                        .toList());
    }

    /**
     * From now on everything is compared as another version says.
     *
     * @param seen the version that was in force when its differences were looked at
     * @return whether that was still so; else nothing has changed
     */
    @Transactional
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public boolean takeIntoEffect(MatcherVersion to, MatcherVersion seen, String reason) {
        rows.lock();
        var old = rows.head().matcher();
        if (old != seen) {
            return false;
        }
        if (old != to) {
            rows.takeIntoEffect(to);
            log.write(Entry.of(current.actor(), "taken-into-effect", Thing.of("matcher", "catalog"))
                    .change("version", old.number(), to.number())
                    .because(reason));
        }
        return true;
    }
}
