package dev.weir.privacy;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import java.util.Optional;

/** The policy that is enforced now. Implemented above, where policies are published: drafts only ask. */
public interface InForce {

    Optional<Published> inForce(EnvironmentKey environment);

    Optional<Published> revision(EnvironmentKey environment, long number);

    /** One published policy, as drafts need it. */
    record Published(long number, PolicyDocument document) {}
}
