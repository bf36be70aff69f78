package dev.weir.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.catalog.standards.Asked;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Rule;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The standards for programs. Reads the request, asks {@link Standards}, puts the outcome into HTTP; decides nothing. */
@Path("/api/v1/standards")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Definitions")
class StandardsResource {

    static final String PREVIEW = "/api/v1/standards/preview";

    /** Definitions that a preview names one by one. */
    private static final int MOST = 200;

    /** {@code form}, {@code pattern}, {@code values} and {@code at_least} belong to the rules that ask for such a thing. */
    record StandardBody(
            @Nullable String rule,
            @Nullable String level,
            @Nullable String form,
            @Nullable String pattern,
            @Nullable List<@Nullable String> values,
            @JsonProperty("at_least") @Nullable Integer atLeast) {

        static StandardBody of(Rule rule, Conventions conventions) {
            var asked = Asked.of(conventions);
            var pattern = rule.form() ? asked.pattern(rule) : "";
            return new StandardBody(
                    rule.id(),
                    conventions.level(rule).id(),
                    rule.form() ? asked.form(rule) : null,
                    pattern.isEmpty() ? null : pattern,
                    rule.list() ? asked.asks(rule).lines().collect(Collectors.<@Nullable String>toList()) : null,
                    rule.number() ? conventions.stability() : null);
        }

        Asked.Ask ask(Rule known) {
            var asks = switch (known.kind()) {
                case GIVEN -> "";
                case FORM -> text(form) + (pattern == null ? "" : ":" + pattern);
                case LIST ->
                    values == null
                            ? ""
                            : values.stream().map(StandardsResource::text).collect(Collectors.joining("\n"));
                case NUMBER -> atLeast == null ? "" : atLeast.toString();
            };
            return new Asked.Ask(text(level), asks);
        }
    }

    record SentStandards(
            @Nullable List<@Nullable StandardBody> rules,
            @Nullable String reason) {}

    record StandardsBody(List<StandardBody> rules, long version) {}

    record BreachBody(String id, String name, String status, List<BrokenStandard> standards) {}

    /**
     * {@code blocked} counts, by status, those that would break one that blocks; {@code definitions} are the first 200, those first, and
     * {@code breaking} is how many there are.
     */
    record EffectBody(int all, int breaking, Map<String, Long> blocked, List<BreachBody> definitions) {}

    private final Standards standards;

    StandardsResource(Standards standards) {
        this.standards = standards;
    }

    @GET
    @Operation(summary = "What the organisation asks of its definitions")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StandardsBody.class)))
    public Response find() {
        return shown();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Change what is asked of definitions",
            description =
                    "All rules at once: what is left out is off. A reason has 3 to 1000 characters. If-Match carries the"
                            + " ETag that was read. No definition is changed by it, and what is verified stays verified.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StandardsBody.class)))
    public Response change(@HeaderParam("If-Match") @Nullable String match, @Nullable SentStandards sent) {
        long version = Versions.read(match);
        var made = conventions(sent);
        var reason = sent == null ? "" : text(sent.reason()).strip();
        var outcome = standards.change(made, version, reason);
        if (outcome != StandardOutcome.DONE) {
            throw Problem.of(outcome.status(), outcome.words());
        }
        return shown();
    }

    @POST
    @Path("preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What such standards would mean for the shared definitions that there are",
            description = "Changes nothing. Waivers are not looked at.")
    public EffectBody preview(@Nullable SentStandards sent) {
        var effect = standards.look(conventions(sent));
        var blocked = Stream.of(Status.VERIFIED, Status.IN_REVIEW, Status.DRAFT, Status.DEPRECATED)
                .collect(Collectors.toMap(Status::id, effect::blockedIn));
        return new EffectBody(
                effect.all(),
                effect.breaches().size(),
                blocked,
                effect.breaches().stream()
                        .limit(MOST)
                        .map(breach -> new BreachBody(
                                breach.definition().id(),
                                breach.definition().name(),
                                breach.definition().status().id(),
                                breach.deviations().stream()
                                        .map(BrokenStandard::of)
                                        .toList()))
                        .toList());
    }

    private Response shown() {
        var inForce = standards.inForce();
        var rules = Stream.of(Rule.values())
                .map(rule -> StandardBody.of(rule, inForce.conventions()))
                .toList();
        return Versions.shown(200, new StandardsBody(rules, inForce.version()), inForce.version())
                .build();
    }

    private static Conventions conventions(@Nullable SentStandards sent) {
        var rules = new EnumMap<Rule, Asked.Ask>(Rule.class);
        var bodies = sent == null ? null : sent.rules();
        for (var body : Objects.requireNonNullElse(bodies, List.<StandardBody>of())) {
            var rule = body == null ? null : Rule.of(text(body.rule())).orElse(null);
            if (body == null || rule == null || rules.put(rule, body.ask(rule)) != null) {
                throw Problem.of(
                        422,
                        "Each rule stands there once, and is one of: "
                                + Stream.of(Rule.values()).map(Rule::id).collect(Collectors.joining(", ")) + ".");
            }
        }
        var read = new Asked(rules).read();
        return read.conventions()
                .orElseThrow(() -> Problem.of(
                        422,
                        read.errors().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(error -> error.getKey() + ": " + error.getValue())
                                .collect(Collectors.joining(" "))));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
