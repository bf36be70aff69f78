package dev.weir.console;

import dev.weir.environment.Environment;
import dev.weir.release.Emergency;
import dev.weir.release.Release;
import dev.weir.store.Sighting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One environment at a glance. */
record Summary(
        Environment environment,
        Day day,
        @Nullable Release inForce,
        boolean draftWaiting,
        List<Emergency> emergencies,
        @Nullable Sighting last) {

    /** Whether somebody has ever published after the revision Weir begins with. */
    public boolean governed() {
        return inForce != null && inForce.number() > 1;
    }

    public boolean started() {
        return last != null;
    }

    /** Whether the first steps are behind them. */
    public boolean settled() {
        return governed() && started();
    }
}
