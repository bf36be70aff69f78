package dev.weir.environment;

import dev.weir.access.Role;
import dev.weir.environment.UncriticalWishes.Answer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** The forms by which an environment stops being critical. Reads the request, asks {@link UncriticalWishes}; decides nothing. */
@Path("/console/environments/{key}/uncritical")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed(Role.ADMIN)
class UncriticalPages {

    private final UncriticalWishes wishes;
    private final EnvironmentView view;

    UncriticalPages(UncriticalWishes wishes, EnvironmentView view) {
        this.wishes = wishes;
        this.view = view;
    }

    @POST
    public Response ask(
            @RestPath String key,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        return answer(environment, wishes.ask(environment.key(), reason, version), reason);
    }

    @POST
    @Path("agree")
    public Response agree(@RestPath String key, @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        return answer(environment, wishes.agree(environment.key(), version), "");
    }

    @POST
    @Path("decline")
    public Response decline(@RestPath String key, @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        return answer(environment, wishes.decline(environment.key(), version), "");
    }

    private Response answer(Environment environment, Answer answer, String typed) {
        return answer == Answer.DONE
                ? EnvironmentView.to(environment.key())
                : view.refused(answer.pageStatus(), environment, "", answer.words(), typed);
    }
}
