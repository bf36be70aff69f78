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

/** The two pages that one-time links open: the first Admin's, and setting a password. A link that is not good says so. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class EntryPages {

    @CheckedTemplate(basePath = "access")
    record setup(String token, String name, String login, String error) implements TemplateInstance {}

    @CheckedTemplate(basePath = "access")
    record join(String token, String name, String login, String error) implements TemplateInstance {}

    @CheckedTemplate(basePath = "access")
    record dead(String hint) implements TemplateInstance {}

    private final Access access;
    private final FirstAdmin firstAdmin;
    private final People people;
    private final Sessions sessions;

    EntryPages(Access access, FirstAdmin firstAdmin, People people, Sessions sessions) {
        this.access = access;
        this.firstAdmin = firstAdmin;
        this.people = people;
        this.sessions = sessions;
    }

    @GET
    @Path("setup")
    public Response setUp(@RestQuery @DefaultValue("") String token) {
        onlyLocal();
        return firstAdmin.good(new Token(token))
                ? Response.ok(new setup(token, "", "", "")).build()
                : deadSetUp();
    }

    @POST
    @Path("setup")
    public Response createFirstAdmin(
            @RestForm @DefaultValue("") String token,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String login,
            @RestForm @DefaultValue("") String password,
            HttpHeaders headers,
            RoutingContext context) {
        onlyLocal();
        if (!firstAdmin.good(new Token(token))) {
            return deadSetUp();
        }
        var normalised = People.normalised(login);
        var objection = People.objection(name, normalised)
                .map(People.Outcome::words)
                .or(() -> Passwords.objection(password, normalised));
        if (objection.isPresent()) {
            return Response.status(422)
                    .entity(new setup(token, name, login, objection.get()))
                    .build();
        }
        var admin = firstAdmin.create(new Token(token), normalised, name.strip(), password);
        if (admin.isEmpty()) {
            return deadSetUp();
        }
        sessions.begin(admin.get(), SignInPages.browser(headers))
                .ifPresent(session -> SessionMechanism.give(context, session));
        return Response.seeOther(URI.create("/console")).build();
    }

    @GET
    @Path("join")
    public Response join(@RestQuery @DefaultValue("") String token) {
        onlyLocal();
        return people.holder(new Token(token))
                .map(account -> Response.ok(new join(token, account.name(), account.login(), ""))
                        .build())
                .orElseGet(EntryPages::deadJoin);
    }

    @POST
    @Path("join")
    public Response setPassword(@RestForm @DefaultValue("") String token, @RestForm @DefaultValue("") String password) {
        onlyLocal();
        var holder = people.holder(new Token(token));
        if (holder.isEmpty()) {
            return deadJoin();
        }
        var objection = Passwords.objection(password, holder.get().login());
        if (objection.isPresent()) {
            return Response.status(422)
                    .entity(new join(token, holder.get().name(), holder.get().login(), objection.get()))
                    .build();
        }
        return people.setPassword(new Token(token), password)
                ? Response.seeOther(URI.create("/console/login")).build()
                : deadJoin();
    }

    private void onlyLocal() {
        if (!access.local()) {
            throw Problem.notFound("Accounts are kept by the identity provider.");
        }
    }

    private static Response deadSetUp() {
        return Response.status(404)
                .entity(
                        new dead(
                                "It is good once, for 60 minutes, and only while there is no Admin. Restart Weir to get a new one in its log, or sign in."))
                .build();
    }

    private static Response deadJoin() {
        return Response.status(404)
                .entity(new dead("It is good once, and for three days. Ask an Admin for a new one."))
                .build();
    }
}
