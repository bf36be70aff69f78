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
import org.jboss.resteasy.reactive.RestPath;

/** The artifact pack as the page Snippet offers it. Reads the request, asks {@link ArtifactPacks}; changes nothing. */
@Path("/console/{environment}/artifacts/{app}")
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ArtifactPages {

    private final ArtifactPacks packs;
    private final PublicAddress address;

    ArtifactPages(ArtifactPacks packs, PublicAddress address) {
        this.packs = packs;
        this.address = address;
    }

    @GET
    @Produces(PackAnswer.ZIP)
    public Response pack(
            @RestPath String environment,
            @RestPath String app,
            @Context RoutingContext context,
            @Context Request request) {
        return PackAnswer.of(packs, environment, app, address.of(context), request);
    }
}
