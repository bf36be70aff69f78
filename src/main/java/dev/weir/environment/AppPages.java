package dev.weir.environment;

import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** The forms of one App ID, on the page of its environment. Reads the form, calls {@link Environments}; decides nothing. */
@Path("/console/environments/{key}/apps/{app}")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.ADMIN)
class AppPages {

    static final String NOT_NAMED = "Say in at most 100 characters which site or server it is for.";

    private static final int LONGEST_OVERLAP_DAYS = 365;

    private final Environments environments;
    private final EnvironmentView view;

    AppPages(Environments environments, EnvironmentView view) {
        this.environments = environments;
        this.view = view;
    }

    @POST
    @Path("label")
    public Response label(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String label,
            @RestForm @DefaultValue("-1") long version) {
        return EnvironmentPages.named(label)
                ? change(key, app, id -> environments.label(id, label.strip(), version))
                : view.refused(view.found(key), app, NOT_NAMED);
    }

    @POST
    @Path("origins")
    public Response addOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("-1") long version) {
        var objection = Origin.parse(origin).objection();
        return objection == null
                ? change(key, app, id -> environments.addOrigin(id, origin, version))
                : view.refused(view.found(key), app, objection);
    }

    @POST
    @Path("origins/remove")
    public Response removeOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("-1") long version) {
        return change(key, app, id -> environments.removeOrigin(id, origin, version));
    }

    @POST
    @Path("rotate")
    public Response rotate(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("14") int days,
            @RestForm @DefaultValue("-1") long version) {
        return days >= 0 && days <= LONGEST_OVERLAP_DAYS
                ? change(key, app, id -> environments.rotate(id, Duration.ofDays(days), version))
                : view.refused(view.found(key), app, "The overlap is 0 to 365 days.");
    }

    @POST
    @Path("retire")
    public Response retire(@RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        return change(key, app, id -> environments.retire(id, version));
    }

    @POST
    @Path("server-key")
    public Response requireServerKey(
            @RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        return environments
                .requireServerKey(id(environment, app), version)
                .map(secret -> view.withKey(environment, app, secret))
                .orElseGet(() -> view.answer(environment, app, Outcome.OUTDATED));
    }

    @POST
    @Path("server-key/drop")
    public Response dropServerKey(
            @RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        return change(key, app, id -> environments.dropServerKey(id, version));
    }

    private Response change(String key, String app, Function<AppId, Outcome> change) {
        var environment = view.found(key);
        return view.answer(environment, app, change.apply(id(environment, app)));
    }

    /** The App ID, if it belongs to this environment. */
    private static AppId id(Environment environment, String digits) {
        return environment.apps().stream()
                .map(App::id)
                .filter(app -> app.digits().equals(digits))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such App ID in this environment."));
    }
}
