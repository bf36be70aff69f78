package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.EarlierSettings;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.environment.UncriticalWish;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Environments: their name, and whether they are critical. Decides nothing: {@link EarlierSettings} does. */
@ApplicationScoped
class EnvironmentThings implements Things {

    private static final String CRITICAL = "critical";

    private final Environments environments;
    private final EarlierSettings earlier;
    private final CurrentActor current;

    EnvironmentThings(Environments environments, EarlierSettings earlier, CurrentActor current) {
        this.environments = environments;
        this.earlier = earlier;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.ENVIRONMENT;
    }

    @Override
    public Optional<Present> now(String object) {
        return environments.named(object).map(environment -> {
            var home = "/console/environments/" + environment.key();
            return new Present(
                    environment.name(), Optional.of(environment.key()), environment.version(), home, home + "/history");
        });
    }

    @Override
    public boolean edits(String object) {
        return current.is(Role.ADMIN);
    }

    @Override
    public boolean takesTwo(String object, Map<String, @Nullable Object> then) {
        return environments.named(object).filter(now -> loosens(now, then)).isPresent();
    }

    @Override
    public Answer objection(String object, Map<String, @Nullable Object> then) {
        return takesTwo(object, then) && !current.is(Role.ADMIN)
                ? new Answer(403, "Only an Admin asks that an environment be critical no longer.")
                : Answer.DONE;
    }

    private static boolean loosens(Environment now, Map<String, @Nullable Object> then) {
        return now.critical() && then.containsKey(CRITICAL) && !Boolean.TRUE.equals(then.get(CRITICAL));
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        return environments
                .named(asked.object())
                .map(now -> earlier.restore(
                        now.key(),
                        Objects.toString(then.getOrDefault("name", now.name()), ""),
                        then.containsKey(CRITICAL) ? Boolean.TRUE.equals(then.get(CRITICAL)) : now.critical(),
                        asked.version(),
                        new UncriticalWish(
                                asked.asker().subject(), asked.asker().name(), asked.askedAt(), asked.reason())))
                .map(EnvironmentThings::answer)
                .orElse(Answer.OUTDATED);
    }

    static Answer answer(EarlierSettings.Answer answer) {
        return switch (answer) {
            case DONE -> Answer.DONE;
            case UNKNOWN, OUTDATED -> Answer.OUTDATED;
            default -> new Answer(answer.status(), answer.words());
        };
    }
}
