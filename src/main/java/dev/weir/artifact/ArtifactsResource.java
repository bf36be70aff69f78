package dev.weir.artifact;

import dev.weir.access.Role;
import dev.weir.web.PublicAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The artifact pack for programs. Reads the request, asks {@link ArtifactPacks}; changes nothing. */
@Path("/api/v1/artifacts/{environment}/{app}")
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Artifacts", description = "What whoever deploys an App ID has to know, as one zip: docs/artifact-pack.md.")
class ArtifactsResource {

    private final ArtifactPacks packs;
    private final PublicAddress address;

    ArtifactsResource(ArtifactPacks packs, PublicAddress address) {
        this.packs = packs;
        this.address = address;
    }

    @GET
    @Produces(PackAnswer.ZIP)
    @Operation(
            summary = "The artifact pack of one App ID",
            description =
                    "Equal content gives equal bytes. The ETag is the hash that manifest.json names; Repr-Digest is that of the"
                            + " zip. Who takes it is told in the change log, unless If-None-Match says that they have it.")
    public Response pack(
            @RestPath String environment,
            @RestPath String app,
            @Context RoutingContext context,
            @Context Request request) {
        return PackAnswer.of(packs, environment, app, address.of(context), request);
    }
}
