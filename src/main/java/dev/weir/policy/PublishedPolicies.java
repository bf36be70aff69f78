package dev.weir.policy;

import dev.weir.kernel.AppId;
import java.util.Optional;

/**
 * The policies in force, by App ID: what the data plane asks on every request, so an answer costs one read of memory.
 *
 * <p>An App ID that is unknown, retired, or whose environment has no readable policy is absent: nothing is captured for it.
 */
public interface PublishedPolicies {

    Optional<GovernedApp> governing(AppId app);

    /** Whether any policies have been read yet. Before that nobody can tell an unknown App ID from a known one. */
    boolean loaded();
}
