package dev.weir.restoration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restorations.Became;
import dev.weir.restoration.Restorations.Line;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Restorations for programs. Reads the request, asks {@link Restorations}; decides nothing. */
@Path(RestorationsResource.HOME)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(
        name = "Restorations",
        description =
                "Change requests for everything but rules: that a thing be again what a row of the change log left it as.")
class RestorationsResource {

    static final String HOME = "/api/v1/restorations";

    /** {@code kind} and {@code object} as in the change log, {@code row} is the row that left it as it is to be. */
    record NewRestoration(
            @Nullable String kind,
            @Nullable String object,
            @Nullable Long row,
            @Nullable Long version,
            @Nullable String reason) {}

    /** {@code hash} is what was looked at; a reason is said by who declines. */
    record RestorationDecision(
            @Nullable String hash, @Nullable String reason) {

        /** The hash, as it was sent. */
        static String seen(@Nullable RestorationDecision sent) {
            if (sent == null || sent.hash == null) {
                throw Problem.of(428, "Say what you looked at: its hash.");
            }
            return sent.hash;
        }

        static String said(@Nullable RestorationDecision sent) {
            return sent == null ? "" : Objects.requireNonNullElse(sent.reason, "");
        }
    }

    record RestorationPerson(String subject, String name) {

        static @Nullable RestorationPerson of(Restoration.@Nullable Person person) {
            return person == null ? null : new RestorationPerson(person.subject(), person.name());
        }
    }

    /** A field that would come back: {@code before} as it was when this was asked for, {@code after} as it is to be. */
    record RestoredField(@Nullable Object before, @Nullable Object after) {}

    /** {@code state} is open, applied, declined, withdrawn or void; {@code changes} is in no list. */
    record ShownRestoration(
            long number,
            String kind,
            String object,
            @Nullable String environment,
            long row,
            long version,
            String hash,
            String reason,
            String state,
            @JsonProperty("asked_by") @Nullable RestorationPerson askedBy,
            @JsonProperty("asked_at") Instant askedAt,
            @JsonProperty("decided_by") @Nullable RestorationPerson decidedBy,
            @JsonProperty("decided_at") @Nullable Instant decidedAt,
            @Nullable String answer,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, RestoredField> changes) {}

    private final Restorations restorations;

    RestorationsResource(Restorations restorations) {
        this.restorations = restorations;
    }

    @GET
    @Operation(
            summary = "Restorations, the newest first",
            description =
                    "Of a Developer those about environments that are their own. The address of the next page is in Link.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownRestoration[].class)))
    public Response list(
            @RestQuery @DefaultValue("9223372036854775807") long before, @RestQuery @DefaultValue("50") int limit) {
        if (limit < 1 || limit > Restorations.PAGE) {
            throw Problem.of(400, "A page has 1 to " + Restorations.PAGE + " entries.");
        }
        var found = restorations.list(before, limit);
        var answer = Response.ok(found.stream().map(line -> told(line, null)).toList());
        if (found.size() == limit) {
            long last = found.get(limit - 1).restoration().number();
            answer.header("Link", "<" + HOME + "?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Ask that a thing be again what a row of the change log left it as",
            description =
                    "kind, object and row are those of /api/v1/history/{kind}/{object}; version is the ETag of that answer. 200 where the same person had asked for the same already.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownRestoration.class)))
    public Response ask(@Nullable NewRestoration sent) {
        if (sent == null) {
            throw Problem.of(400, "The body is empty.");
        }
        if (sent.version == null) {
            throw Problem.of(428, "Say what you looked at: the version of the thing, which is its ETag.");
        }
        var kind = Versioned.of(Objects.requireNonNullElse(sent.kind, ""))
                .orElseThrow(() -> Problem.of(
                        422,
                        "The kind is environment, app-id, definition, saved-view, account, matcher or standards."));
        var became = done(restorations.ask(
                kind,
                Objects.requireNonNullElse(sent.object, ""),
                Objects.requireNonNullElse(sent.row, 0L),
                sent.version,
                Objects.requireNonNullElse(sent.reason, "")));
        return shown(became.made() ? 201 : 200, became)
                .location(URI.create(
                        HOME + "/" + became.restoration().orElseThrow().number()))
                .build();
    }

    @GET
    @Path("{number:\\d+}")
    @Operation(summary = "One restoration, with what would come back")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownRestoration.class)))
    public Response one(@RestPath long number) {
        var found = restorations.find(number).orElseThrow(() -> Problem.notFound(Answer.UNKNOWN.words()));
        return shown(200, found).build();
    }

    @POST
    @Path("{number:\\d+}/agree")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Agree to a restoration, which brings the version back at once",
            description =
                    "By whoever may edit such a thing, also who asked unless it takes two; by the rules of that edit. hash is what was"
                            + " looked at. 409 where somebody has decided already, or the thing has changed since: the restoration is void"
                            + " then.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownRestoration.class)))
    public Response agree(@RestPath long number, @Nullable RestorationDecision sent) {
        return answer(restorations.agree(number, RestorationDecision.seen(sent)));
    }

    @POST
    @Path("{number:\\d+}/decline")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Decline a restoration that somebody else asked for",
            description = "With a reason. hash is what was looked at.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownRestoration.class)))
    public Response decline(@RestPath long number, @Nullable RestorationDecision sent) {
        return answer(restorations.decline(number, RestorationDecision.seen(sent), RestorationDecision.said(sent)));
    }

    @POST
    @Path("{number:\\d+}/withdraw")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(summary = "Take back a restoration that one has asked for", description = "hash is what was looked at.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownRestoration.class)))
    public Response withdraw(@RestPath long number, @Nullable RestorationDecision sent) {
        return answer(restorations.withdraw(number, RestorationDecision.seen(sent)));
    }

    private Response answer(Became became) {
        return shown(200, done(became)).build();
    }

    private static Became done(Became became) {
        if (!became.answer().done()) {
            throw Problem.of(became.answer().status(), became.answer().words());
        }
        return became;
    }

    private Response.ResponseBuilder shown(int status, Became became) {
        return shown(status, became.restoration().orElseThrow());
    }

    private Response.ResponseBuilder shown(int status, Restoration restoration) {
        var changes = new LinkedHashMap<String, RestoredField>();
        restorations
                .wanted(restoration)
                .map(Wanted::difference)
                .ifPresent(fields -> fields.forEach(
                        (field, pair) -> changes.put(field, new RestoredField(pair.then(), pair.now()))));
        var line = restorations.line(restoration);
        return Versions.shown(status, told(line, changes), line.edition());
    }

    private static ShownRestoration told(Line line, @Nullable Map<String, RestoredField> changes) {
        var one = line.restoration();
        return new ShownRestoration(
                one.number(),
                one.kind().kind(),
                one.object(),
                one.environment().map(EnvironmentKey::value).orElse(null),
                one.row(),
                one.version(),
                one.hash(),
                one.reason(),
                line.state(),
                RestorationPerson.of(one.asker()),
                one.askedAt(),
                RestorationPerson.of(one.decidedBy().orElse(null)),
                one.decidedAt().orElse(null),
                one.answer().isEmpty() ? null : one.answer(),
                changes);
    }
}
