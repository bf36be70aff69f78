package dev.weir.ingest;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads one body on the event loop, within limits of size, of time and of the memory of all bodies together. What comes after a
 * refusal is read and thrown away, so that the sender gets to see the answer.
 */
final class Receiving {

    private static final long THROWN_AWAY = 32L * 1024 * 1024;

    private final HttpServerRequest request;
    private final int limit;
    private final AtomicLong inFlight;
    private final long mostInFlight;
    private final Consumer<byte[]> whole;
    private final Consumer<Refused> refused;
    private Buffer body = Buffer.buffer();
    private long held;
    private long seen;
    private boolean decided;

    Receiving(
            HttpServerRequest request,
            int limit,
            AtomicLong inFlight,
            long mostInFlight,
            Consumer<byte[]> whole,
            Consumer<Refused> refused) {
        this.request = request;
        this.limit = limit;
        this.inFlight = inFlight;
        this.mostInFlight = mostInFlight;
        this.whole = whole;
        this.refused = refused;
    }

    void start(Vertx vertx, long millis) {
        request.handler(this::chunk);
        var deadline = new Deadline(vertx, millis, this::late);
        request.endHandler(end -> {
            deadline.over();
            end();
        });
        request.exceptionHandler(failure -> {
            deadline.over();
            refuse(Refused.CUT_OFF);
        });
        if (declared() > limit) {
            refuse(Refused.TOO_LARGE);
        } else if (request.headers().contains("Expect", "100-continue", true)) {
            request.response().writeContinue();
        }
        request.resume();
        deadline.begin();
    }

    /** Who was refused before has had the time to see why. */
    private void late() {
        if (decided) {
            request.connection().close();
        } else {
            refuse(Refused.TIMEOUT);
        }
    }

    /**
     * For a request that is answered without its body: what comes of it is thrown away, so that the sender gets to see the answer, but only
     * for as long as a body may take.
     */
    static void throwAway(HttpServerRequest request, Vertx vertx, long millis) {
        var seen = new AtomicLong();
        var deadline = new Deadline(vertx, millis, () -> request.connection().close());
        request.endHandler(end -> deadline.over());
        request.handler(chunk -> {
            if (seen.addAndGet(chunk.length()) > THROWN_AWAY) {
                request.connection().close();
            }
        });
        request.exceptionHandler(failure -> deadline.over());
        request.resume();
        deadline.begin();
    }

    private long declared() {
        try {
            var length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void chunk(Buffer chunk) {
        seen += chunk.length();
        if (decided) {
            if (seen > THROWN_AWAY) {
                request.connection().close();
            }
            return;
        }
        if (seen > limit) {
            refuse(Refused.TOO_LARGE);
        } else if (inFlight.addAndGet(chunk.length()) > mostInFlight) {
            inFlight.addAndGet(-chunk.length());
            refuse(Refused.busy(Duration.ofSeconds(5)));
        } else {
            held += chunk.length();
            body.appendBuffer(chunk);
        }
    }

    private void end() {
        if (!decided) {
            decided = true;
            whole.accept(body.getBytes());
        }
    }

    private void refuse(Refused why) {
        if (!decided) {
            decided = true;
            body = Buffer.buffer();
            release();
            refused.accept(why);
        }
    }

    /** To be called once, when the body is no longer needed. */
    void release() {
        inFlight.addAndGet(-held);
        held = 0;
    }
}
