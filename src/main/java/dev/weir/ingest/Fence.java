package dev.weir.ingest;

import dev.weir.policy.GovernedApp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may send for an App ID: exactly its origins, and where the policy names origins, only those of them. Keeps honest
 * pages apart; a program can claim any origin, so this proves nothing about who sends.
 */
final class Fence {

    private Fence() {}

    /** {@code authority} is Weir's own host and port as the request names it. */
    static boolean admits(GovernedApp app, @Nullable String origin, @Nullable String authority) {
        if (origin == null) {
            return false;
        }
        var fence = app.policy().document().json().get("origins");
        boolean fenced = fence instanceof List<?> list && !list.isEmpty() && !list.contains(origin);
        return (app.origins().contains(origin) && !fenced) || ownPage(app, origin, authority);
    }

    /** The sample shop is served by Weir itself; only development data may come from there. */
    private static boolean ownPage(GovernedApp app, String origin, @Nullable String authority) {
        if (!app.development() || authority == null) {
            return false;
        }
        var own = authority.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }
}
