package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Saved views: made from the list, kept here. Reads the form, calls {@link SavedViews}, picks a template; decides nothing. */
@Path("/console/definitions/views")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ViewPages {

    /** A view, and what this person may do with it. */
    record Kept(View view, boolean mine, boolean removable) {}

    @CheckedTemplate(basePath = "catalog")
    record views(List<Kept> views, String objection) implements TemplateInstance {}

    private final SavedViews saved;

    ViewPages(SavedViews saved) {
        this.saved = saved;
    }

    @GET
    public TemplateInstance views() {
        return shown("");
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response save(
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String shared,
            @RestForm @DefaultValue("") String q,
            @RestForm @DefaultValue("") String status,
            @RestForm @DefaultValue("") String type,
            @RestForm @DefaultValue("") String tag,
            @RestForm @DefaultValue("") String owner,
            @RestForm @DefaultValue("") String category,
            @RestForm @DefaultValue("") String breaks) {
        var query = new Query(q, status, type, tag, owner, category, breaks);
        var result = saved.save(name, query, !shared.isEmpty());
        return result.outcome() == ViewOutcome.DONE
                ? Response.seeOther(URI.create("/console/definitions?" + Addresses.of(query, Cursor.START)))
                        .build()
                : refused(result.outcome());
    }

    @POST
    @Path("{id}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response change(
            @RestPath String id,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String shared,
            @RestForm @DefaultValue("-1") long version) {
        var old = saved.find(id).orElseThrow(ViewPages::unknown);
        return answer(
                saved.change(id, name, old.query(), !shared.isEmpty(), version).outcome());
    }

    @POST
    @Path("{id}/remove")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response remove(@RestPath String id, @RestForm @DefaultValue("-1") long version) {
        var outcome = saved.remove(id, version);
        if (outcome == ViewOutcome.UNKNOWN) {
            throw unknown();
        }
        return answer(outcome);
    }

    private Response answer(ViewOutcome outcome) {
        return outcome == ViewOutcome.DONE
                ? Response.seeOther(URI.create("/console/definitions/views")).build()
                : refused(outcome);
    }

    private Response refused(ViewOutcome outcome) {
        return Response.status(outcome == ViewOutcome.OUTDATED ? 409 : outcome.status())
                .entity(shown(outcome.words()))
                .build();
    }

    private views shown(String objection) {
        return new views(
                saved.list().stream()
                        .map(view -> new Kept(view, saved.mine(view), saved.removable(view)))
                        .toList(),
                objection);
    }

    private static Problem unknown() {
        return Problem.notFound(ViewOutcome.UNKNOWN.words());
    }
}
