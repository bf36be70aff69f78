package dev.weir.quarantine;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.SetAside;
import dev.weir.store.Sighting;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The quarantine for programs. Reads the request, asks {@link Quarantine}; decides nothing. */
@Path("/api/v1/quarantine/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class QuarantineResource {

    private final Quarantine quarantine;
    private final Environments environments;

    QuarantineResource(Quarantine quarantine, Environments environments) {
        this.quarantine = quarantine;
        this.environments = environments;
    }

    /** {@code events} by number, or else all that are there for {@code reason}, {@value Quarantine#MOST} at most; {@code why}. */
    record Body(
            @Nullable List<Long> events,
            @Nullable String reason,
            @Nullable String why) {}

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    public Response list(
            @RestPath String environment,
            @RestQuery String reason,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("50") int limit) {
        if (limit < 1 || limit > 200) {
            throw Problem.of(400, "The limit is 1 to 200.");
        }
        var wanted = Asked.reason(reason);
        var found = quarantine.list(key(environment), wanted, before, limit);
        var answer = Response.ok(found.stream().map(QuarantineResource::told).toList());
        if (found.size() == limit) {
            long last = found.get(found.size() - 1).sequence();
            answer.header(
                    "Link",
                    "</api/v1/quarantine/" + environment + "?before=" + last + "&limit=" + limit
                            + (wanted == null ? "" : "&reason=" + wanted) + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /** By reason, rule and field. The address of the next page is in {@code Link}. */
    @GET
    @Path("groups")
    public Response groups(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("200") int limit) {
        if (limit < 1 || limit > 200) {
            throw Problem.of(400, "The limit is 1 to 200.");
        }
        if (!cursor.matches("[0-9a-f]*")) {
            throw Problem.of(400, "The cursor is none that was given out.");
        }
        var place = key(environment);
        var rest = quarantine.groups(place).stream()
                .filter(group -> word(group).compareTo(cursor) > 0)
                .sorted(Comparator.comparing(QuarantineResource::word))
                .toList();
        var page = rest.stream().limit(limit).toList();
        var answer = Response.ok(page);
        if (rest.size() > page.size()) {
            var last = word(page.get(limit - 1));
            answer.header(
                    "Link",
                    "</api/v1/quarantine/" + place + "/groups?cursor=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /** Where a group stands: in hexadecimal digits, which are in the order of what they stand for and need no escape. */
    private static String word(SetAside.Group group) {
        var text = group.reason() + "\0" + group.rule() + "\0" + group.field();
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @POST
    @Path("release")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Map<String, Object> release(@RestPath String environment, @Nullable Body sent) {
        var key = key(environment);
        var body = body(sent);
        var events = Asked.events(quarantine, key, body.events(), Asked.reason(body.reason()));
        return quarantine
                .release(key, events, why(body))
                .map(released -> Map.<String, Object>of(
                        "kept",
                        released.kept(),
                        "dropped",
                        released.dropped(),
                        "stays",
                        released.stays(),
                        "gone",
                        released.gone()))
                .orElseThrow(() -> Problem.of(409, "The policy in force can't be read: nothing was released."));
    }

    @POST
    @Path("purge")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> purge(@RestPath String environment, @Nullable Body sent) {
        var key = key(environment);
        var body = body(sent);
        var events = Asked.events(quarantine, key, body.events(), Asked.reason(body.reason()));
        int purged =
                quarantine.purge(key, events, why(body)).orElseThrow(() -> Problem.of(403, Quarantine.NEEDS_ANOTHER));
        return Map.of("purged", purged);
    }

    private static Body body(@Nullable Body sent) {
        return sent == null ? new Body(List.of(), null, null) : sent;
    }

    private static String why(Body body) {
        var why = Asked.why(body.why());
        if (why == null) {
            throw Problem.of(422, "Say why, in 3 to 1000 characters.");
        }
        return why;
    }

    private static Map<String, @Nullable Object> told(Sighting sighting) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("event", sighting.sequence());
        told.put("at", sighting.at().toString());
        told.put("app", sighting.app().digits());
        var type = sighting.type();
        told.put("type", type == null ? null : type.wire());
        told.put("reason", sighting.reason());
        told.put("findings", sighting.findings());
        told.put("name", sighting.name());
        told.put("text", sighting.text());
        told.put("url", sighting.url());
        told.put("target", sighting.target());
        told.put("revision", sighting.revision());
        return told;
    }

    private EnvironmentKey key(String environment) {
        return environments
                .named(environment)
                .map(Environment::key)
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
