package dev.weir.access;

import dev.weir.web.Moments;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/** One's own account: password and sessions. Never anybody else's. */
@Path("/console/account")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class AccountPages {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** A session as a row. */
    record Row(String id, String began, String seen, String browser, boolean thisOne) {}

    @CheckedTemplate(basePath = "access")
    record account(boolean local, String login, List<Row> sessions, String error, String done)
            implements TemplateInstance {}

    private final Access access;
    private final Sessions sessions;
    private final People people;
    private final Patience patience;
    private final Hashing hashing;

    AccountPages(Access access, Sessions sessions, People people, Patience patience, Hashing hashing) {
        this.access = access;
        this.sessions = sessions;
        this.people = people;
        this.patience = patience;
        this.hashing = hashing;
    }

    @GET
    public TemplateInstance account(RoutingContext context) {
        if (!access.local()) {
            return new account(false, "", List.of(), "", "");
        }
        return page(context, "", "");
    }

    @POST
    @Path("password")
    public Response changePassword(
            @RestForm @DefaultValue("") String current,
            @RestForm @DefaultValue("") String password,
            RoutingContext context) {
        var session = session(context);
        var own = own(context);
        var address = context.request().remoteAddress().hostAddress();
        // Whoever finds an open window must not be able to try out passwords in it.
        if (!patience.admits(own.login(), address)) {
            return wrong(context);
        }
        var matches = hashing.matches(current, own.passwordHash().orElse(null));
        if (matches.isEmpty()) {
            patience.withdraw(own.login(), address);
            throw Problem.unavailable("Too many people are signing in at this moment. Nothing was changed.", SOON);
        }
        if (!matches.get()) {
            people.refusedPassword(own);
            return wrong(context);
        }
        patience.succeeded(own.login(), address);
        var objection = Passwords.objection(password, own.login());
        if (objection.isPresent()) {
            return Response.status(422)
                    .entity(page(context, objection.get(), ""))
                    .build();
        }
        if (!people.changeOwnPassword(own, password, session)) {
            return wrong(context);
        }
        return Response.ok(page(context, "", "The password is changed. All your other sessions have ended."))
                .build();
    }

    private Response wrong(RoutingContext context) {
        return Response.status(422)
                .entity(page(context, "The current password is wrong, or there were too many attempts.", ""))
                .build();
    }

    @POST
    @Path("sessions/end")
    public Response endSession(@RestForm @DefaultValue("") String session, RoutingContext context) {
        people.endOwnSession(own(context), session);
        return Response.seeOther(URI.create("/console/account")).build();
    }

    private TemplateInstance page(RoutingContext context, String error, String done) {
        var own = own(context);
        var here = session(context).hash();
        var rows = sessions.of(own.id()).stream()
                .map(s -> new Row(s.id(), time(s.createdAt()), time(s.seenAt()), s.browser(), s.id().equals(here)))
                .toList();
        return new account(true, own.login(), rows, error, done);
    }

    private static String time(Instant at) {
        return Moments.momentInUtc(at);
    }

    private Token session(RoutingContext context) {
        return SessionMechanism.token(context)
                .orElseThrow(() -> Problem.notFound("Accounts are kept by the identity provider."));
    }

    private Account own(RoutingContext context) {
        return sessions.account(session(context)).orElseThrow(() -> Problem.of(401, "This session has ended."));
    }
}
