package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Stability;
import dev.weir.catalog.standards.Deviation;
import dev.weir.event.EventType;
import dev.weir.web.Places;
import dev.weir.web.Problem;
import dev.weir.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The editor of one definition, with what it would have matched. Reads the form, calls the doors, picks a template; decides nothing. */
@Path("/console/definitions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
class EditorPages {

    /**
     * The editor as it is shown.
     *
     * @param id empty for a new definition
     * @param pasted HTML to try the filter on
     */
    record Editing(
            String id,
            long version,
            boolean personal,
            Form form,
            Map<String, String> errors,
            String objection,
            String environment,
            Seen seen,
            String pasted,
            List<Deviation> deviations) {

        public @Nullable String error(String field) {
            return errors.get(field);
        }

        public String action() {
            return id.isEmpty() ? "/console/definitions" : "/console/definitions/" + id;
        }

        public String back() {
            return action();
        }
    }

    /** What the filter finds: in stored events, and in pasted HTML. {@code wrong} says why nothing can be shown. */
    record Seen(
            String wrong,
            @Nullable Preview preview,
            @Nullable PastedPage page,
            @Nullable Stability stability) {
        static final Seen NOTHING = new Seen("", null, null, null);
    }

    @CheckedTemplate(basePath = "catalog")
    record edit(
            Editing page,
            List<Places.Place> places,
            List<String> types,
            List<Criticality> levels,
            List<Deviation> deviations)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "catalog")
    record edit$seen(Editing page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "catalog")
    record edit$standards(List<Deviation> deviations) implements TemplateInstance {}

    private static final List<String> TYPES =
            Details.TYPES.stream().map(EventType::wire).toList();

    private final Definitions definitions;
    private final Conformity conformity;
    private final Hindsight hindsight;
    private final Matching matching;
    private final Places places;
    private final Shell shell;

    EditorPages(
            Definitions definitions,
            Conformity conformity,
            Hindsight hindsight,
            Matching matching,
            Places places,
            Shell shell) {
        this.definitions = definitions;
        this.conformity = conformity;
        this.hindsight = hindsight;
        this.matching = matching;
        this.places = places;
        this.shell = shell;
    }

    @GET
    @Path("new")
    public TemplateInstance blank() {
        return shown(new Editing("", 0, false, Form.EMPTY, Map.of(), "", here(), Seen.NOTHING, "", List.of()));
    }

    @GET
    @Path("{id}/edit")
    public TemplateInstance editor(@RestPath String id, @RestQuery @DefaultValue("") String environment) {
        var definition = found(id);
        var form = Form.of(definition.details());
        var place = environment.isEmpty() ? here() : environment;
        return shown(new Editing(
                id,
                definition.version(),
                definition.personal(),
                form,
                Map.of(),
                "",
                place,
                seen(form, place, ""),
                "",
                conformity.of(form)));
    }

    @POST
    @Path("preview")
    public TemplateInstance preview(
            @RestForm @DefaultValue("") String filter, @HeaderParam("HX-Request") @Nullable String htmx) {
        var posted = Posted.form();
        var place = posted.text("environment");
        var form = posted.definition();
        var page = new Editing(
                posted.text("id"),
                posted.version(),
                !posted.text("personal").isEmpty(),
                form,
                Map.of(),
                "",
                place,
                seen(form, place, posted.text("pasted")),
                posted.text("pasted"),
                conformity.of(form));
        return htmx == null ? shown(page) : new edit$seen(page);
    }

    /** What it would break, while it is typed: this asks for no event. */
    @POST
    @Path("deviations")
    public TemplateInstance deviations(@RestForm @DefaultValue("") String filter) {
        return new edit$standards(conformity.of(Posted.form().definition()));
    }

    @POST
    public Response create(@RestForm @DefaultValue("") String filter) {
        var posted = Posted.form();
        var read = posted.definition().read();
        if (read.details().isEmpty()) {
            return again(posted, "", 422, read.errors(), "");
        }
        var result = definitions.create(
                read.details().get(), !posted.text("personal").isEmpty());
        return result.outcome() == Outcome.DONE
                ? to(result.definition().orElseThrow().id())
                : again(posted, "", result.outcome().status(), Map.of(), result.words());
    }

    @POST
    @Path("{id}")
    public Response change(@RestPath String id, @RestForm @DefaultValue("") String filter) {
        found(id);
        var posted = Posted.form();
        var read = posted.definition().read();
        if (read.details().isEmpty()) {
            return again(posted, id, 422, read.errors(), "");
        }
        var result = definitions.change(id, read.details().get(), posted.version());
        var outcome = result.outcome();
        return outcome == Outcome.DONE
                ? to(id)
                : again(posted, id, outcome == Outcome.OUTDATED ? 409 : outcome.status(), Map.of(), result.words());
    }

    private Response again(Posted posted, String id, int status, Map<String, String> errors, String objection) {
        var page = new Editing(
                id,
                posted.version(),
                !posted.text("personal").isEmpty(),
                posted.definition(),
                errors,
                objection,
                posted.text("environment"),
                Seen.NOTHING,
                posted.text("pasted"),
                conformity.of(posted.definition()));
        return Response.status(status).entity(shown(page)).build();
    }

    private Seen seen(Form form, String environment, String html) {
        var type = EventType.of(form.type()).filter(Details.TYPES::contains);
        if (form.filter().isBlank() || type.isEmpty()) {
            return Seen.NOTHING;
        }
        return Filter.parse(form.filter().strip())
                .match(
                        filter -> new Seen(
                                "",
                                places.places().stream()
                                        .filter(place -> place.key().value().equals(environment))
                                        .findFirst()
                                        .map(place -> hindsight.preview(place.key(), type.get(), filter))
                                        .orElse(null),
                                html.isBlank() ? null : PastedPage.read(html, type.get(), matching.test(filter)),
                                Stability.of(filter)),
                        refused -> new Seen(
                                "The filter can't be read: at character " + (refused.position() + 1) + ", "
                                        + refused.message() + ".",
                                null,
                                null,
                                null));
    }

    private String here() {
        var place = shell.place();
        return place == null ? "" : place.key().value();
    }

    private TemplateInstance shown(Editing page) {
        return new edit(page, places.places(), TYPES, Arrays.asList(Criticality.values()), page.deviations());
    }

    private Definition found(String id) {
        return definitions.find(id).orElseThrow(() -> Problem.notFound(Outcome.UNKNOWN.words()));
    }

    private static Response to(String id) {
        return Response.seeOther(URI.create("/console/definitions/" + id)).build();
    }
}
