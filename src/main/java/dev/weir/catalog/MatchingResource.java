package dev.weir.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Places;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** For programs: how definitions fare, and how they are matched. Reads the request, asks the doors; decides nothing. */
@Path("/api/v1/definitions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Definitions")
class MatchingResource {

    /** How one definition fares; {@code state} is a word of docs/catalog.md with hyphens. */
    record HealthBody(
            String id,
            String name,
            String state,
            long count,
            Instant since,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable Long expected,
            long recent,
            int weeks,
            @JsonProperty("collapsed_hours") int collapsedHours,
            List<HourBody> hours,
            List<String> others,
            @Nullable CauseBody cause) {

        static HealthBody of(Health health) {
            return new HealthBody(
                    health.definition().id(),
                    health.definition().name(),
                    health.state().id(),
                    health.count(),
                    health.since(),
                    health.first().orElse(null),
                    health.last().orElse(null),
                    health.expected().orElse(null),
                    health.recent(),
                    health.rhythm().weeks(),
                    health.rhythm().collapsed(),
                    health.rhythm().hours().stream().map(HourBody::of).toList(),
                    health.others(),
                    health.cause()
                            .map(cause -> new CauseBody(cause.selector(), cause.percent()))
                            .orElse(null));
        }
    }

    /** One of the last 24 full hours; {@code expected} is null as long as there are not weeks enough. */
    record HourBody(Instant begins, long seen, @Nullable Long expected) {

        static HourBody of(Rhythm.Hour hour) {
            return new HourBody(hour.begins(), hour.seen(), hour.expected().orElse(null));
        }
    }

    /** A selector that finds now what was found before, and its share in percent. */
    record CauseBody(String selector, int percent) {}

    record HealthsBody(String environment, int looked, boolean cut, List<HealthBody> definitions) {}

    record OneHealthBody(String environment, int looked, boolean cut, HealthBody definition) {}

    record DifferenceBody(String id, String name, long before, long after, long gained, long lost) {}

    /** What the version that is not in force would change. */
    record MatcherBody(
            @JsonProperty("in_force") int inForce,
            int other,
            String words,
            String environment,
            int looked,
            boolean cut,
            List<DifferenceBody> definitions) {}

    record TakeBody(@Nullable Integer version, @Nullable String reason) {}

    record InForceBody(@JsonProperty("in_force") int inForce, String words) {}

    private final Checkups checkups;
    private final Definitions definitions;
    private final MatcherChange change;
    private final Matching matching;
    private final Places places;

    MatchingResource(
            Checkups checkups, Definitions definitions, MatcherChange change, Matching matching, Places places) {
        this.checkups = checkups;
        this.definitions = definitions;
        this.change = change;
        this.matching = matching;
        this.places = places;
    }

    @GET
    @Path("health")
    @Operation(summary = "How all shared definitions fare in one environment, by name, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HealthsBody.class)))
    public Response healths(
            @RestQuery @DefaultValue("") String environment,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("" + Slice.MOST) int limit,
            UriInfo uri) {
        var start = Paging.start(cursor, limit);
        var report = checkups.look(key(environment));
        var slice = Slice.of(report.healths(), health -> Cursor.after(health.definition()), start, limit);
        var body = new HealthsBody(
                report.environment(),
                report.looked(),
                report.cut(),
                slice.things().stream().map(HealthBody::of).toList());
        return Paging.answer(body, slice, uri);
    }

    @GET
    @Path("{id}/health")
    @Operation(summary = "How one definition fares in one environment")
    public OneHealthBody health(@RestPath String id, @RestQuery @DefaultValue("") String environment) {
        var definition =
                definitions.find(id).orElseThrow(() -> Problem.of(Outcome.UNKNOWN.status(), Outcome.UNKNOWN.words()));
        if (definition.personal() || definition.status() == Status.ARCHIVED) {
            throw Problem.of(409, "Only definitions that are shared and not archived have a health.");
        }
        var report = checkups.look(key(environment), definition);
        return report.healths().stream()
                .filter(health -> health.definition().id().equals(id))
                .findFirst()
                .map(health ->
                        new OneHealthBody(report.environment(), report.looked(), report.cut(), HealthBody.of(health)))
                .orElseThrow(() -> Problem.of(Outcome.UNKNOWN.status(), Outcome.UNKNOWN.words()));
    }

    @GET
    @Path("matcher")
    @Operation(
            summary = "The version of the matcher in force, and what the other one would change",
            description = "Counts over the recorded events of one environment, for each shared definition.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MatcherBody.class)))
    public Response matcher(@RestQuery @DefaultValue("") String environment) {
        var report = change.look(key(environment));
        var body = new MatcherBody(
                report.inForce().number(),
                report.other().number(),
                report.other().words(),
                report.environment(),
                report.looked(),
                report.cut(),
                report.all().stream()
                        .map(difference -> new DifferenceBody(
                                difference.definition().id(),
                                difference.definition().name(),
                                difference.before(),
                                difference.after(),
                                difference.gained(),
                                difference.lost()))
                        .toList());
        return Response.ok(body).tag(tag(report.inForce())).build();
    }

    @POST
    @Path("matcher")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Take another version of the matcher into effect",
            description = "If-Match carries the ETag that was read with the differences.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InForceBody.class)))
    public Response takeIntoEffect(@HeaderParam("If-Match") @Nullable String match, @Nullable TakeBody body) {
        long seen = Versions.read(match);
        var version = Optional.ofNullable(body)
                .flatMap(sent -> Optional.ofNullable(sent.version))
                .flatMap(MatcherVersion::of)
                .orElseThrow(() -> Problem.of(422, "There is no such version."));
        var reason =
                body == null ? "" : Objects.requireNonNullElse(body.reason, "").strip();
        if (reason.length() > Form.LONGEST_REASON) {
            throw Problem.of(422, "A reason has at most 1000 characters.");
        }
        boolean taken = MatcherVersion.of((int) Math.min(seen, Integer.MAX_VALUE))
                .filter(known -> matching.takeIntoEffect(version, known, reason))
                .isPresent();
        if (!taken) {
            throw Problem.of(412, "Another version came into force meanwhile. Nothing was changed.");
        }
        return Response.ok(new InForceBody(version.number(), version.words()))
                .tag(tag(version))
                .build();
    }

    private static EntityTag tag(MatcherVersion version) {
        return new EntityTag(Integer.toString(version.number()));
    }

    private EnvironmentKey key(String environment) {
        if (environment.isEmpty()) {
            throw Problem.of(400, "Name an environment.");
        }
        return places.places().stream()
                .map(Places.Place::key)
                .filter(key -> key.value().equals(environment))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
