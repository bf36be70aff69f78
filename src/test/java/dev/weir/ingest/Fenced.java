package dev.weir.ingest;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.GovernedApp;
import java.util.Optional;
import java.util.Set;

/** Who may send under a policy, for tests of what a change of its fence does: the App ID lists all origins. */
public final class Fenced {

    private final GovernedApp app;

    public Fenced(CompiledPolicy policy, Set<String> origins) {
        this.app = new GovernedApp(
                new AppId("1234567890"),
                new Revision(new EnvironmentKey("fenced"), 1, policy.document().hash()),
                policy,
                origins,
                false,
                false,
                Set.of(),
                Optional.empty());
    }

    public boolean admits(String origin) {
        return Fence.admits(app, origin, null);
    }
}
