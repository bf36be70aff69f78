package dev.weir.privacy;

import dev.weir.changelog.Thing;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import java.time.Instant;

/**
 * What is being prepared for one environment; always a valid document.
 *
 * @param base number of the revision it started from
 * @param version changes with every edit: who saves says which version the edit was made on
 */
public record Draft(
        EnvironmentKey environment,
        PolicyDocument document,
        long base,
        long version,
        String changedBy,
        Instant changedAt) {

    /** As what a change of it is about. */
    static Thing thing(EnvironmentKey environment) {
        return Thing.in(environment, "draft", environment.value());
    }
}
