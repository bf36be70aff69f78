package dev.weir.code;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.release.Asking;
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
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** An environment as a file: look at it, compare it, ask for it. Reads the form, asks {@link PolicyCode}; decides nothing. */
@Path("/console/{environment}/code")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class CodePages {

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    /** What somebody typed. */
    record Typed(String file, String reason, int days) {
        private static final Typed NOTHING = new Typed("", "", 0);
    }

    @CheckedTemplate(basePath = "code")
    record code(
            Environment place,
            String text,
            boolean draft,
            Typed typed,
            @Nullable Comparison compared,
            boolean mayAsk,
            String refused)
            implements TemplateInstance {}

    private final PolicyCode files;
    private final Environments environments;
    private final CurrentActor current;

    CodePages(PolicyCode files, Environments environments, CurrentActor current) {
        this.files = files;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance look(@RestPath String environment, @RestQuery @DefaultValue("inforce") String of) {
        return page(place(environment), of.equals("draft"), Typed.NOTHING, null, "");
    }

    @GET
    @Path("file")
    @Produces(CodeResource.YAML)
    public Response file(@RestPath String environment, @RestQuery @DefaultValue("inforce") String of) {
        var place = place(environment);
        var text = files.exported(place.key(), of.equals("draft")).orElseThrow(CodePages::nowhere);
        return Response.ok(text, CodeResource.YAML)
                .header("Content-Disposition", "attachment; filename=\"" + place.key() + ".weir.yaml\"")
                .build();
    }

    /** Compares; with {@code ask} also asks, if what was compared is still so. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response compare(
            @RestPath String environment,
            @RestForm @DefaultValue("") String file,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("0") int days,
            @RestForm @DefaultValue("") String seen,
            @RestForm @DefaultValue("") String ask) {
        var place = place(environment);
        var typed = new Typed(file, reason, days);
        var compared = files.compare(place.key(), file.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(CodePages::nowhere);
        if (!compared.readable()) {
            return answer(UNPROCESSABLE, page(place, false, typed, compared, ""));
        }
        if (ask.isEmpty()) {
            return answer(200, page(place, false, typed, compared, ""));
        }
        if (!seen.equals(compared.tag())) {
            return answer(
                    CONFLICT,
                    page(place, false, typed, compared, "This is not what you compared. It is shown as it is now."));
        }
        return files.propose(compared, reason, days)
                .match(
                        done -> Response.seeOther(URI.create("/console/" + place.key() + "/changes/"
                                        + done.request().number()))
                                .build(),
                        refused -> {
                            var problem = Asking.problem(refused.why());
                            return answer(problem.status(), page(place, false, typed, compared, problem.detail()));
                        });
    }

    private code page(Environment place, boolean draft, Typed typed, @Nullable Comparison compared, String refused) {
        boolean mayAsk = current.is(Role.ADMIN) || current.is(Role.ARCHITECT) || current.is(Role.DEVELOPER);
        return new code(place, text(place, draft), draft, typed, compared, mayAsk, refused);
    }

    private String text(Environment place, boolean draft) {
        return files.export(place.key(), draft).orElseThrow(CodePages::nowhere);
    }

    private Environment place(String environment) {
        return environments.named(environment).orElseThrow(CodePages::nowhere);
    }

    private static Response answer(int status, code page) {
        return Response.status(status).entity(page).build();
    }

    private static Problem nowhere() {
        return Problem.notFound("There is no such environment.");
    }
}
