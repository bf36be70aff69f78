package dev.weir.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Definitions for programs. Reads the request, calls {@link Definitions}, puts the outcome into HTTP; decides nothing. */
@Path("/api/v1/definitions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Definitions", description = "What events mean, and who answers for that.")
class DefinitionsResource {

    /** A definition as it is sent: what is left out is empty. */
    record Sent(
            @Nullable String name,
            @Nullable String type,
            @Nullable String filter,
            @Nullable String category,
            @Nullable List<@Nullable String> tags,
            @Nullable String description,
            @Nullable String context,
            @Nullable String criticality,
            @Nullable OwnerBody owner,
            @Nullable Boolean personal) {

        Form form() {
            return new Form(
                    text(name),
                    text(type),
                    text(filter),
                    text(category),
                    tags == null
                            ? ""
                            : tags.stream()
                                    .map(tag -> text(tag).replace(',', ' '))
                                    .collect(Collectors.joining(",")),
                    text(description),
                    text(context),
                    text(criticality),
                    owner == null ? "team" : text(owner.kind),
                    owner == null ? "" : text(owner.name));
        }
    }

    record OwnerBody(@Nullable String kind, @Nullable String name) {}

    record HandBody(String name, Instant at) {}

    record MoveBody(@Nullable String status, @Nullable String reason) {}

    /** A definition as it is shown. */
    record Shown(
            String id,
            String name,
            String type,
            String filter,
            String category,
            List<String> tags,
            String description,
            String context,
            String criticality,
            @Nullable OwnerBody owner,
            String status,
            boolean personal,
            HandBody created,
            HandBody changed,
            @Nullable HandBody verified,
            long version,
            @JsonProperty("matcher_version") int matcherVersion,
            List<BrokenStandard> standards) {

        static Shown of(Definition definition, MatcherVersion matcher, List<Broken> broken) {
            var details = definition.details();
            return new Shown(
                    definition.id(),
                    details.name(),
                    details.type().wire(),
                    details.filter().toString(),
                    details.category(),
                    details.tags(),
                    details.description(),
                    details.context(),
                    details.criticality().id(),
                    details.owner()
                            .map(owner -> new OwnerBody(owner.kind(), owner.name()))
                            .orElse(null),
                    definition.status().id(),
                    definition.personal(),
                    hand(definition.created()),
                    hand(definition.changed()),
                    definition.verified().map(Shown::hand).orElse(null),
                    definition.version(),
                    matcher.number(),
                    BrokenStandard.of(broken));
        }

        private static HandBody hand(Hand hand) {
            return new HandBody(hand.name(), hand.at());
        }
    }

    /** What an import does, row by row. */
    record ImportBody(boolean done, List<ImportRow> rows) {

        static ImportBody of(Imports.Report report) {
            return new ImportBody(
                    report.done(), report.rows().stream().map(ImportRow::of).toList());
        }
    }

    /** {@code standards}: those that the definition breaks. */
    record ImportRow(int number, String name, String effect, List<String> errors, List<BrokenStandard> standards) {

        static ImportRow of(Imports.Row row) {
            var standards = row.deviations().stream().map(BrokenStandard::of).toList();
            return new ImportRow(row.number(), row.name(), row.effect(), row.errors(), standards);
        }
    }

    record ListBody(List<Shown> definitions, @Nullable String next) {}

    private final Definitions definitions;
    private final Conformity conformity;
    private final DefinitionAnswers answers;
    private final Imports imports;
    private final Matching matching;

    DefinitionsResource(
            Definitions definitions,
            Conformity conformity,
            DefinitionAnswers answers,
            Imports imports,
            Matching matching) {
        this.definitions = definitions;
        this.conformity = conformity;
        this.answers = answers;
        this.matching = matching;
        this.imports = imports;
    }

