package dev.weir.access;

import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Signing in and out. Reads the form, calls {@link LocalSignIn} or the identity provider, sets the cookie; decides nothing. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class SignInPages {

    private static final String REFUSED =
            "Name or password is wrong, or there were too many attempts: Weir then waits up to 15 minutes.";

    private static final String BUSY = "Too many people are signing in at this moment. Try again in a few seconds.";

    private static final int SOON_SECONDS = 5;

    @CheckedTemplate(basePath = "access")
    record login(String to, String login, String error) implements TemplateInstance {}

    @CheckedTemplate(basePath = "access")
    record signedOut() implements TemplateInstance {}

    private final Access access;
    private final LocalSignIn signIn;
    private final Sessions sessions;
    private final Provider provider;

    SignInPages(Access access, LocalSignIn signIn, Sessions sessions, Provider provider) {
        this.access = access;
        this.signIn = signIn;
        this.sessions = sessions;
        this.provider = provider;
    }

    @GET
    @Path("login")
    public Response page(@RestQuery @DefaultValue("") String to) {
        if (!access.local()) {
            return Response.seeOther(ReturnPath.of(to)).build();
        }
        return Response.ok(new login(to, "", "")).build();
    }

    @POST
    @Path("login")
    public Response signIn(
            @RestForm @DefaultValue("") String login,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String to,
            HttpHeaders headers,
            RoutingContext context) {
        if (!access.local()) {
            throw Problem.notFound("Signing in is up to the identity provider.");
        }
        var address = context.request().remoteAddress().hostAddress();
        var attempt = signIn.attempt(login, password, address, browser(headers));
        if (attempt.busy()) {
            return Response.status(503)
                    .header("Retry-After", SOON_SECONDS)
                    .entity(new login(to, login, BUSY))
                    .build();
        }
        var token = attempt.token();
        if (token.isEmpty()) {
            return Response.status(401).entity(new login(to, login, REFUSED)).build();
        }
        // A session that the browser brought along is not continued: whoever planted it would be signed in as well.
        SessionMechanism.token(context).ifPresent(sessions::end);
        SessionMechanism.give(context, token.get());
        return Response.seeOther(ReturnPath.of(to)).build();
    }

    @POST
    @Path("logout")
    public Response signOut(RoutingContext context) {
        SessionMechanism.token(context).ifPresent(sessions::end);
        SessionMechanism.takeAway(context);
        var next = access.local() ? URI.create("/console/login") : provider.signOut(context);
        return Response.seeOther(next)
                .header("Clear-Site-Data", "\"cache\", \"storage\"")
                .build();
    }

    /** Where an identity provider sends the browser back to. */
    @GET
    @Path("signed-out")
    public TemplateInstance signedOut() {
        return new signedOut();
    }

    static String browser(HttpHeaders headers) {
        var name = headers.getHeaderString(HttpHeaders.USER_AGENT);
        return name == null ? "" : name;
    }
}
