package dev.weir.history;

import dev.weir.access.People;
import dev.weir.access.Role;
import dev.weir.restoration.Versioned;
import dev.weir.web.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of a person: roles, and whether they may sign in. Decides nothing. */
@Path("/console/people/{id}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class PersonHistory {

    private final Versions versions;
    private final People people;

    PersonHistory(Versions versions, People people) {
        this.versions = versions;
        this.people = people;
    }

    @GET
    public TemplateInstance history(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var person = people.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such person."));
        return versions.page(
                new Subject(
                        Versioned.PERSON,
                        person.id(),
                        "",
                        person.name(),
                        "People",
                        "/console/people",
                        "/console/people/" + person.id() + "/history"),
                row,
                before);
    }
}
