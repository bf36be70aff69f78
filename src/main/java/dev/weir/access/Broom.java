package dev.weir.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets ended sessions and old failures, every hour. Nothing depends on it but the size of two tables. */
@ApplicationScoped
class Broom {

    private final Sessions sessions;
    private final Patience patience;

    Broom(Sessions sessions, Patience patience) {
        this.sessions = sessions;
        this.patience = patience;
    }

    @Scheduled(every = "1h", delayed = "10m")
    void sweep() {
        sessions.forgetEnded();
        patience.forgetOld();
    }
}
