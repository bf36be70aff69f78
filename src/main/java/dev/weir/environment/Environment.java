package dev.weir.environment;

import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where data is kept apart, with the App IDs that send to it.
 *
 * @param critical whether loosening a rule here needs more than one person
 * @param version what a form carries back, so that two people can't overwrite each other
 */
public record Environment(EnvironmentKey key, String name, Kind kind, boolean critical, List<App> apps, long version) {

    public Environment {
        apps = List.copyOf(apps);
    }

    /** Whether a browser may send here from anywhere: without one origin none can. */
    public boolean reachable() {
        return apps.stream().anyMatch(app -> !app.origins().isEmpty());
    }

    /** The App ID with these digits, if it belongs to this environment. */
    public Optional<App> app(String digits) {
        return apps.stream().filter(app -> app.id().digits().equals(digits)).findFirst();
    }

    /** The App IDs that are not refused, those first that stay. */
    public List<App> working(Instant now) {
        return apps.stream()
                .filter(app -> !app.retired(now))
                .sorted(Comparator.comparing(App::retiring))
                .toList();
    }
}
