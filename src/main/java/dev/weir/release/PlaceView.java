package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.PolicyDiff;
import dev.weir.web.Moments;
import dev.weir.web.Problem;
import java.time.Instant;

/** Where a page is and what whoever looks at it may do there, as far as a page needs it. */
record PlaceView(EnvironmentKey key, String name, boolean critical, boolean admin, boolean architect) {

    static PlaceView of(String key, Environments environments, CurrentActor current) {
        var found = found(key, environments);
        return new PlaceView(
                found.key(), found.name(), found.critical(), current.is(Role.ADMIN), current.is(Role.ARCHITECT));
    }

    /** For programs, which need no more than that it is there. */
    static EnvironmentKey key(String key, Environments environments) {
        return found(key, environments).key();
    }

    private static Environment found(String key, Environments environments) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }

    public String home() {
        return "/console/" + key + "/policy";
    }

    public String privacy() {
        return "/console/" + key + "/privacy";
    }

    public boolean editor() {
        return admin || architect;
    }

    public String changes() {
        return "/console/" + key + "/changes";
    }

    public String emergencies() {
        return "/console/" + key + "/emergencies";
    }

    /** Who allowed what. */
    public String allowed() {
        return "/console/" + key + "/allowed";
    }

    public String promote() {
        return "/console/" + key + "/promote";
    }

    public String simulations() {
        return "/console/" + key + "/simulations";
    }

    /** Alone and at once. */
    public boolean mayPublish(PolicyDiff diff) {
        return (admin && !critical) || (editor() && diff.onlyTightens());
    }

    /** Whether this person has to ask somebody else first. */
    public boolean hasToAsk(PolicyDiff diff) {
        return editor() && !mayPublish(diff);
    }

    public String when(Instant at) {
        return Moments.momentInUtc(at);
    }
}
