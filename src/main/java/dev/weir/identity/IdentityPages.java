package dev.weir.identity;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.identity.LinkCuts.Why;
import dev.weir.jobs.Job;
import dev.weir.store.Erasing.Name;
import dev.weir.store.IdentityLinks;
import dev.weir.store.IdentityLinks.Link;
import dev.weir.web.Moments;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Links of somebody who is asked for by name, and cutting one, as a page. Decides nothing; no name is ever in an address. */
@Path("/console/{environment}/identities")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class IdentityPages {

    /** What somebody looked for, as they typed it. */
    record Sought(boolean identity, String name, List<Line> links) {
        static final Sought NOBODY = new Sought(true, "", List.of());

        public boolean any() {
            return !name.isEmpty();
        }

        public boolean full() {
            return links.size() == IdentityLinks.MOST;
        }

        public boolean linked() {
            return links.stream().anyMatch(line -> line.link().linked());
        }

        public boolean cut() {
            return links.stream().anyMatch(Line::parted);
        }
    }

    /** One link; of the identity a page shows what somebody typed, or else what stands for it. */
    record Line(Link link, String identity, String since, String how, String cut) {

        public boolean parted() {
            return !link.linked();
        }
    }

    /** What somebody asked for, as whoever looks may decide about it. */
    record Waiting(
            String id,
            String when,
            String by,
            String state,
            boolean counted,
            long events,
            String user,
            String identity,
            boolean releasable,
            boolean another,
            boolean declinable) {}

    @CheckedTemplate(basePath = "identity")
    record links(
            Environment place,
            boolean admin,
            boolean mayAsk,
            long alone,
            Sought sought,
            List<Waiting> waiting,
            String done,
            String refused)
            implements TemplateInstance {}

    private final LinkCuts cuts;
    private final Environments environments;
    private final CurrentActor current;

    IdentityPages(LinkCuts cuts, Environments environments, CurrentActor current) {
        this.cuts = cuts;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance show(@RestPath String environment) {
        return page(place(environment), Sought.NOBODY, "", "");
    }

    /** Looks for somebody by name: asked by a form, so that the name is in no address and no log. */
    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response look(
            @RestPath String environment,
            @RestForm @DefaultValue("identity") String kind,
            @RestForm @DefaultValue("") String name) {
        var place = place(environment);
        var sought = name(kind, name);
        var objection = Asking.objection(sought);
        return objection.isEmpty()
                ? Response.ok(page(place, sought(place, sought), "", "")).build()
                : answer(422, page(place, Sought.NOBODY, "", objection));
    }

    /** Asks that a link be cut; how many events it is about is counted first. */
    @POST
    @Path("cuts")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response ask(
            @RestPath String environment,
            @RestForm @DefaultValue("identity") String kind,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String link,
            @RestForm @DefaultValue("") String why) {
        var place = place(environment);
        return said(place, name(kind, name), link, why.strip(), (sought, chosen) -> {
            var asked = cuts.ask(place.key(), sought, chosen, why.strip());
            return asked.job()
                    .map(job -> to("/console/jobs/" + job.id()))
                    .orElseGet(() -> refused(place, sought(place, sought), asked.why()));
        });
    }

    @POST
    @Path("cuts/{id}/release")
    @RolesAllowed(Role.ADMIN)
    public Response release(@RestPath String environment, @RestPath String id) {
        var place = place(environment);
        return decided(place, cuts.release(place.key(), id));
    }

    @POST
    @Path("cuts/{id}/decline")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response decline(@RestPath String environment, @RestPath String id) {
        var place = place(environment);
        return decided(place, cuts.decline(place.key(), id));
    }

    @POST
    @Path("restores")
    @RolesAllowed(Role.ADMIN)
    public Response restore(
            @RestPath String environment,
            @RestForm @DefaultValue("identity") String kind,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String link,
            @RestForm @DefaultValue("") String why) {
        var place = place(environment);
        return said(place, name(kind, name), link, why.strip(), (sought, chosen) -> {
            var became = cuts.restore(place.key(), sought, chosen, why.strip());
            return became == Why.DONE
                    ? Response.ok(page(place, sought(place, sought), "The link is there again, as it was.", ""))
                            .build()
                    : refused(place, sought(place, sought), became);
        });
    }

    /** What is done with a link of somebody, once enough is said of all three; else the page again, with what is missing. */
    private Response said(
            Environment place, Name sought, String link, String why, BiFunction<Name, UUID, Response> done) {
        var chosen = Asking.link(link);
        var objection = Asking.objection(sought, chosen, why);
        return objection.isEmpty()
                ? done.apply(sought, chosen.orElseThrow())
                : answer(422, page(place, sought(place, sought), "", objection));
    }

    private Response decided(Environment place, Why became) {
        return became == Why.DONE
                ? to("/console/" + place.key() + "/identities")
                : refused(place, Sought.NOBODY, became);
    }

    private Response refused(Environment place, Sought sought, Why why) {
        return answer(Asking.status(why), page(place, sought, "", Asking.words(why, cuts.alone())));
    }

    private static Response answer(int status, TemplateInstance page) {
        return Response.status(status).entity(page).build();
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    private static Name name(String kind, String name) {
        return new Name(kind.equals("identity"), name.strip());
    }

    private Sought sought(Environment place, Name name) {
        if (!Asking.objection(name).isEmpty()) {
            return Sought.NOBODY;
        }
        var lines = cuts.links(place.key(), name).stream()
                .map(link -> line(link, name))
                .toList();
        return new Sought(name.identity(), name.text(), lines);
    }

    private static Line line(Link link, Name name) {
        return new Line(
                link,
                name.identity() ? name.text() : link.alias(),
                Moments.momentInUtc(link.since()),
                Asking.door(link.door()),
                link.cut().map(cut -> Moments.momentInUtc(cut.at())).orElse(""));
    }

    private links page(Environment place, Sought sought, String done, String refused) {
        boolean admin = current.is(Role.ADMIN);
        return new links(
                place,
                admin,
                admin || current.is(Role.ARCHITECT),
                cuts.alone(),
                sought,
                cuts.waiting(place.key()).stream().map(this::waiting).toList(),
                done,
                refused);
    }

    private Waiting waiting(Job count) {
        boolean admin = current.is(Role.ADMIN);
        boolean architect = current.is(Role.ARCHITECT);
        var target = admin || architect ? cuts.target(count) : Optional.<CutRows.Target>empty();
        var objection = cuts.objection(count);
        boolean counted = objection != Why.NOT_WAITING;
        return new Waiting(
                count.id(),
                Moments.momentInUtc(count.askedAt()),
                count.askedBy().name(),
                count.state().id(),
                counted,
                LinkCuts.events(count),
                target.map(CutRows.Target::user).orElse(""),
                target.map(CutRows.Target::alias).orElse(""),
                objection == Why.DONE && admin,
                objection == Why.NEEDS_ANOTHER,
                counted && (admin || (architect && cuts.mine(count))));
    }

    private Environment place(String environment) {
        return environments.named(environment).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
