package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.release.Emergencies.Plea;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Emergencies as pages. Reads the request, asks {@link Emergencies}, picks a template; decides nothing. */
@Path("/console/{environment}/emergencies")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EmergencyPages {

    @CheckedTemplate(basePath = "release")
    record emergencies(PlaceView place, List<Shown> found) implements TemplateInstance {}

    /** One of them, with its revision, and whether whoever looks may review it. */
    record Shown(Emergency emergency, Release release, boolean mayReview) {}

    private final Emergencies emergencies;
    private final Releases releases;
    private final Environments environments;
    private final CurrentActor current;

    EmergencyPages(Emergencies emergencies, Releases releases, Environments environments, CurrentActor current) {
        this.emergencies = emergencies;
        this.releases = releases;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(@RestPath String environment) {
        var place = place(environment);
        var found = emergencies.of(place.key()).stream()
                .map(one -> new Shown(
                        one,
                        releases.find(place.key(), one.revision()).orElseThrow(),
                        place.admin()
                                && !one.reviewed()
                                && emergencies.unfit(one).isEmpty()))
                .toList();
        return new emergencies(place, found);
    }

    /** Publishes the draft, or an earlier revision where one is named. */
    @POST
    @RolesAllowed(Role.ADMIN)
    public Response publish(
            @RestPath String environment,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("0") long restores,
            @RestForm @DefaultValue("-1") long seen,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("0") int days,
            @RestForm @DefaultValue("") String key) {
        var place = place(environment);
        var plea = new Plea(reason, days, key);
        var became = restores > 0
                ? emergencies.restore(place.key(), restores, seen, plea)
                : emergencies.publish(place.key(), version, plea);
        return became.match(
                done -> Response.seeOther(
                                URI.create(place.home() + "/" + done.release().number() + "?done=published"))
                        .build(),
                refused -> {
                    throw Problem.of(WhyWords.status(refused.why()), WhyWords.of(refused.why(), refused.diff()));
                });
    }

    @POST
    @Path("{number:\\d+}/review")
    @RolesAllowed(Role.ADMIN)
    public Response review(
            @RestPath String environment, @RestPath long number, @RestForm @DefaultValue("") String reason) {
        var place = place(environment);
        emergencies.review(place.key(), number, reason).ifPresent(why -> {
            throw Problem.of(WhyWords.status(why), WhyWords.of(why));
        });
        return Response.seeOther(URI.create(place.emergencies())).build();
    }

    private PlaceView place(String key) {
        return PlaceView.of(key, environments, current);
    }
}
