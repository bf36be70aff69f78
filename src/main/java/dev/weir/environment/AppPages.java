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
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** The forms of one App ID, on the page of its environment. Reads the form, calls {@link AppIds}; decides nothing. */
@Path("/console/environments/{key}/apps/{app}")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.ADMIN)
class AppPages {

    private final AppIds apps;
    private final EnvironmentView view;

    AppPages(AppIds apps, EnvironmentView view) {
        this.apps = apps;
        this.view = view;
    }

    @POST
    @Path("label")
    public Response label(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String label,
            @RestForm @DefaultValue("-1") long version) {
        return change(key, app, label, id -> apps.label(id, label, version));
    }

    @POST
    @Path("origins")
    public Response addOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("-1") long version) {
        var objection = Origin.parse(origin).objection();
        return objection == null
                ? change(key, app, origin, id -> apps.addOrigin(id, origin, version, reason))
                : view.refused(Outcome.ORIGIN_WRONG.pageStatus(), view.found(key), app, objection, origin);
    }

    @POST
    @Path("origins/remove")
    public Response removeOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("-1") long version) {
        return change(key, app, "", id -> apps.removeOrigin(id, origin, version));
    }

    @POST
    @Path("rotate")
    public Response rotate(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("14") int days,
            @RestForm @DefaultValue("-1") long version) {
        return change(key, app, "", id -> apps.rotate(id, days, version).outcome());
    }

    @POST
    @Path("retire")
    public Response retire(@RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        return change(key, app, "", id -> apps.retire(id, version));
    }

    @POST
    @Path("server-key")
    public Response requireServerKey(
            @RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        var changed = apps.requireServerKey(id(environment, app), version);
        return changed.made()
                .map(secret -> view.withKey(environment, app, secret))
                .orElseGet(() -> view.answer(environment, app, changed.outcome(), ""));
    }

    @POST
    @Path("server-key/drop")
    public Response dropServerKey(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("-1") long version) {
        return change(key, app, "", id -> apps.dropServerKey(id, version, reason));
    }

    private Response change(String key, String app, String typed, Function<AppId, Outcome> change) {
        var environment = view.found(key);
        return view.answer(environment, app, change.apply(id(environment, app)), typed);
    }

    private static AppId id(Environment environment, String digits) {
        return environment.app(digits).map(App::id).orElseThrow(() -> Problem.notFound(Outcome.UNKNOWN.words()));
    }
}
