package dev.weir.history;

import dev.weir.catalog.SavedViews;
import dev.weir.catalog.View;
import dev.weir.catalog.ViewOutcome;
import dev.weir.environment.App;
import dev.weir.environment.EarlierSettings;
import dev.weir.environment.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.TreeSet;

/** What a version says beside what is now, brought to the door that edits such a thing. Decides nothing: the door does. */
@ApplicationScoped
class Restoring {

    private final EarlierSettings earlier;
    private final SavedViews views;

    Restoring(EarlierSettings earlier, SavedViews views) {
        this.earlier = earlier;
        this.views = views;
    }

    /** @param version that was looked at */
    EarlierSettings.Answer environment(Environment now, Timeline.Past past, long version, String reason) {
        var critical = Optional.ofNullable(past.since().get("critical")).map(Versioned.Pair::then);
        return earlier.restore(
                now.key(),
                then(past, "name", now.name()),
                critical.map(Boolean.TRUE::equals).orElse(now.critical()),
                version,
                reason);
    }

    EarlierSettings.Answer app(App now, Timeline.Past past, long version) {
        var origins = new TreeSet<>(now.origins());
        past.since().forEach((field, pair) -> {
            if (field.startsWith(Versioned.ORIGIN)) {
                var origin = field.substring(Versioned.ORIGIN.length());
                if (pair.then() == null) {
                    origins.remove(origin);
                } else {
                    origins.add(origin);
                }
            }
        });
        return earlier.restore(now.id(), then(past, "label", now.label()), origins, version);
    }

    /** Why nothing was changed; empty where it was. */
    Optional<ViewOutcome> view(View now, Timeline.Past past, long version) {
        return views.restore(
                now.id(),
                then(past, "name", now.name()),
                then(past, "filter", now.address()),
                then(past, "shared", String.valueOf(now.shared())).equals("true"),
                version);
    }

    private static String then(Timeline.Past past, String field, String now) {
        return Optional.ofNullable(past.since().get(field))
                .map(Versioned.Pair::then)
                .map(String::valueOf)
                .orElse(now);
    }
}
