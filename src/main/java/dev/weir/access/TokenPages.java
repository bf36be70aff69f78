package dev.weir.access;

import dev.weir.access.PersonalToken.Scope;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;

/** Tokens for programs: one's own to make and revoke, everybody's to see and for an Admin to revoke. A secret is shown once, by the answer that made it. */
@Path("/console/account/tokens")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class TokenPages {

    private static final int UNPROCESSABLE = 422;

    @CheckedTemplate(basePath = "access")
    record tokens(
            boolean local,
            boolean admin,
            List<PersonalToken> tokens,
            List<PersonalTokens.Known> everybody,
            List<Scope> scopes,
            Instant now,
            String name,
            String secret,
            String error)
            implements TemplateInstance {}

    private final Access access;
    private final PersonalTokens tokens;
    private final Sessions sessions;
    private final CurrentActor current;
    private final Clock clock;

    TokenPages(Access access, PersonalTokens tokens, Sessions sessions, CurrentActor current, Clock clock) {
        this.access = access;
        this.tokens = tokens;
        this.sessions = sessions;
        this.current = current;
        this.clock = clock;
    }

    @GET
    public TemplateInstance list(RoutingContext context) {
        return access.local()
                ? page(own(context), "", "", "")
                : new tokens(false, false, List.of(), List.of(), List.of(), clock.instant(), "", "", "");
    }

    @POST
    public Response make(
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String scope,
            @RestForm @DefaultValue("") String days,
            RoutingContext context) {
        var own = own(context);
        var called = name.strip();
        if (called.isEmpty()
                || called.length() > PersonalToken.MAX_NAME
                || called.chars().anyMatch(Character::isISOControl)) {
            return refused(own, name, "Give it a name of at most 100 characters: the change log will show it.");
        }
        var wanted = Scope.of(scope);
        var length = Optional.of(days.strip())
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(number -> number >= 1 && number <= PersonalToken.MAX_DAYS);
        if (wanted.isEmpty() || length.isEmpty()) {
            return refused(own, name, "A token has a scope, and lasts 1 to 365 days.");
        }
        var made = tokens.make(own, session(context), called, wanted.get(), length.get());
        if (made.ended()) {
            throw Problem.of(401, "This session has ended.");
        }
        return made.secret()
                .map(secret -> Response.ok(page(own, "", secret, ""))
                        .header("Cache-Control", "no-store")
                        .build())
                .orElseGet(() -> refused(own, name, "You have 20 tokens: revoke one first."));
    }

    @POST
    @Path("revoke")
    public Response revoke(@RestForm @DefaultValue("") String token, RoutingContext context) {
        own(context);
        if (!tokens.revoke(token)) {
            throw Problem.notFound("There is no such token.");
        }
        return Response.seeOther(URI.create("/console/account/tokens")).build();
    }

    private Response refused(Account own, String name, String why) {
        return Response.status(UNPROCESSABLE).entity(page(own, name, "", why)).build();
    }

    private tokens page(Account own, String name, String secret, String error) {
        return new tokens(
                true,
                current.is(Role.ADMIN),
                tokens.of(own),
                tokens.newest(),
                Scope.madeBy(own.role()),
                clock.instant(),
                name,
                secret,
                error);
    }

    private Account own(RoutingContext context) {
        return sessions.account(session(context)).orElseThrow(() -> Problem.of(401, "This session has ended."));
    }

    private static Token session(RoutingContext context) {
        return SessionMechanism.token(context)
                .orElseThrow(() -> Problem.notFound("Accounts are kept by the identity provider."));
    }
}
