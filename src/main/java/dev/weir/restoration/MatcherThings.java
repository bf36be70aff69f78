package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.Matching;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.proof.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one matcher: its version. Decides nothing: {@link Matching} does. */
@ApplicationScoped
class MatcherThings implements Things {

    static final String ONLY = "catalog";

    private static final String HOME = "/console/definitions/matcher";

    private final Matching matching;
    private final ChangeLog log;
    private final CurrentActor current;

    MatcherThings(Matching matching, ChangeLog log, CurrentActor current) {
        this.matching = matching;
        this.log = log;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.MATCHER;
    }

    /** Its versions come and go, so what counts is the newest row that tells of one. */
    @Override
    public Optional<Present> now(String object) {
        if (!object.equals(ONLY)) {
            return Optional.empty();
        }
        long newest = Timeline.of(log::find, Versioned.MATCHER, ONLY, Long.MAX_VALUE)
                .newest()
                .map(Row::sequence)
                .orElse(0L);
        return Optional.of(new Present("Version of the matcher", Optional.empty(), newest, HOME, HOME + "/history"));
    }

    @Override
    public boolean edits(String object) {
        return current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        // Read before the row is compared: what is taken into effect in between is found by one of the two.
        var seen = matching.inForce();
        if (now(asked.object()).filter(now -> now.version() == asked.version()).isEmpty()) {
            return Answer.OUTDATED;
        }
        return version(then.get("version"))
                .map(to -> matching.takeIntoEffect(to, seen, asked.reason()) ? Answer.DONE : Answer.OUTDATED)
                .orElse(new Answer(409, "This Weir has no such version of the matcher any more."));
    }

    private static Optional<MatcherVersion> version(@Nullable Object number) {
        return number instanceof Number known ? MatcherVersion.of(known.intValue()) : Optional.empty();
    }
}
