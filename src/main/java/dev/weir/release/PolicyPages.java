package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.LineDiff;
import dev.weir.privacy.PolicyDiff;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Revisions, publishing and rolling back, as pages. Reads the request, asks {@link Releases}, picks a template; decides nothing. */
@Path("/console/{environment}/policy")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PolicyPages {

    @CheckedTemplate(basePath = "release")
    record revisions(PlaceView place, Release inForce, List<Release> releases, boolean more, long last, long changes)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "release")
    record revision(
            PlaceView place,
            Release release,
            Release inForce,
            boolean published,
            Optional<ChangeRequest> agreed,
            Optional<Emergency> emergency,
            PolicyDiff toPrevious,
            PolicyDiff toInForce,
            List<LineDiff.Line> lines,
            String pretty)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "release")
    record publish(
            PlaceView place,
            Release inForce,
            Draft draft,
            PolicyDiff diff,
            List<LineDiff.Line> lines,
            Trials.View trial,
            Optional<Losses.Loss> loss,
            Collateral.Toll toll,
            boolean alone,
            String reason,
            String refused,
            boolean reasonWrong,
            boolean keyWrong)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "release")
    record restore(
            PlaceView place,
            Release release,
            Release inForce,
            PolicyDiff diff,
            List<LineDiff.Line> lines,
            Optional<Losses.Loss> loss,
            Collateral.Toll toll,
            boolean alone,
            String reason,
            String refused,
            boolean reasonWrong,
            boolean keyWrong)
            implements TemplateInstance {}

    private final Releases releases;
    private final ChangeRequests requests;
    private final Emergencies emergencies;
    private final Drafts drafts;
    private final Trials trials;
    private final Terms terms;
    private final Environments environments;
    private final CurrentActor current;

    PolicyPages(
            Releases releases,
            ChangeRequests requests,
            Emergencies emergencies,
            Drafts drafts,
            Trials trials,
            Terms terms,
            Environments environments,
            CurrentActor current) {
        this.releases = releases;
        this.requests = requests;
        this.emergencies = emergencies;
        this.drafts = drafts;
        this.trials = trials;
        this.terms = terms;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance revisions(
            @RestPath String environment, @RestQuery @DefaultValue("9223372036854775807") long before) {
        var place = place(environment);
        var inForce = inForce(place);
        var found = releases.revisions(place.key(), before);
        long last = found.isEmpty() ? 1 : found.get(found.size() - 1).number();
        var changes = PolicyDiff.between(
                releases.document(inForce), drafts.of(place.key()).document());
        return new revisions(place, inForce, found, last > 1, last, changes.size());
    }

    @GET
    @Path("{number:\\d+}")
    public TemplateInstance revision(
            @RestPath String environment, @RestPath long number, @RestQuery @DefaultValue("") String done) {
        var place = place(environment);
        var release = release(place, number);
        var inForce = inForce(place);
        var document = releases.document(release);
        var previous = releases.find(place.key(), number - 1).map(releases::document);
        return new revision(
                place,
                release,
                inForce,
                done.equals("published"),
                release.request().flatMap(request -> requests.find(place.key(), request)),
                emergencies.find(place.key(), number),
                previous.map(before -> PolicyDiff.between(before, document)).orElseGet(() -> new PolicyDiff(List.of())),
                PolicyDiff.between(document, releases.document(inForce)),
                previous.map(before -> LineDiff.between(before, document)).orElseGet(List::of),
                LineDiff.pretty(document));
    }

    /** The canonical form: exactly the bytes that were hashed. */
    @GET
    @Path("{number:\\d+}.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json(@RestPath String environment, @RestPath long number) {
        var release = releases.exported(place(environment).key(), number)
                .orElseThrow(() -> Problem.notFound("There is no such revision."));
        return Response.ok(release.canonical().getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON)
                .header("ETag", '"' + release.hash() + '"')
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"policy-" + release.environment() + "-" + number + ".json\"")
                .build();
    }

    @GET
    @Path("publish")
    public TemplateInstance publish(@RestPath String environment) {
        return publish(place(environment), "", Optional.empty());
    }

    @POST
    @Path("publish")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(
            @RestPath String environment,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("") String key) {
        var place = place(environment);
        return releases.publish(place.key(), version, reason, key)
                .match(
                        done -> seeOther(done.release()),
                        refused -> Response.status(WhyWords.status(refused.why()))
                                .entity(publish(place, reason, Optional.of(refused)))
                                .build());
    }

    @GET
    @Path("{number:\\d+}/restore")
    public TemplateInstance restore(@RestPath String environment, @RestPath long number) {
        return restore(place(environment), number, "", Optional.empty());
    }

    @POST
    @Path("{number:\\d+}/restore")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(
            @RestPath String environment,
            @RestPath long number,
            @RestForm @DefaultValue("-1") long seen,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("") String key) {
        var place = place(environment);
        return releases.restore(place.key(), number, seen, reason, key)
                .match(
                        done -> seeOther(done.release()),
                        refused -> Response.status(WhyWords.status(refused.why()))
                                .entity(restore(place, number, reason, Optional.of(refused)))
                                .build());
    }

    private TemplateInstance publish(PlaceView place, String reason, Optional<Publication.Refused> refused) {
        var inForce = inForce(place);
        var draft = drafts.of(place.key());
        var before = releases.document(inForce);
        var diff = PolicyDiff.between(before, draft.document());
        var loss = terms.loss(place.key(), diff);
        var toll = terms.collateral(place.key(), before, draft.document());
        return new publish(
                place,
                inForce,
                draft,
                diff,
                LineDiff.between(before, draft.document()),
                trials.ofDraft(place.key()),
                loss,
                toll,
                alone(place, diff, loss, toll),
                reason,
                refused.map(found -> WhyWords.of(found.why(), found.diff())).orElse(""),
                is(refused, Why.REASON_MISSING),
                is(refused, Why.KEY_NOT_CONFIRMED));
    }

    private TemplateInstance restore(
            PlaceView place, long number, String reason, Optional<Publication.Refused> refused) {
        var inForce = inForce(place);
        var release = release(place, number);
        PolicyDocument before = releases.document(inForce);
        PolicyDocument after = releases.document(release);
        var diff = PolicyDiff.between(before, after);
        var loss = terms.loss(place.key(), diff);
        var toll = terms.collateral(place.key(), before, after);
        return new restore(
                place,
                release,
                inForce,
                diff,
                LineDiff.between(before, after),
                loss,
                toll,
                alone(place, diff, loss, toll),
                reason,
                refused.map(found -> WhyWords.of(found.why(), found.diff())).orElse(""),
                is(refused, Why.REASON_MISSING),
                is(refused, Why.KEY_NOT_CONFIRMED));
    }

    private static boolean alone(PlaceView place, PolicyDiff diff, Optional<Losses.Loss> loss, Collateral.Toll toll) {
        return place.mayPublish(diff) && loss.filter(Losses.Loss::takesTwo).isEmpty() && !toll.takesTwo();
    }

    private static boolean is(Optional<Publication.Refused> refused, Why why) {
        return refused.filter(found -> found.why() == why).isPresent();
    }

    private static Response seeOther(Release release) {
        return Response.seeOther(URI.create(
                        "/console/" + release.environment() + "/policy/" + release.number() + "?done=published"))
                .build();
    }

    private Release inForce(PlaceView place) {
        return releases.inForce(place.key()).orElseThrow(() -> Problem.notFound("No policy is in force here."));
    }

    private Release release(PlaceView place, long number) {
        return releases.find(place.key(), number).orElseThrow(() -> Problem.notFound("There is no such revision."));
    }

    private PlaceView place(String key) {
        return PlaceView.of(key, environments, current);
    }
}
