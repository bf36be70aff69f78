package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Collateral.Lost;
import dev.weir.release.Collateral.Toll;
import dev.weir.release.Losses.Loss;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** On which terms somebody may publish: by role, direction of the change and environment. Changes nothing. */
@ApplicationScoped
class Terms {

    private final Environments environments;
    private final Losses losses;
    private final Collateral collateral;
    private final CurrentActor current;

    Terms(Environments environments, Losses losses, Collateral collateral, CurrentActor current) {
        this.environments = environments;
        this.losses = losses;
        this.collateral = collateral;
        this.current = current;
    }

    /** Why one person may not publish this at once; empty where they may. {@code before}: what is in force. */
    Optional<Why> alone(Release before, PolicyDocument after, PolicyDiff diff, String reason, String typedKey) {
        var environment = before.environment();
        var refused = shared(diff);
        if (refused.isPresent()) {
            return refused;
        }
        if (!diff.onlyTightens() && critical(environment)) {
            return Optional.of(Why.NEEDS_APPROVAL);
        }
        if (deletes(environment, diff)) {
            return Optional.of(Why.DELETES_STORED);
        }
        if (collateral(environment, Publishing.document(before), after).takesTwo()) {
            return Optional.of(Why.LOSES_DEFINITIONS);
        }
        return reasonable(reason) ? confirmed(environment, typedKey) : Optional.of(Why.REASON_MISSING);
    }

    /** Why this person may not publish what was agreed to. */
    Optional<Why> agreed(EnvironmentKey environment, PolicyDiff diff, String typedKey) {
        var refused = shared(diff);
        return refused.isPresent() ? refused : confirmed(environment, typedKey);
    }

    private Optional<Why> shared(PolicyDiff diff) {
        if (diff.isEmpty()) {
            return Optional.of(Why.NOTHING_TO_PUBLISH);
        }
        return !diff.onlyTightens() && !current.is(Role.ADMIN) ? Optional.of(Why.NEEDS_ADMIN) : Optional.empty();
    }

    private Optional<Why> confirmed(EnvironmentKey environment, String typedKey) {
        return critical(environment) && !typedKey.strip().equals(environment.value())
                ? Optional.of(Why.KEY_NOT_CONFIRMED)
                : Optional.empty();
    }

    /** Whether stored events of a critical environment would go sooner than now: nothing brings them back, so that takes two. */
    boolean deletes(EnvironmentKey environment, PolicyDiff diff) {
        return Losses.shortens(diff) && critical(environment) && losses.stored(environment);
    }

    /** What a shorter retention would delete; empty where none becomes shorter. */
    Optional<Loss> loss(EnvironmentKey environment, PolicyDiff diff) {
        return Losses.shortens(diff)
                ? Optional.of(new Loss(deletes(environment, diff), losses.older(environment, diff)))
                : Optional.empty();
    }

    /**
     * Which definitions that people rely on would lose matches. {@code before}: what is in force. Where one would find nothing any more in a
     * critical environment, it takes two, also where it only tightens.
     */
    Toll collateral(EnvironmentKey environment, PolicyDocument before, PolicyDocument after) {
        var lost = collateral.of(environment, before, after);
        return new Toll(lost.stream().anyMatch(Lost::wholly) && critical(environment), lost);
    }

    /** An environment that isn't there any more counts as critical. */
    boolean critical(EnvironmentKey environment) {
        return environments.find(environment).map(found -> found.critical()).orElse(true);
    }

    static boolean reasonable(String reason) {
        int length = reason.strip().codePointCount(0, reason.strip().length());
        return length >= Releases.MIN_REASON && length <= Releases.MAX_REASON;
    }
}
