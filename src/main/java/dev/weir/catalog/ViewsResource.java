package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Saved views for programs. Reads the request, calls {@link SavedViews}, puts the outcome into HTTP; decides nothing. */
@Path("/api/v1/definitions/views")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Definitions")
class ViewsResource {

    /** What a view asks for; what is left out it does not ask for. */
    record QueryBody(
            @Nullable String q,
            @Nullable String status,
            @Nullable String type,
            @Nullable String tag,
            @Nullable String owner,
            @Nullable String category,
            @Nullable String breaks) {

        static QueryBody of(Query query) {
            return new QueryBody(
                    query.q(),
                    query.status(),
                    query.type(),
                    query.tag(),
                    query.owner(),
                    query.category(),
                    query.breaks());
        }

        Query query() {
            return new Query(text(q), text(status), text(type), text(tag), text(owner), text(category), text(breaks));
        }
    }

    record SentView(
            @Nullable String name,
            @Nullable Boolean shared,
            @Nullable QueryBody query) {}

    record ShownView(
            String id, String name, boolean shared, QueryBody query, String maker, boolean mine, long version) {}

    record ViewsBody(List<ShownView> views) {}

    private final SavedViews saved;

    ViewsResource(SavedViews saved) {
        this.saved = saved;
    }

    @GET
    @Operation(summary = "One's own saved views, and those that others share")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ViewsBody.class)))
    public Response list(
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("" + Slice.MOST) int limit,
            UriInfo uri) {
        var start = Paging.start(cursor, limit);
        var slice =
                Slice.of(saved.list(), view -> new Cursor(DefinitionRows.key(view.name()), view.id()), start, limit);
        return Paging.answer(
                new ViewsBody(slice.things().stream().map(this::view).toList()), slice, uri);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One saved view")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownView.class)))
    public Response find(@RestPath String id) {
        return shown(200, saved.find(id).orElseThrow(() -> problem(ViewOutcome.UNKNOWN)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Save a view")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownView.class)))
    public Response save(@Nullable SentView sent) {
        var whole = whole(sent);
        var made = done(saved.save(text(whole.name), query(whole), Boolean.TRUE.equals(whole.shared)));
        return Response.fromResponse(shown(201, made))
                .location(URI.create("/api/v1/definitions/views/" + made.id()))
                .build();
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Change a saved view", description = "If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownView.class)))
    public Response change(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String match, @Nullable SentView sent) {
        long version = Versions.read(match);
        var whole = whole(sent);
        return shown(
                200,
                done(saved.change(id, text(whole.name), query(whole), Boolean.TRUE.equals(whole.shared), version)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Remove a saved view", description = "If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "204")
    public Response remove(@RestPath String id, @HeaderParam("If-Match") @Nullable String match) {
        var outcome = saved.remove(id, Versions.read(match));
        if (outcome != ViewOutcome.DONE) {
            throw problem(outcome);
        }
        return Response.noContent().build();
    }

    private static SentView whole(@Nullable SentView sent) {
        if (sent == null) {
            throw Problem.of(400, "The body is empty.");
        }
        return sent;
    }

    private static Query query(SentView sent) {
        return sent.query == null ? Query.ALL : sent.query.query();
    }

    private static View done(SavedViews.Result result) {
        if (result.outcome() != ViewOutcome.DONE) {
            throw problem(result.outcome());
        }
        return result.view().orElseThrow();
    }

    private static Problem problem(ViewOutcome outcome) {
        return Problem.of(outcome.status(), outcome.words());
    }

    private Response shown(int status, View view) {
        return Response.status(status)
                .entity(view(view))
                .tag(new EntityTag(Long.toString(view.version())))
                .build();
    }

    private ShownView view(View view) {
        return new ShownView(
                view.id(),
                view.name(),
                view.shared(),
                QueryBody.of(view.query()),
                view.made().name(),
                saved.mine(view),
                view.version());
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
