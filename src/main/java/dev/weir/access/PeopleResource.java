package dev.weir.access;

import dev.weir.web.Paged;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * People for programs, where Weir keeps the accounts. No link is made here: who has stolen a token would be a person by it, and stay one when
 * the token is revoked. Reads the request, asks {@link People}; decides nothing.
 */
@Path(PeopleResource.HOME)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "People", description = "Who may sign in, and as what. 404 where an identity provider keeps the accounts.")
class PeopleResource {

    static final String HOME = "/api/v1/people";

    record Invitation(
            @Nullable String login,
            @Nullable String name,
            @Nullable String role,
            @Nullable String reason) {}

    /** What an Admin may change of somebody; without {@code environments}, these stay as they are. */
    record PersonSettings(
            @Nullable String role,
            @Nullable Boolean disabled,
            @Nullable Set<String> environments,
            @Nullable String reason) {}

    /** {@code state} is {@code active}, {@code invited} or {@code disabled}; {@code environments} are the person's own. */
    record ShownPerson(
            String id,
            String subject,
            String login,
            String name,
            String role,
            String state,
            List<String> environments,
            long version) {}

    private final Access access;
    private final People people;
    private final OwnEnvironments own;

    PeopleResource(Access access, People people, OwnEnvironments own) {
        this.access = access;
        this.people = people;
        this.own = own;
    }

    @GET
    @Operation(summary = "People by id, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownPerson[].class)))
    public Response list(
            @RestQuery @DefaultValue("") String cursor, @RestQuery @DefaultValue("50") int limit, UriInfo uri) {
        onlyLocal();
        return Paged.answer(people.list(), Person::id, this::told, cursor, limit, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Invite somebody",
            description =
                    "A person makes the link with which somebody sets a password, on the page People: a program gets none.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownPerson.class)))
    public Response invite(@Nullable Invitation sent) {
        onlyLocal();
        var whole = Optional.ofNullable(sent).orElseThrow(() -> Problem.of(400, "The body is empty."));
        var linked = people.invite(text(whole.login), text(whole.name), text(whole.role), text(whole.reason));
        done(linked.outcome());
        var person = linked.person().orElseThrow();
        return Versions.shown(201, told(person), person.version())
                .location(URI.create(HOME + "/" + person.id()))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One person")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownPerson.class)))
    public Response find(@RestPath String id) {
        onlyLocal();
        return shown(found(id));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Change somebody's role, whether they may sign in, and which environments are their own",
            description =
                    "The last Admin who can sign in stays one. A program makes nobody an Admin, and enables nobody: 403."
                            + " If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownPerson.class)))
    public Response change(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String match, @Nullable PersonSettings sent) {
        onlyLocal();
        found(id);
        long version = Versions.read(match);
        if (sent == null || sent.disabled == null) {
            throw Problem.of(422, "Send role and disabled.");
        }
        done(people.change(
                id,
                text(sent.role),
                sent.disabled,
                Optional.ofNullable(sent.environments),
                version,
                text(sent.reason)));
        return shown(found(id));
    }

    @POST
    @Path("{id}/sessions/end")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "End all sessions of somebody")
    @APIResponse(responseCode = "204")
    public Response endSessions(@RestPath String id) {
        onlyLocal();
        done(people.endSessions(id));
        return Response.noContent().build();
    }

    private Person found(String id) {
        return people.find(id).orElseThrow(() -> problem(People.Outcome.UNKNOWN));
    }

    private ShownPerson told(Person person) {
        return new ShownPerson(
                person.id(),
                "local:" + person.id(),
                person.login(),
                person.name(),
                person.role(),
                person.state(),
                List.copyOf(own.of(person.id())),
                person.version());
    }

    private Response shown(Person person) {
        return Versions.shown(200, told(person), person.version()).build();
    }

    private void onlyLocal() {
        if (!access.local()) {
            throw Problem.notFound("People and their roles are kept by the identity provider.");
        }
    }

    private static void done(People.Outcome outcome) {
        if (outcome != People.Outcome.DONE) {
            throw problem(outcome);
        }
    }

    private static Problem problem(People.Outcome outcome) {
        return Problem.of(outcome.status(), outcome.words());
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
