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
    public Response ask(@RestPath String key, @RestForm @DefaultValue("") String reason) {
        var environment = view.found(key);
        return answer(environment, wishes.ask(environment.key(), reason));
    }

    @POST
    @Path("agree")
    public Response agree(@RestPath String key) {
        var environment = view.found(key);
        return answer(environment, wishes.agree(environment.key()));
    }

    @POST
    @Path("decline")
    public Response decline(@RestPath String key) {
        var environment = view.found(key);
        return answer(environment, wishes.decline(environment.key()));
    }

    private Response answer(Environment environment, Answer answer) {
        if (answer == Answer.DONE) {
            return EnvironmentView.to(environment.key());
        }
        return answer == Answer.OWN_WISH
                ? view.forbidden(environment, words(answer))
                : view.refused(environment, "", words(answer));
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case DONE -> "";
            case UNKNOWN -> "There is no such environment.";
            case NOT_CRITICAL -> "This environment is not critical.";
            case REASON_MISSING ->
                "Give a reason of " + UncriticalWishes.MIN_REASON + " to " + UncriticalWishes.MAX_REASON
                        + " characters.";
            case NOTHING_ASKED -> "Nobody asks for this any more.";
            case OWN_WISH -> "Nobody agrees to what they asked for themselves.";
            case ASKER_WITHOUT_ROLE -> "Whoever asked for this is no Admin any more. Ask for it anew.";
        };
    }
}
