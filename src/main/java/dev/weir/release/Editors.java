package dev.weir.release;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.release.ChangeRequest.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who edited the draft that a request is a snapshot of, as the change log tells. Whoever edited it last is no second person: of two Admins
 * one always is, for who edited last may ask, and the other agrees.
 */
@ApplicationScoped
class Editors {

    /** Edits that one look takes in; docs/limits.md. */
    static final int EDITS = 200;

    private static final Set<String> EDITING = Set.of("edited", "replaced", "undone");
    private static final Set<String> AFRESH = Set.of("replaced", "discarded");

    private final ReleaseRows releases;
    private final ChangeLog log;

    Editors(ReleaseRows releases, ChangeLog log) {
        this.releases = releases;
        this.log = log;
    }

    /** The subject of whoever made the newest edit; empty where the request rests on no draft. An edit since voids it anyway. */
    Optional<String> last(ChangeRequest request) {
        return edits(request, Optional.empty(), Optional.empty()).stream()
                .filter(row -> EDITING.contains(row.action()))
                .findFirst()
                .map(Row::actor);
    }

    /** Everybody who did before it was asked for, since the draft was begun afresh: the last one first, each once. */
    List<Person> of(ChangeRequest request) {
        var since = releases.find(request.environment(), request.base()).map(Release::publishedAt);
        var people = new ArrayList<Person>();
        var met = new HashSet<String>();
        for (var row : edits(request, since, Optional.of(request.createdAt()))) {
            if (EDITING.contains(row.action()) && met.add(row.actor())) {
                people.add(new Person(row.actor(), row.actorName().orElse("a name that was erased")));
            }
            if (AFRESH.contains(row.action())) {
                break;
            }
        }
        return people;
    }

    /** Whether whoever approved it is among them. */
    boolean approverEdited(ChangeRequest request) {
        return request.approvedHash().isPresent()
                && request.decidedBy()
                        .filter(by -> of(request).stream()
                                .anyMatch(one -> one.subject().equals(by.subject())))
                        .isPresent();
    }

    private List<Row> edits(ChangeRequest request, Optional<Instant> from, Optional<Instant> to) {
        if (request.draftVersion().isEmpty()) {
            return List.of();
        }
        var environment = request.environment().value();
        return log.find(new Filter("", "draft", environment, "", from, to), Long.MAX_VALUE, EDITS);
    }
}