    @GET
    @Operation(summary = "Definitions by name, a page at a time")
    public Response list(
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String status,
            @RestQuery @DefaultValue("") String type,
            @RestQuery @DefaultValue("") String tag,
            @RestQuery @DefaultValue("") String owner,
            @RestQuery @DefaultValue("") String category,
            @RestQuery @DefaultValue("") String breaks,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("50") int limit,
            UriInfo uri) {
        var start = Cursor.of(cursor).orElseThrow(() -> Problem.of(400, "The cursor is none that was given out."));
        if (limit < 1 || limit > 500) {
            throw Problem.of(400, "The limit is 1 to 500.");
        }
        if (!Query.BREAKS.contains(breaks)) {
            throw Problem.of(400, "breaks is any or block.");
        }
        var some = definitions.list(new Query(q, status, type, tag, owner, category, breaks), start, limit);
        var next = some.next().map(Cursor::word);
        var matcher = matching.inForce();
        var broken = conformity.of(some.definitions());
        var answer = Response.ok(new ListBody(
                some.definitions().stream()
                        .map(definition ->
                                Shown.of(definition, matcher, broken.getOrDefault(definition.id(), List.of())))
                        .toList(),
                next.orElse(null)));
        next.ifPresent(word -> answer.link(
                uri.getRequestUriBuilder().replaceQueryParam("cursor", word).build(), "next"));
        return answer.build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One definition")
    public Response find(@RestPath String id) {
        return answers.shown(200, definitions.find(id).orElseThrow(DefinitionsResource::unknown));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Draft a definition")
    public Response create(Sent sent) {
        var result = definitions.create(details(sent), Boolean.TRUE.equals(sent.personal()));
        var made = DefinitionAnswers.done(result);
        return Response.fromResponse(answers.shown(201, made))
                .location(URI.create("/api/v1/definitions/" + made.id()))
                .build();
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Change a definition", description = "If-Match carries the ETag that was read.")
    public Response change(@RestPath String id, @HeaderParam("If-Match") @Nullable String match, Sent sent) {
        long version = Versions.read(match);
        return answers.shown(200, DefinitionAnswers.done(definitions.change(id, details(sent), version)));
    }

    @POST
    @Path("{id}/share")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Make a personal draft everybody's")
    public Response share(@RestPath String id, @HeaderParam("If-Match") @Nullable String match) {
        return answers.shown(200, DefinitionAnswers.done(definitions.share(id, Versions.read(match))));
    }

    @POST
    @Path("{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(
            summary = "Move a definition to another status",
            description = "If-Match carries the ETag that was read.")
    public Response move(@RestPath String id, @HeaderParam("If-Match") @Nullable String match, MoveBody body) {
        long version = Versions.read(match);
        var to = Optional.ofNullable(body)
                .flatMap(sent -> Status.of(text(sent.status)))
                .orElseThrow(
                        () -> Problem.of(422, "The status is draft, in-review, verified, deprecated or archived."));
        var reason = text(body.reason).strip();
        if (reason.length() > Form.LONGEST_REASON) {
            throw Problem.of(422, "A reason has at most 1000 characters.");
        }
        return answers.shown(200, DefinitionAnswers.done(definitions.move(id, to, version, reason)));
    }

    @GET
    @Path("export")
    @Produces({"text/csv", "application/yaml", "application/json"})
    @Operation(summary = "All shared definitions as one file", description = "kind is csv, yaml or json.")
    public Response export(@RestQuery @DefaultValue("yaml") String kind) {
        return Exports.answer(definitions, kind);
    }

    @POST
    @Path("import")
    @Consumes({"text/csv", "application/yaml", "application/json"})
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(
            summary = "Import definitions from a file",
            description =
                    "With dry=true, which is the default, nothing is changed: the answer says what would be, and its ETag stands for that."
                            + " With dry=false the ETag is sent as If-Match. All rows are imported or none.")
    public Response importAll(
            @RestQuery @DefaultValue("yaml") String kind,
            @RestQuery @DefaultValue("true") boolean dry,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable String text) {
        if (!dry && match == null) {
            throw Problem.of(428, "Try it first with dry=true, and send the ETag of that answer as If-Match.");
        }
        var known = Sheet.Kind.of(kind).orElseThrow(() -> Problem.of(400, "A file is csv, yaml or json."));
        try {
            var file = Imports.Sent.of(known, text(text));
            var report = dry
                    ? imports.tried(file)
                    : imports.done(file, Versions.tag(match))
                            .orElseThrow(
                                    () -> Problem.of(
                                            412,
                                            "This is not what was tried: the file, or something in the catalog, is another one."));
            return Response.status(report.wrong() > 0 ? 422 : 200)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(ImportBody.of(report))
                    .tag(report.done() ? null : new EntityTag(report.tag()))
                    .build();
        } catch (Sheet.Unreadable e) {
            throw Problem.of(422, String.valueOf(e.getMessage()));
        }
    }

    private static Details details(@Nullable Sent sent) {
        if (sent == null) {
            throw Problem.of(400, "The body is empty.");
        }
        var read = sent.form().read();
        return read.details()
                .orElseThrow(() -> Problem.of(
                        422,
                        read.errors().entrySet().stream()
                                .sorted(java.util.Map.Entry.comparingByKey())
                                .map(error -> error.getKey() + ": " + error.getValue())
                                .collect(Collectors.joining(" "))));
    }

    private static Problem unknown() {
        return Problem.of(Outcome.UNKNOWN.status(), Outcome.UNKNOWN.words());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
