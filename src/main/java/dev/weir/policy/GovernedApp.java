package dev.weir.policy;

import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import java.util.Optional;
import java.util.Set;

/**
 * An App ID together with the policy in force for it.
 *
 * @param origins exact origins a browser may send from, as {@code scheme://host[:port]}
 * @param development whether the environment is for development: Weir's own pages (the sample shop) may then send too
 * @param serverKeyHash SHA-256 of the key that server calls must carry; empty when none is required
 */
public record GovernedApp(
        AppId app,
        Revision revision,
        CompiledPolicy policy,
        Set<String> origins,
        boolean development,
        Optional<String> serverKeyHash) {

    public GovernedApp {
        origins = Set.copyOf(origins);
    }
}
