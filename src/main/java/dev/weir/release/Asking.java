package dev.weir.release;

import dev.weir.web.Problem;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** What became of asking for a change, as an answer of HTTP: a request and its address, or why there is none. */
public final class Asking {

    private Asking() {}

    public static Response answer(Requested became) {
        return became.match(
                done -> Response.created(URI.create("/api/v1/changes/"
                                + done.request().environment() + "/"
                                + done.request().number()))
                        .entity(Told.request(done.request()))
                        .build(),
                refused -> {
                    throw problem(refused.why());
                });
    }

    /** In words, and with the status that goes with them. */
    public static Problem problem(Why why) {
        return Problem.of(WhyWords.status(why), WhyWords.of(why));
    }
}
