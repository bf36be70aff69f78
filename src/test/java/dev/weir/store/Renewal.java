package dev.weir.store;

import io.quarkus.arc.Arc;

/** Looks at the published policies now, so that tests need not wait for the next second. */
public final class Renewal {

    private Renewal() {}

    public static void now() {
        try (var published = Arc.container().instance(Published.class)) {
            published.get().renew();
        }
    }
}
