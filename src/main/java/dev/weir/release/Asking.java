package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
import dev.weir.web.Problem;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** What became of asking for a change, as an answer of HTTP: a request and its address, or why there is none. */
public final class Asking {

    /** What was looked at is not what is there any more. On a page that is a conflict like others; a program tells it apart. */
    private static final Set<Why> LOST =
            Set.of(Why.DRAFT_CHANGED, Why.OTHER_REVISION_IN_FORCE, Why.OTHER_CONTENT, Why.REQUEST_CHANGED);

    private Asking() {}

    /** 201 where a request was made, 200 where the same person had asked for the same already: either way, its address. */
    public static Response answer(Requested became) {
        return became.match(
                done -> Response.status(done.made() ? Response.Status.CREATED : Response.Status.OK)
                        .location(URI.create("/api/v1/changes/"
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
        return problem(why, new PolicyDiff(List.of()));
    }

    static Problem problem(Why why, PolicyDiff diff) {
        return Problem.of(LOST.contains(why) ? 412 : WhyWords.status(why), WhyWords.of(why, diff));
    }
}
