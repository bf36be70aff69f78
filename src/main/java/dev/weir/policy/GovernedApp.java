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
 * @param production whether the environment is for production: what runs on the sender's own machine may then not send
 * @param elsewhere origins of App IDs that are not for production
 * @param serverKeyHash SHA-256 of the key that server calls must carry; empty when none is required
 */
public record GovernedApp(
        AppId app,
        Revision revision,
        CompiledPolicy policy,
        Set<String> origins,
        boolean development,
        boolean production,
        Set<String> elsewhere,
        Optional<String> serverKeyHash) {

    public GovernedApp {
        origins = Set.copyOf(origins);
        elsewhere = Set.copyOf(elsewhere);
    }
}
