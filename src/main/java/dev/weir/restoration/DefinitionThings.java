package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.Definitions;
import dev.weir.catalog.EarlierDefinitions;
import dev.weir.catalog.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Definitions: what they say. Decides nothing: {@link Definitions} does. */
@ApplicationScoped
class DefinitionThings implements Things {

    private final Definitions definitions;
    private final EarlierDefinitions earlier;
    private final CurrentActor current;

    DefinitionThings(Definitions definitions, EarlierDefinitions earlier, CurrentActor current) {
        this.definitions = definitions;
        this.earlier = earlier;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.DEFINITION;
    }

    @Override
    public Optional<Present> now(String object) {
        return definitions.find(object).map(definition -> {
            var home = "/console/definitions/" + definition.id();
            return new Present(definition.name(), Optional.empty(), definition.version(), home, home + "/history");
        });
    }

    @Override
    public Optional<Long> version(String object) {
        return definitions.version(object);
    }

    @Override
    public boolean edits(String object) {
        return (current.is(Role.ADMIN) || current.is(Role.ARCHITECT))
                && definitions.find(object).isPresent();
    }

    @Override
    public Answer objection(String object, Map<String, @Nullable Object> then) {
        return definitions
                .find(object)
                .map(now -> earlier.readable(now, then)
                        ? Answer.DONE
                        : new Answer(409, "What it said then would be refused today: it comes back by hand only."))
                .orElse(Answer.NO_THING);
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        var outcome = earlier.restore(
                asked.object(), then, asked.version(), asked.asker().subject());
        return switch (outcome) {
            case DONE -> Answer.DONE;
            case UNKNOWN, OUTDATED -> Answer.OUTDATED;
            default -> refused(outcome);
        };
    }

    private static Answer refused(Outcome outcome) {
        return new Answer(outcome.status(), outcome.words());
    }
}
