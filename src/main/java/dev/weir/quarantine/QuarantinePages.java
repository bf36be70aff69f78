package dev.weir.quarantine;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.privacy.ReasonWords;
import dev.weir.store.SetAside;
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
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The quarantine as a page. Reads the request, asks {@link Quarantine}, picks a template; decides nothing. */
@Path("/console/{environment}/quarantine")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class QuarantinePages {

    private static final String NO_WHY = "Say why, in 3 to 1000 characters.";
    private static final String NOTHING_CHOSEN = "Choose events in the list, or all of them.";
    private static final String NO_POLICY = "The policy in force can't be read: nothing was released.";

    /** How many there are of a group, and what its reason means. */
    record GroupView(SetAside.Group group, String words, String field) {}

    /** What was just done, or what stands against it. */
    record Said(String tone, String text) {
        static final Said NOTHING = new Said("", "");
    }

    @CheckedTemplate(basePath = "quarantine")
    record quarantine(
            Environment place,
            String reason,
            List<String> reasons,
            List<GroupView> groups,
            long total,
            List<Line> lines,
            boolean more,
            long last,
            boolean releasing,
            boolean purging,
            String typed,
            Said said)
            implements TemplateInstance {}

    private final Quarantine quarantine;
    private final Environments environments;
    private final CurrentActor current;

    QuarantinePages(Quarantine quarantine, Environments environments, CurrentActor current) {
        this.quarantine = quarantine;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String reason,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return page(place(environment), reason, before, "", Said.NOTHING);
    }

    @POST
    @Path("release")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response release(
            @RestPath String environment,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("chosen") String scope,
            @RestForm @Nullable List<Long> event,
            @RestForm @DefaultValue("") String why) {
        var place = place(environment);
        return chosen(
                place,
                reason,
                scope,
                event,
                why,
                events -> quarantine
                        .release(place.key(), events, why.strip())
                        .map(released -> said(200, place, reason, "", new Said("ok", words(released))))
                        .orElseGet(() -> said(409, place, reason, why, new Said("bad", NO_POLICY))));
    }

    @POST
    @Path("purge")
    @RolesAllowed(Role.ADMIN)
    public Response purge(
            @RestPath String environment,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("chosen") String scope,
            @RestForm @Nullable List<Long> event,
            @RestForm @DefaultValue("") String why) {
        var place = place(environment);
        return chosen(
                place,
                reason,
                scope,
                event,
                why,
                events -> quarantine
                        .purge(place.key(), events, why.strip())
                        .map(purged ->
                                said(200, place, reason, "", new Said("ok", "Deleted for good: " + purged + ".")))
                        .orElseGet(() -> said(403, place, reason, why, new Said("bad", Quarantine.NEEDS_ANOTHER))));
    }

    /** Does it with the events that were chosen, unless nothing or no reason was given. */
    private Response chosen(
            Environment place,
            String reason,
            String scope,
            @Nullable List<Long> event,
            String why,
            Function<Collection<Long>, Response> act) {
        var objection = objection(scope, event, why);
        if (objection != null) {
            return said(422, place, reason, why, new Said("bad", objection));
        }
        return act.apply(
                Asked.events(quarantine, place.key(), scope.equals("all") ? null : event, Asked.reason(reason)));
    }

    private static @Nullable String objection(String scope, @Nullable List<Long> event, String why) {
        if (Asked.why(why) == null) {
            return NO_WHY;
        }
        return !scope.equals("all") && (event == null || event.isEmpty()) ? NOTHING_CHOSEN : null;
    }

    private static String words(Released released) {
        var words = new StringBuilder("Kept: " + released.kept() + ".");
        released.dropped()
                .forEach((reason, n) -> words.append(" Dropped: ")
                        .append(n)
                        .append(" (")
                        .append(reason)
                        .append(")."));
        released.stays()
                .forEach((reason, n) -> words.append(" Still set aside: ")
                        .append(n)
                        .append(" (")
                        .append(reason)
                        .append(")."));
        return released.gone() == 0
                ? words.toString()
                : words.append(" Not there any more: ")
                        .append(released.gone())
                        .append('.')
                        .toString();
    }

    private Response said(int status, Environment place, String reason, String typed, Said said) {
        return Response.status(status)
                .entity(page(place, reason, Long.MAX_VALUE, typed, said))
                .build();
    }

    private TemplateInstance page(Environment place, String sent, long before, String typed, Said said) {
        var reason = Asked.reason(sent);
        var groups = quarantine.groups(place.key()).stream()
                .map(group ->
                        new GroupView(group, ReasonWords.ofStored(group.reason()), ReasonWords.field(group.field())))
                .toList();
        var found = quarantine.list(place.key(), reason, before, Quarantine.PAGE);
        return new quarantine(
                place,
                reason == null ? "" : reason,
                groups.stream()
                        .map(view -> view.group().reason())
                        .distinct()
                        .sorted()
                        .toList(),
                groups,
                groups.stream().mapToLong(view -> view.group().events()).sum(),
                found.stream().map(sighting -> Line.of(place.key(), sighting)).toList(),
                found.size() == Quarantine.PAGE,
                found.isEmpty() ? 0 : found.get(found.size() - 1).sequence(),
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                current.is(Role.ADMIN),
                typed,
                said);
    }

    private Environment place(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
