package dev.weir.web;

import dev.weir.database.DatabaseException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a failure becomes HTTP: a page under {@code /console}, a problem (RFC 9457) elsewhere.
 *
 * <p>A cause goes to the log by its kind and place, never by its text, which may quote what was sent; and never to the client.
 */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /** What the identity provider's side answers instead of a redirect that a script could not follow. */
    private static final int SCRIPT_MUST_GO = 499;

    private static final Duration SOON = Duration.ofSeconds(5);

    @CheckedTemplate(basePath = "web")
    record failure(int status, String title, String detail, boolean signedOut) implements TemplateInstance {}

    private final Instance<WhyNot> whyNot;
    private final Shell shell;

    ProblemMapper(@Any Instance<WhyNot> whyNot, Shell shell) {
        this.whyNot = whyNot;
        this.shell = shell;
    }

    @ServerExceptionMapper
    Uni<Response> problem(Problem problem, RoutingContext context) {
        return answer(problem, context);
    }

    @ServerExceptionMapper
    Uni<Response> framework(WebApplicationException e, RoutingContext context) {
        var response = e.getResponse();
        if (response.getStatus() < 400 || response.hasEntity()) {
            return Uni.createFrom().item(response);
        }
        if (response.getStatus() >= 500) {
            log(e);
        }
        return answer(Problem.of(response.getStatus(), words(response.getStatus())), context);
    }

    @ServerExceptionMapper
    Uni<Response> invalid(ConstraintViolationException e, RoutingContext context) {
        return answer(Problem.of(400, words(400)), context);
    }

    @ServerExceptionMapper
    Uni<Response> forbidden(ForbiddenException e, RoutingContext context, SimpleResourceInfo resource) {
        var reason = whyNot.stream().flatMap(why -> why.reason().stream()).findFirst();
        return answer(Problem.forbidden(reason.orElseGet(() -> missing(resource))), context);
    }

    /** Nobody is signed in: the console sends the person to sign in, an interface answers 401. */
    @ServerExceptionMapper
    Uni<Response> nobody(UnauthorizedException e, RoutingContext context) {
        return challenge(context);
    }

    @ServerExceptionMapper
    Uni<Response> notBelieved(AuthenticationFailedException e, RoutingContext context) {
        return challenge(context);
    }

    @ServerExceptionMapper
    Uni<Response> database(DatabaseException e, RoutingContext context) {
        if (e.isUnstorable()) {
            return answer(Problem.of(422, "No text may hold the character NUL (U+0000)."), context);
        }
        if (e.isTooLong()) {
            return answer(Problem.of(422, "A text is longer than what can be stored of it."), context);
        }
        log(e);
        return answer(e.unavailable() ? Problem.unavailable(words(503), SOON) : Problem.of(500, words(500)), context);
    }

    @ServerExceptionMapper
    Uni<Response> anything(Throwable e, RoutingContext context) {
        var database = database(e);
        if (database != null) {
            return database(database, context);
        }
        log(e);
        return answer(Problem.of(500, words(500)), context);
    }

    /** What the database said, where somebody in between has wrapped it. */
    private static @Nullable DatabaseException database(Throwable e) {
        var cause = e.getCause();
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof DatabaseException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private Uni<Response> challenge(RoutingContext context) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        if (!Console.is(context) || authenticator == null) {
            return unauthorised(context);
        }
        return authenticator.getChallenge(context).chain(challenge -> toSignIn(challenge, context));
    }

    private Uni<Response> toSignIn(@Nullable ChallengeData challenge, RoutingContext context) {
        if (challenge == null) {
            return unauthorised(context);
        }
        if (challenge.status == SCRIPT_MUST_GO) {
            return Uni.createFrom()
                    .item(Response.status(401)
                            .header("HX-Redirect", Console.PATH + "/login")
                            .build());
        }
        var response = Response.status(challenge.status);
        challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
        return Uni.createFrom().item(response.build());
    }

    private Uni<Response> unauthorised(RoutingContext context) {
        return answer(Problem.of(401, words(401)), context);
    }

    private Uni<Response> answer(Problem problem, RoutingContext context) {
        if (!Console.is(context)) {
            return Uni.createFrom().item(body(problem));
        }
        var page = Uni.createFrom().item(() -> page(problem));
        // The frame around a page asks the database who is looking: never on the thread that serves everybody.
        return BlockingOperationControl.isBlockingAllowed()
                ? page
                : page.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Response page(Problem problem) {
        return started(problem)
                .type("text/html;charset=UTF-8")
                .entity(rendered(problem))
                .build();
    }

    /** With the rail around it, unless what would have to be asked for that has failed as well. */
    private String rendered(Problem problem) {
        var page = new failure(problem.status(), title(problem.status()), problem.detail(), problem.status() == 401);
        try {
            return page.render();
        } catch (RuntimeException e) {
            log(e);
            shell.standAlone();
            return page.render();
        }
    }

    private static Response body(Problem problem) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", title(problem.status()));
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        problem.members().forEach(body::putIfAbsent);
        return started(problem).type("application/problem+json").entity(body).build();
    }

    private static Response.ResponseBuilder started(Problem problem) {
        var response = Response.status(problem.status());
        problem.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        return problem.status() == 401 ? response.header("WWW-Authenticate", "Bearer") : response;
    }

    private static String title(int status) {
        var known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    private static String words(int status) {
        return switch (status) {
            case 400 -> "The request is not understood.";
            case 401 -> "Sign in, or send a valid token.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not support that method.";
            case 406 -> "There is no answer of the asked type.";
            case 413 -> "The body is too large.";
            case 415 -> "The content type is not supported here.";
            case 503 -> "Weir can't reach its database. Nothing was changed; try again shortly.";
            default ->
                status >= 500
                        ? "Something went wrong in Weir. Nothing of the request is kept; the log names the place."
                        : "The request can't be answered.";
        };
    }

    /** "This needs the role Admin or Architect." */
    private static String missing(SimpleResourceInfo resource) {
        var needed = needed(resource);
        return needed.isEmpty()
                ? "Your role does not allow this."
                : "This needs the role " + needed + ". Ask an Admin for it.";
    }

    private static String needed(SimpleResourceInfo resource) {
        var type = resource.getResourceClass();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(resource.getMethodName())
                        && Arrays.equals(method.getParameterTypes(), resource.parameterTypes()))
                .map(method -> method.getAnnotation(RolesAllowed.class))
                .filter(annotation -> annotation != null)
                .findFirst()
                .or(() -> java.util.Optional.ofNullable(type.getAnnotation(RolesAllowed.class)))
                .map(annotation -> Arrays.stream(annotation.value())
                        .map(role -> role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1))
                        .collect(Collectors.joining(" or ")))
                .orElse("");
    }

    private static void log(Throwable e) {
        LOG.errorf(bare(e, 0), "A request failed: %s", e.getClass().getName());
    }

    /** Kinds and places of a failure without its texts. */
    private static Throwable bare(Throwable e, int depth) {
        var cause = e.getCause() == null || depth > 8 ? null : bare(e.getCause(), depth + 1);
        var copy = new Throwable(e.getClass().getName(), cause);
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }
}
