package dev.weir.artifact;

import dev.weir.web.Problem;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** A pack over HTTP: told in the change log, then streamed. Who has it already gets nothing, and nothing is told. */
final class PackAnswer {

    static final String ZIP = "application/zip";

    private static final int UNPROCESSABLE = 422;

    private PackAnswer() {}

    static Response of(ArtifactPacks packs, String environment, String app, String server, Request request) {
        var pack = packs.of(environment, app, server)
                .orElseThrow(() -> Problem.notFound("There is no such App ID at work in this environment."));
        if (pack.tooLarge()) {
            throw Problem.of(
                    UNPROCESSABLE,
                    "A pack holds at most 16 MiB, and there is more. Take definitions and policy by themselves.");
        }
        var tag = new EntityTag(pack.hash());
        var same = request.evaluatePreconditions(tag);
        if (same != null) {
            return same.build();
        }
        packs.taken(environment, app, pack);
        StreamingOutput content = pack::writeTo;
        return Response.ok(content, ZIP)
                .tag(tag)
                .header("Repr-Digest", pack.digest())
                .header("Content-Disposition", "attachment; filename=\"weir-" + environment + "-" + app + ".zip\"")
                .build();
    }
}
