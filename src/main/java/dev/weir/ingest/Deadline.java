package dev.weir.ingest;

import io.vertx.core.Vertx;

/**
 * Until when a body must have come. Nearly all come with their head, in what the event loop is reading now: those need no timer, which
 * would cost more than reading them.
 */
final class Deadline {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final long millis;
    private final Runnable late;
    private boolean over;
    private long timer = NONE;

    Deadline(Vertx vertx, long millis, Runnable late) {
        this.vertx = vertx;
        this.millis = millis;
        this.late = late;
    }

    /** On the event loop, after what would tell that the body is there. */
    void begin() {
        vertx.runOnContext(afterwards -> {
            if (!over) {
                timer = vertx.setTimer(millis, passed -> late.run());
            }
        });
    }

    void over() {
        over = true;
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
    }
}
