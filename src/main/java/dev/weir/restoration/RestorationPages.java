package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restorations.Became;
import dev.weir.web.Problem;
import dev.weir.web.Shell;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Restorations as pages; their list is the one of all change requests. Reads the form, asks {@link Restorations}; decides nothing. */
@Path("/console/restorations")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class RestorationPages {

    private static final int MANY = 1000;

    /** @param told whether the log tells what would come back */
    @CheckedTemplate(basePath = "restoration")
    record restoration(
            Restoration asked,
            RestorationView view,
            @Nullable Place place,
            boolean told,
            List<Fields.Field> back,
            List<Fields.Field> stays,
            String changes,
            String typed,
            String refused)
            implements TemplateInstance {}

    /** Where the thing is. */
    record Place(String home, String history) {}

    private final Restorations restorations;
    private final Kinds kinds;
    private final CurrentActor current;
    private final Shell shell;

    RestorationPages(Restorations restorations, Kinds kinds, CurrentActor current, Shell shell) {
        this.restorations = restorations;
        this.kinds = kinds;
        this.current = current;
        this.shell = shell;
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response ask(
            @RestForm @DefaultValue("") String kind,
            @RestForm @DefaultValue("") String object,
            @RestForm @DefaultValue("0") long row,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String reason) {
        var versioned = Versioned.of(kind).orElseThrow(() -> Problem.notFound(Answer.NO_THING.words()));
        var became = restorations.ask(versioned, object, row, version, reason);
        if (!became.answer().done()) {
            throw Problem.of(became.answer().pageStatus(), became.answer().words());
        }
        return seeOther(became.restoration().orElseThrow());
    }

    @GET
    @Path("{number:\\d+}")
    public TemplateInstance one(@RestPath long number) {
        return page(found(number), "", "");
    }

    @POST
    @Path("{number:\\d+}/agree")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response agree(@RestPath long number, @RestForm @DefaultValue("") String hash) {
        return answer(number, "", restorations.agree(number, hash));
    }

    @POST
    @Path("{number:\\d+}/decline")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response decline(
            @RestPath long number, @RestForm @DefaultValue("") String hash, @RestForm @DefaultValue("") String reason) {
        return answer(number, reason, restorations.decline(number, hash, reason));
    }

    @POST
    @Path("{number:\\d+}/withdraw")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response withdraw(@RestPath long number, @RestForm @DefaultValue("") String hash) {
        return answer(number, "", restorations.withdraw(number, hash));
    }

    private Response answer(long number, String typed, Became became) {
        if (became.answer().done()) {
            return seeOther(became.restoration().orElseThrow());
        }
        return Response.status(became.answer().pageStatus())
                .entity(page(found(number), typed, became.answer().words()))
                .build();
    }

    private static Response seeOther(Restoration restoration) {
        return Response.seeOther(URI.create(restoration.address())).build();
    }

    private Restoration found(long number) {
        return restorations.find(number).orElseThrow(() -> Problem.notFound(Answer.UNKNOWN.words()));
    }

    private TemplateInstance page(Restoration asked, String typed, String refused) {
        var things = kinds.of(asked.kind());
        var wanted = restorations.wanted(asked);
        var then = wanted.map(Wanted::then).orElse(Map.of());
        var view = new RestorationView(
                asked,
                restorations.line(asked),
                asked.asker().subject().equals(current.actor().subject()),
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                current.is(Role.ADMIN),
                things.edits(asked.object()),
                asked.open() && things.takesTwo(asked.object(), then));
        return new restoration(
                asked,
                view,
                things.now(asked.object())
                        .map(now -> new Place(now.home(), now.history()))
                        .orElse(null),
                wanted.isPresent(),
                fields(wanted.map(Wanted::difference)),
                fields(wanted.map(found -> Wanted.turned(found.stays()))),
                changes(asked),
                typed,
                refused);
    }

    private static List<Fields.Field> fields(Optional<? extends Map<String, Versioned.Pair>> pairs) {
        return pairs.map(some -> Fields.of(some, MANY, true, false)).orElse(List.of());
    }

    /** The list of the environment that it is about, or else of the one that somebody is in; empty where there is none. */
    private String changes(Restoration asked) {
        var here = shell.place();
        return asked.environment()
                .or(() -> Optional.ofNullable(here == null ? null : here.key()))
                .map(EnvironmentKey::value)
                .map(key -> "/console/" + key + "/changes")
                .orElse("");
    }
}
