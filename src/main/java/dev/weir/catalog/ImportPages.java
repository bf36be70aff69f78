package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Definitions in and out as files. Reads the form, calls {@link Imports}, picks a template; decides nothing. */
@Path("/console/definitions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ImportPages {

    private static final String OUTDATED =
            "This is not what was tried: the file, or something in the catalog, is another one by now. Nothing was imported; this is what "
                    + "it would do now.";

    @CheckedTemplate(basePath = "catalog")
    record exchange(
            boolean drafts, String kind, String text, String wrong, Imports.@Nullable Report report, int starters)
            implements TemplateInstance {}

    private final Definitions definitions;
    private final Imports imports;

    ImportPages(Definitions definitions, Imports imports) {
        this.definitions = definitions;
        this.imports = imports;
    }

    @GET
    @Path("import")
    public TemplateInstance exchange() {
        return shown("yaml", "", "", null);
    }

    @POST
    @Path("import")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response run(
            @RestForm @DefaultValue("") String kind,
            @RestForm @DefaultValue("") String text,
            @RestForm @DefaultValue("") String seen,
            @RestForm @DefaultValue("") String apply) {
        var known = Sheet.Kind.of(kind).orElseThrow(() -> Problem.of(400, "A file is csv, yaml or json."));
        try {
            var file = Imports.Sent.of(known, text);
            var done = apply.isEmpty() ? Optional.of(imports.tried(file)) : imports.done(file, seen);
            return done.isEmpty()
                    ? Response.status(409)
                            .entity(shown(kind, text, OUTDATED, imports.tried(file)))
                            .build()
                    : answer(kind, text, done.get());
        } catch (Sheet.Unreadable e) {
            return Response.status(422)
                    .entity(shown(kind, text, String.valueOf(e.getMessage()), null))
                    .build();
        }
    }

    private Response answer(String kind, String text, Imports.Report report) {
        return report.done()
                ? imported()
                : Response.status(report.wrong() > 0 ? 422 : 200)
                        .entity(shown(kind, text, "", report))
                        .build();
    }

    @POST
    @Path("starter-pack")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response starterPack() {
        var report = imports.starters();
        return report.done()
                ? imported()
                : Response.status(422).entity(shown("yaml", "", "", report)).build();
    }

    @GET
    @Path("export")
    @Produces({"text/csv", "application/yaml", "application/json"})
    public Response export(@RestQuery @DefaultValue("yaml") String kind) {
        return Exports.answer(definitions, kind);
    }

    private TemplateInstance shown(String kind, String text, String wrong, Imports.@Nullable Report report) {
        return new exchange(
                definitions.drafts(),
                kind,
                text,
                wrong,
                report,
                Imports.starterPack().size());
    }

    private static Response imported() {
        return Response.seeOther(URI.create("/console/definitions?done=imported"))
                .build();
    }
}
