package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.LineDiff;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.ChangeRequest.Comment;
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
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Change requests as pages. Reads the request, asks {@link ChangeRequests}, picks a template; decides nothing. */
@Path("/console/{environment}/changes")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ChangePages {

    @CheckedTemplate(basePath = "release")
    record changes(PlaceView place, List<Listed> requests, String older, boolean mine, int waiting)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "release")
    record change(
            PlaceView place,
            ChangeRequest request,
            RequestView view,
            PolicyDiff diff,
            List<LineDiff.Line> lines,
            List<Comment> comments,
            Trials.View trial,
            List<Reviewer> reviewers,
            List<ChangeRequest.Person> candidates,
            Optional<Losses.Loss> loss,
            Collateral.Toll toll,
            List<ChangeRequest.Person> edited,
            String typed,
            String refused)
            implements TemplateInstance {}

    private final ChangeRequests requests;
    private final Parts parts;
    private final Releases releases;
    private final Trials trials;
    private final Reviewers reviewers;
    private final RequestList list;
    private final Terms terms;
    private final Editors editors;
    private final Environments environments;
    private final CurrentActor current;

    ChangePages(
            ChangeRequests requests,
            Parts parts,
            Releases releases,
            Trials trials,
            Reviewers reviewers,
            RequestList list,
            Terms terms,
            Editors editors,
            Environments environments,
            CurrentActor current) {
        this.requests = requests;
        this.parts = parts;
        this.releases = releases;
        this.trials = trials;
        this.reviewers = reviewers;
        this.list = list;
        this.terms = terms;
        this.editors = editors;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(
            @RestPath String environment,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("9223372036854775807") long restoration,
            @RestQuery @DefaultValue("") String show) {
        var place = place(environment);
        var waiting = list.waiting(place.key());
        if (show.equals("mine")) {
            return new changes(place, waiting, "", true, waiting.size());
        }
        var page = list.page(place.key(), before, restoration);
        return new changes(place, page.lines(), page.older(place.changes()), false, waiting.size());
    }

    /** Asks for the draft, or for an earlier revision where one is named, or for one part of it; or that what is in force stays. */
    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response open(
            @RestPath String environment,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("0") long restores,
            @RestForm @DefaultValue("") String section,
            @RestForm @DefaultValue("") String stays,
            @RestForm @DefaultValue("-1") long seen,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("0") int days) {
        var place = place(environment);
        var became = stays.isEmpty()
                ? asked(place.key(), version, restores, section, seen, reason, days)
                : requests.openStay(place.key(), seen, reason);
        return became.match(done -> seeOther(done.request()), refused -> {
            throw Problem.of(WhyWords.status(refused.why()), WhyWords.of(refused.why()));
        });
    }

    private Requested asked(
            EnvironmentKey place, long version, long restores, String section, long seen, String reason, int days) {
        if (restores <= 0) {
            return requests.open(place, version, reason, days);
        }
        if (section.isEmpty()) {
            return requests.openRestore(place, restores, seen, reason, days);
        }
        var part = Section.ofSlug(section).orElseThrow(() -> Problem.notFound("There is no such part."));
        return parts.restore(place, restores, part, seen, reason, days);
    }

    @GET
    @Path("{number:\\d+}")
    public TemplateInstance one(@RestPath String environment, @RestPath long number) {
        return page(place(environment), number, "", "");
    }

    @POST
    @Path("{number:\\d+}/comment")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response comment(
            @RestPath String environment, @RestPath long number, @RestForm @DefaultValue("") String comment) {
        var place = place(environment);
        return answer(place, number, comment, requests.comment(place.key(), number, comment));
    }

    @POST
    @Path("{number:\\d+}/approve")
    @RolesAllowed(Role.ADMIN)
    public Response approve(
            @RestPath String environment, @RestPath long number, @RestForm @DefaultValue("") String hash) {
        var place = place(environment);
        return answer(place, number, "", requests.approve(place.key(), number, hash));
    }

    @POST
    @Path("{number:\\d+}/reject")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response reject(
            @RestPath String environment,
            @RestPath long number,
            @RestForm @DefaultValue("") String seen,
            @RestForm @DefaultValue("") String reason) {
        var place = place(environment);
        return answer(place, number, reason, requests.reject(place.key(), number, seen, reason));
    }

    @POST
    @Path("{number:\\d+}/reviewers")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response reviewers(@RestPath String environment, @RestPath long number, @RestForm List<String> person) {
        var place = place(environment);
        return answer(place, number, "", reviewers.ask(place.key(), number, Set.copyOf(person)));
    }

    @POST
    @Path("{number:\\d+}/decline")
    @RolesAllowed(Role.ADMIN)
    public Response decline(@RestPath String environment, @RestPath long number) {
        var place = place(environment);
        return answer(place, number, "", reviewers.decline(place.key(), number));
    }

    @POST
    @Path("{number:\\d+}/publish")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response publish(
            @RestPath String environment, @RestPath long number, @RestForm @DefaultValue("") String key) {
        var place = place(environment);
        return requests.publish(place.key(), number, key)
                .match(
                        done -> Response.seeOther(URI.create(
                                        place.home() + "/" + done.release().number() + "?done=published"))
                                .build(),
                        refused ->
                                refused(place, number, "", refused.why(), WhyWords.of(refused.why(), refused.diff())));
    }

    private Response answer(PlaceView place, long number, String typed, Requested became) {
        return became.match(
                done -> seeOther(done.request()),
                refused -> refused(place, number, typed, refused.why(), WhyWords.of(refused.why())));
    }

    private Response refused(PlaceView place, long number, String typed, Why why, String words) {
        return Response.status(WhyWords.status(why))
                .entity(page(place, number, typed, words))
                .build();
    }

    private static Response seeOther(ChangeRequest request) {
        return Response.seeOther(URI.create("/console/" + request.environment() + "/changes/" + request.number()))
                .build();
    }

    private change page(PlaceView place, long number, String typed, String refused) {
        var request = requests.find(place.key(), number).orElseThrow(() -> Problem.notFound("no such request"));
        var base = releases.find(place.key(), request.base())
                .map(releases::document)
                .orElseThrow(() -> Problem.notFound("no such revision"));
        var asked = requests.document(request);
        var diff = requests.changes(request).orElseThrow();
        var loss = terms.loss(place.key(), diff);
        var toll = requests.toll(request);
        var named = reviewers.of(request);
        var me = current.actor().subject();
        var view = new RequestView(
                place,
                request,
                diff,
                requests.tag(request),
                requests.unfit(request),
                releases.inForce(place.key()).flatMap(Release::term),
                requests.outdated(request),
                request.author().subject().equals(current.actor().subject()),
                place.editor() || current.is(Role.DEVELOPER),
                loss.filter(Losses.Loss::takesTwo).isPresent() || toll.takesTwo(),
                named.stream()
                        .filter(one -> one.answer() == Reviewer.Answer.WAITING)
                        .anyMatch(one -> one.person().subject().equals(me)));
        return new change(
                place,
                request,
                view,
                diff,
                LineDiff.between(base, asked),
                requests.comments(request),
                trials.of(request),
                named,
                request.state() == ChangeRequest.State.OPEN && place.editor() ? unasked(request, named) : List.of(),
                loss,
                toll,
                editors.of(request),
                typed,
                refused);
    }

    private List<ChangeRequest.Person> unasked(ChangeRequest request, List<Reviewer> named) {
        return reviewers.candidates(request).stream()
                .filter(person -> named.stream().noneMatch(one -> one.person().equals(person)))
                .toList();
    }

    private PlaceView place(String key) {
        return PlaceView.of(key, environments, current);
    }
}
