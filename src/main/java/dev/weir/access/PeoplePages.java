package dev.weir.access;

import dev.weir.web.Places;
import dev.weir.web.Problem;
import dev.weir.web.PublicAddress;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** People and roles. Reads the form, calls {@link People}, picks a template; decides nothing. */
@Path("/console/people")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PeoplePages {

    /** A role to choose. */
    record Choice(String id, String title) {}

    /** One environment, and whether it is the person's own. */
    record Mark(String key, String name, boolean own) {}

    /** Somebody, and every environment there is. */
    record Line(Person person, List<Mark> marks) {

        public List<Mark> own() {
            return marks.stream().filter(Mark::own).toList();
        }
    }

    @CheckedTemplate(basePath = "access")
    record people(
            List<Line> lines,
            boolean edit,
            boolean local,
            List<Choice> roles,
            String error,
            String linkFor,
            String link,
            String login,
            String name,
            String role)
            implements TemplateInstance {}

    private final Access access;
    private final People people;
    private final OwnEnvironments own;
    private final Instance<Places> places;
    private final CurrentActor current;
    private final PublicAddress address;

    PeoplePages(
            Access access,
            People people,
            OwnEnvironments own,
            Instance<Places> places,
            CurrentActor current,
            PublicAddress address) {
        this.access = access;
        this.people = people;
        this.own = own;
        this.places = places;
        this.current = current;
        this.address = address;
    }

    @GET
    public TemplateInstance people() {
        return page("");
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Response invite(
            @RestForm @DefaultValue("") String login,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String role,
            @RestForm @DefaultValue("") String reason,
            RoutingContext context) {
        onlyLocal();
        var linked = people.invite(login, name, role, reason);
        return linked.token()
                .map(token -> Response.ok(withLink(People.normalised(login), token, context))
                        .build())
                .orElseGet(() -> Response.status(linked.outcome().pageStatus())
                        .entity(page(linked.outcome().words(), login, name, role))
                        .build());
    }

    @POST
    @Path("{id}/link")
    @RolesAllowed(Role.ADMIN)
    public Response newLink(@RestPath String id, @RestForm @DefaultValue("-1") long version, RoutingContext context) {
        onlyLocal();
        var linked = people.newLink(id, version);
        return linked.token()
                .map(token -> Response.ok(withLink(linked.person().orElseThrow().login(), token, context))
                        .build())
                .orElseGet(() -> answer(linked.outcome()));
    }

    @POST
    @Path("{id}/role")
    @RolesAllowed(Role.ADMIN)
    public Response changeRole(
            @RestPath String id,
            @RestForm @DefaultValue("") String role,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String reason) {
        onlyLocal();
        var outcome = people.changeRole(id, role, version, reason);
        return outcome == People.Outcome.OUTDATED
                ? answer(outcome, outcome.words() + " You had chosen: " + Role.title(role) + ".")
                : answer(outcome);
    }

    /** Which environments are somebody's own; none is ticked for none. */
    @POST
    @Path("{id}/environments")
    @RolesAllowed(Role.ADMIN)
    public Response changeEnvironments(
            @RestPath String id, @RestForm List<String> environment, @RestForm @DefaultValue("-1") long version) {
        onlyLocal();
        return answer(people.changeEnvironments(id, Set.copyOf(environment), version));
    }

    @POST
    @Path("{id}/disable")
    @RolesAllowed(Role.ADMIN)
    public Response disable(@RestPath String id, @RestForm @DefaultValue("-1") long version) {
        onlyLocal();
        return answer(people.disable(id, version));
    }

    @POST
    @Path("{id}/enable")
    @RolesAllowed(Role.ADMIN)
    public Response enable(@RestPath String id, @RestForm @DefaultValue("-1") long version) {
        onlyLocal();
        return answer(people.enable(id, version));
    }

    @POST
    @Path("{id}/sessions/end")
    @RolesAllowed(Role.ADMIN)
    public Response endSessions(@RestPath String id) {
        onlyLocal();
        return answer(people.endSessions(id));
    }

    private Response answer(People.Outcome outcome) {
        return answer(outcome, outcome.words());
    }

    private Response answer(People.Outcome outcome, String words) {
        return switch (outcome) {
            case DONE -> Response.seeOther(URI.create("/console/people")).build();
            case UNKNOWN -> throw Problem.notFound(outcome.words());
            default -> Response.status(outcome.pageStatus()).entity(page(words)).build();
        };
    }

    private void onlyLocal() {
        if (!access.local()) {
            throw Problem.notFound("People and their roles are kept by the identity provider.");
        }
    }

    private TemplateInstance page(String error) {
        return page(error, "", "", Role.DEVELOPER);
    }

    private TemplateInstance page(String error, String login, String name, String role) {
        return new people(
                access.local() ? lines() : List.of(),
                current.is(Role.ADMIN),
                access.local(),
                choices(),
                error,
                "",
                "",
                login,
                name,
                role);
    }

    private TemplateInstance withLink(String login, Token token, RoutingContext context) {
        return new people(
                lines(),
                true,
                true,
                choices(),
                "",
                login,
                address.of(context) + "/console/join?token=" + token.secret(),
                "",
                "",
                Role.DEVELOPER);
    }

    private List<Line> lines() {
        var all = places.stream().flatMap(some -> some.places().stream()).toList();
        var owned = own.all();
        return people.list().stream()
                .map(person -> {
                    var theirs = owned.getOrDefault(person.id(), Collections.emptySortedSet());
                    return new Line(
                            person,
                            all.stream()
                                    .map(place -> new Mark(
                                            place.key().value(),
                                            place.name(),
                                            theirs.contains(place.key().value())))
                                    .toList());
                })
                .toList();
    }

    private static List<Choice> choices() {
        return Role.ALL.stream().map(role -> new Choice(role, Role.title(role))).toList();
    }
}
