package dev.weir.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Tells a program as whom its token is believed. A cookie of the console means nothing here. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class MeResource {

    /** Who it is, for programs. */
    record Me(String subject, String name, List<String> roles) {}

    private final CurrentActor current;

    MeResource(CurrentActor current) {
        this.current = current;
    }

    @GET
    public Me me() {
        var actor = current.actor();
        return new Me(
                actor.subject(),
                actor.name(),
                Role.ALL.stream().filter(current::is).toList());
    }
}
