package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.matching.Stability;
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
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The definitions, one by one and as a list. Reads the form, calls {@link Definitions}, picks a template; decides nothing. */
@Path("/console/definitions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class DefinitionPages {

    /** What one may choose from above the list. */
    record Choices(
            List<Status> statuses,
            List<String> types,
            List<String> tags,
            List<String> owners,
            List<String> categories) {}

    /** The list as it is shown; {@code more} is the address of its next page. */
    record Listed(
            Query query,
            List<Definition> definitions,
            long count,
            @Nullable String more,
            boolean drafts,
            Map<String, List<Broken>> broken) {

        /** Which standards one breaks, and nobody has waived. */
        public List<Broken> broken(Definition definition) {
            return broken.getOrDefault(definition.id(), List.of()).stream()
                    .filter(each -> each.waived().isEmpty())
                    .toList();
        }

        public boolean blocked(Definition definition) {
            return broken(definition).stream().anyMatch(Broken::blocks);
        }

        /** What the chosen ones can be made. */
        public List<Status> statuses() {
            return Arrays.asList(Status.values());
        }
    }

    /** Where one may go from here, and in which words. */
    record Step(Status status, String label) {}

    @CheckedTemplate(basePath = "catalog")
    record list(
            Listed page,
            Choices choices,
            List<View> views,
            boolean drafts,
            MatcherVersion matcher,
            String done,
            List<String> refusals)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "catalog")
    record list$rows(Listed page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "catalog")
    record detail(
            Definition definition,
            List<Step> steps,
            boolean edits,
            boolean own,
            String objection,
            List<Broken> broken,
            boolean waives,
            Stability stability,
            Hindsight.@Nullable Back back,
            List<Places.Place> places)
            implements TemplateInstance {}

    private final Definitions definitions;
    private final Conformity conformity;
    private final Waivers waivers;
    private final Hindsight hindsight;
    private final Matching matching;
    private final BulkEdit bulk;
    private final SavedViews views;
    private final Places places;
    private final Shell shell;
    private final CurrentActor current;

    DefinitionPages(
            Definitions definitions,
            Conformity conformity,
            Waivers waivers,
            Hindsight hindsight,
            Matching matching,
            BulkEdit bulk,
            SavedViews views,
            Places places,
            Shell shell,
            CurrentActor current) {
        this.definitions = definitions;
        this.conformity = conformity;
        this.waivers = waivers;
        this.hindsight = hindsight;
        this.matching = matching;
        this.bulk = bulk;
        this.views = views;
        this.places = places;
        this.shell = shell;
        this.current = current;
    }

    @GET
    public TemplateInstance list(
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String status,
            @RestQuery @DefaultValue("") String type,
            @RestQuery @DefaultValue("") String tag,
            @RestQuery @DefaultValue("") String owner,
            @RestQuery @DefaultValue("") String category,
            @RestQuery @DefaultValue("") String breaks,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("") String done,
            @HeaderParam("HX-Request") @Nullable String htmx,
            @HeaderParam("HX-History-Restore-Request") @Nullable String restored) {
        var query = new Query(q, status, type, tag, owner, category, Query.BREAKS.contains(breaks) ? breaks : "");
        var page = listed(query, Cursor.of(cursor).orElse(Cursor.START));
        return htmx != null && restored == null
                ? new list$rows(page)
                : new list(
                        page,
                        choices(),
                        views.list(),
                        definitions.drafts(),
                        matching.inForce(),
                        Notices.words(done),
                        List.of());
    }

    @POST
    @Path("bulk")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response bulk(
            @RestForm @Nullable List<String> chosen,
            @RestForm @DefaultValue("") String action,
            @RestForm @DefaultValue("") String value) {
        var some = chosen == null
                ? List.<BulkEdit.Chosen>of()
                : chosen.stream()
                        .map(BulkEdit.Chosen::of)
                        .flatMap(Optional::stream)
                        .toList();
        if (some.isEmpty() || some.size() > BulkEdit.MOST || value.length() > Form.LONGEST_NAME * 10) {
            return again(List.of("Choose 1 to 500 definitions."));
        }
        var refusals = bulk.apply(some, action, value).stream()
                .filter(BulkEdit.Row::refused)
                .map(BulkEdit.Row::words)
                .toList();
        return refusals.isEmpty()
                ? Response.seeOther(URI.create("/console/definitions?done=bulk"))
                        .build()
                : again(refusals);
    }

    private Response again(List<String> refusals) {
        var page = listed(Query.ALL, Cursor.START);
        return Response.status(422)
                .entity(new list(page, choices(), views.list(), definitions.drafts(), matching.inForce(), "", refusals))
                .build();
    }

    private Listed listed(Query query, Cursor after) {
        var some = definitions.list(query, after, Definitions.PAGE);
        var more = some.next().map(next -> "/console/definitions?" + Addresses.of(query, next));
        return new Listed(
                query,
                some.definitions(),
                definitions.count(query),
                more.orElse(null),
                definitions.drafts(),
                conformity.of(some.definitions()));
    }

    private Choices choices() {
        return new Choices(
                Arrays.asList(Status.values()),
                Details.TYPES.stream().map(EventType::wire).toList(),
                definitions.tags(),
                definitions.owners(),
                definitions.categories());
    }

    @GET
    @Path("{id}")
    public TemplateInstance detail(@RestPath String id) {
        return shown(found(id), "");
    }

    @POST
    @Path("{id}/status")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response move(
            @RestPath String id,
            @RestForm @DefaultValue("") String status,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("-1") long version) {
        found(id);
        var to = Status.of(status).orElseThrow(() -> Problem.of(400, "There is no such status."));
        if (reason.strip().length() > 1000) {
            return refused(id, 422, "A reason has at most 1000 characters.");
        }
        return answer(id, definitions.move(id, to, version, reason.strip()));
    }

    @POST
    @Path("{id}/share")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response share(@RestPath String id, @RestForm @DefaultValue("-1") long version) {
        found(id);
        return answer(id, definitions.share(id, version));
    }

    @POST
    @Path("{id}/waivers")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response waive(
            @RestPath String id,
            @RestForm @DefaultValue("") String rule,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("-1") long version) {
        found(id);
        return answer(id, waivers.waive(id, rule, version, reason.strip()));
    }

    private Response answer(String id, Definitions.Result result) {
        var outcome = result.outcome();
        return outcome == Outcome.DONE
                ? Response.seeOther(URI.create("/console/definitions/" + id)).build()
                : refused(id, outcome.status() == 412 ? 409 : outcome.status(), result.words());
    }

    private Response refused(String id, int status, String words) {
        return Response.status(status).entity(shown(found(id), words)).build();
    }

    private Definition found(String id) {
        return definitions.find(id).orElseThrow(() -> Problem.notFound(Outcome.UNKNOWN.words()));
    }

    private TemplateInstance shown(Definition definition, String objection) {
        var place = shell.place();
        var back = place == null
                ? null
                : hindsight.back(
                        place.key(),
                        definition.details().type(),
                        definition.details().filter());
        boolean weighty = definition.status().weighty();
        boolean own = Definitions.own(definition, current.actor()) || definitions.tied(definition, current.actor());
        var broken = conformity.of(definition);
        return new detail(
                definition,
                steps(definition),
                weighty ? definitions.curates() : definitions.drafts(),
                own,
                objection,
                broken,
                definitions.curates()
                        && !own
                        && !definition.personal()
                        && definition.status() != Status.ARCHIVED
                        && broken.stream().anyMatch(Broken::blocks),
                Stability.of(definition.details().filter()),
                back,
                places.places());
    }

    /** What this person may do next; the door decides again. */
    private List<Step> steps(Definition definition) {
        if (!definitions.drafts()) {
            return List.of();
        }
        return definition.status().next().stream()
                .filter(to -> definitions.curates()
                        || !(to.weighty() || definition.status().weighty()))
                .filter(to -> !definition.personal() || to == Status.ARCHIVED)
                .map(to -> new Step(to, label(definition.status(), to)))
                .toList();
    }

    private static String label(Status from, Status to) {
        return switch (to) {
            case DRAFT -> from == Status.ARCHIVED ? "Take out of the archive" : "Back to draft";
            case IN_REVIEW -> "Ask for review";
            case VERIFIED -> "Verify";
            case DEPRECATED -> "Deprecate";
            case ARCHIVED -> "Archive";
        };
    }
}
