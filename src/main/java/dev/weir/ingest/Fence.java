package dev.weir.ingest;

import dev.weir.kernel.Loopback;
import dev.weir.policy.GovernedApp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may send for an App ID: exactly its origins, and where the policy names origins, only those of them. Keeps honest
 * pages apart; a program can claim any origin, so this proves nothing about who sends.
 */
final class Fence {

    private Fence() {}

    static boolean admits(GovernedApp app, @Nullable String origin, @Nullable String authority) {
        return objection(app, origin, authority).isEmpty();
    }

    /** Why a page may not send, in a word that is stored as the rule; never the origin, which may hold anything. */
    static Optional<String> objection(GovernedApp app, @Nullable String origin, @Nullable String authority) {
        if (origin == null || origin.isEmpty()) {
            return Optional.of("origin.missing");
        }
        if (origin.equals("null")) {
            return Optional.of("origin.null");
        }
        // What runs there is somebody's work in progress, never production: also where somebody has listed it.
        if (app.production() && Loopback.is(origin)) {
            return Optional.of("origin.local");
        }
        if (ownPage(app, origin, authority)) {
            return Optional.empty();
        }
        if (!app.origins().contains(origin)) {
            return Optional.of(
                    app.production() && app.elsewhere().contains(origin) ? "origin.staging" : "origin.unlisted");
        }
        var fence = app.policy().document().json().get("origins");
        boolean fenced = fence instanceof List<?> list && !list.isEmpty() && !list.contains(origin);
        return fenced ? Optional.of("origin.policy") : Optional.empty();
    }

    /** {@code authority} is Weir's own host and port as the request names it: the sample shop, for development data only. */
    private static boolean ownPage(GovernedApp app, String origin, @Nullable String authority) {
        if (!app.development() || authority == null) {
            return false;
        }
        var own = authority.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }
}
