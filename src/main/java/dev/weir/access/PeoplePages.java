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
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** People and roles. Reads the form, calls {@link People}, picks a template; decides nothing. */
@Path("/console/people")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PeoplePages {

    private static final String LAST_ADMIN =
            "This is the last Admin who can sign in. Make somebody else an Admin first.";

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
            RoutingContext context) {
        onlyLocal();
        var normalised = People.normalised(login);
        var objection = EntryPages.objection(name, normalised)
                .or(() -> Role.ALL.contains(role) ? Optional.empty() : Optional.of("Choose a role."));
        if (objection.isPresent()) {
            return Response.status(422)
                    .entity(page(objection.get(), login, name, role))
                    .build();
        }
        return people.invite(normalised, name.strip(), role)
                .map(token -> Response.ok(withLink(normalised, token, context)).build())
                .orElseGet(() -> Response.status(409)
                        .entity(page("Somebody has this sign-in name already.", login, name, role))
                        .build());
    }

    @POST
    @Path("{id}/link")
    @RolesAllowed(Role.ADMIN)
    public TemplateInstance newLink(@RestPath String id, RoutingContext context) {
        onlyLocal();
        var person = people.list().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such person."));
        return people.newLink(id)
                .map(token -> withLink(person.login(), token, context))
                .orElseThrow(() -> Problem.of(409, "This person is disabled."));
    }

    @POST
    @Path("{id}/role")
    @RolesAllowed(Role.ADMIN)
    public Response changeRole(@RestPath String id, @RestForm @DefaultValue("") String role) {
        onlyLocal();
        if (!Role.ALL.contains(role)) {
            return Response.status(422).entity(page("Choose a role.")).build();
        }
        return answer(people.changeRole(id, role));
    }

    /** Which environments are somebody's own; none is ticked for none. */
    @POST
    @Path("{id}/environments")
    @RolesAllowed(Role.ADMIN)
    public Response changeEnvironments(@RestPath String id, @RestForm List<String> environment) {
        onlyLocal();
        return answer(people.changeEnvironments(id, Set.copyOf(environment)));
    }

    @POST
    @Path("{id}/disable")
    @RolesAllowed(Role.ADMIN)
    public Response disable(@RestPath String id) {
        onlyLocal();
        return answer(people.disable(id));
    }

    @POST
    @Path("{id}/enable")
    @RolesAllowed(Role.ADMIN)
    public Response enable(@RestPath String id) {
        onlyLocal();
        return answer(people.enable(id));
    }

    @POST
    @Path("{id}/sessions/end")
    @RolesAllowed(Role.ADMIN)
    public Response endSessions(@RestPath String id) {
        onlyLocal();
        return answer(people.endSessions(id));
    }

    private Response answer(People.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Response.seeOther(URI.create("/console/people")).build();
            case LAST_ADMIN -> Response.status(409).entity(page(LAST_ADMIN)).build();
            case UNKNOWN -> throw Problem.notFound("There is no such person, or no such environment.");
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
