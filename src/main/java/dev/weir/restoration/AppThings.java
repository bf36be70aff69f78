package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.EarlierSettings;
import dev.weir.environment.Environments;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** App IDs: what they are for, and their origins. Decides nothing: {@link EarlierSettings} does. */
@ApplicationScoped
class AppThings implements Things {

    private final Environments environments;
    private final EarlierSettings earlier;
    private final CurrentActor current;

    AppThings(Environments environments, EarlierSettings earlier, CurrentActor current) {
        this.environments = environments;
        this.earlier = earlier;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.APP;
    }

    @Override
    public Optional<Present> now(String object) {
        return app(object).map(app -> {
            var home = "/console/environments/" + app.environment();
            return new Present(
                    app.id().digits(),
                    Optional.of(app.environment()),
                    app.version(),
                    home + "#app-" + app.id().digits(),
                    home + "/apps/" + app.id().digits() + "/history");
        });
    }

    @Override
    public boolean edits(String object) {
        return current.is(Role.ADMIN);
    }

    @Override
    public Answer objection(String object, Map<String, @Nullable Object> then) {
        return app(object)
                .map(now -> EnvironmentThings.answer(earlier.objection(now.id(), origins(now, then))))
                .orElse(Answer.NO_THING);
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        return app(asked.object())
                .map(now -> earlier.restore(
                        now.id(),
                        Objects.toString(then.getOrDefault("label", now.label()), ""),
                        origins(now, then),
                        asked.version()))
                .map(EnvironmentThings::answer)
                .orElse(Answer.OUTDATED);
    }

    private static SortedSet<String> origins(App now, Map<String, @Nullable Object> then) {
        var origins = new TreeSet<>(now.origins());
        then.forEach((field, value) -> {
            if (field.startsWith(Versioned.ORIGIN)) {
                var origin = field.substring(Versioned.ORIGIN.length());
                if (value == null) {
                    origins.remove(origin);
                } else {
                    origins.add(origin);
                }
            }
        });
        return origins;
    }

    private Optional<App> app(String digits) {
        return environments.list().stream()
                .flatMap(environment -> environment.app(digits).stream())
                .findFirst();
    }
}
