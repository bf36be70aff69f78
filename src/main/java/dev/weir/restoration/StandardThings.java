package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.EarlierStandards;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The standards of definitions, rule by rule. Decides nothing: {@link EarlierStandards} does. */
@ApplicationScoped
class StandardThings implements Things {

    private static final String ONLY = "catalog";
    private static final String HOME = "/console/definitions/standards";

    private final EarlierStandards earlier;
    private final CurrentActor current;

    StandardThings(EarlierStandards earlier, CurrentActor current) {
        this.earlier = earlier;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.STANDARDS;
    }

    @Override
    public Optional<Present> now(String object) {
        return Optional.of(object)
                .filter(ONLY::equals)
                .map(only ->
                        new Present("of definitions", Optional.empty(), earlier.version(), HOME, HOME + "/history"));
    }

    @Override
    public boolean edits(String object) {
        return current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
    }

    @Override
    public Answer objection(String object, Map<String, @Nullable Object> then) {
        return earlier.readable(then)
                ? Answer.DONE
                : new Answer(409, "What was asked then would be refused today: it is asked again by hand only.");
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        return earlier.restore(then, asked.version(), asked.reason()) ? Answer.DONE : Answer.OUTDATED;
    }
}
