package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Difference;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The change log for programs. Reads the request, asks {@link History}; decides nothing. */
@Path("/api/v1/changelog")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class ChangeLogResource {

    /** {@code what} is {@code row}, {@code actor} or {@code about}. */
    record Forgetting(@Nullable String what, @Nullable String reason) {}

    private static final String HOME = "/api/v1/changelog";
    private static final int MOST = 200;
    private static final String NEWEST = "9223372036854775807";

    private final History history;
    private final Downloads downloads;

    ChangeLogResource(History history, Downloads downloads) {
        this.history = history;
        this.downloads = downloads;
    }

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Response list(
            @BeanParam Asked asked,
            @RestQuery @DefaultValue(NEWEST) long before,
            @RestQuery @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "A page has 1 to " + MOST + " rows.");
        }
        var rows = history.find(asked.filter(), before, limit);
        var answer = Response.ok(rows.stream().map(RowView::json).toList());
        if (rows.size() == limit && rows.get(limit - 1).sequence() > 1) {
            var next = HOME + asked.queryBefore(rows.get(limit - 1).sequence()) + "&limit=" + limit;
            answer.header("Link", "<" + next + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @GET
    @Path("{sequence}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Map<String, @Nullable Object> row(@RestPath String sequence) {
        return history.find(number(sequence)).map(RowView::json).orElseThrow(ChangeLogResource::unknown);
    }

    @POST
    @Path("{sequence}/erase")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Erase personal values, for good",
            description =
                    "what says whose: those of this row (row), or in all rows those of the person who acted in it (actor) or"
                            + " whom it is about (about). The chain stays whole. Needs a reason of 3 to 1000 characters.")
    @APIResponse(responseCode = "204")
    public Response erase(@RestPath String sequence, @Nullable Forgetting sent) {
        var found = history.find(number(sequence)).orElseThrow(ChangeLogResource::unknown);
        var reason = sent == null || sent.reason == null ? "" : sent.reason.strip();
        if (!History.reasonable(reason)) {
            throw Problem.of(422, History.REASON_MISSING);
        }
        var what = sent == null || sent.what == null ? "" : sent.what;
        boolean erased = switch (what) {
            case "row" -> history.eraseRow(found, reason);
            case "actor" -> history.erasePerson(found.actor(), reason);
            case "about" ->
                history.erasePerson(
                        RowView.person(found).orElseThrow(() -> Problem.of(422, "This row is about nobody.")), reason);
            default -> throw Problem.of(422, "Say what to erase: row, actor or about.");
        };
        if (!erased) {
            throw Problem.forbidden(ChangeLogPages.OWN);
        }
        return Response.noContent().build();
    }

    /** Takes as long as the log is. */
    @GET
    @Path("verify")
    public Map<String, @Nullable Object> verify() {
        return json(history.verify());
    }

    @GET
    @Path("export.ndjson")
    @Produces("application/x-ndjson")
    public Response ndjson() {
        return downloads.ndjson();
    }

    @GET
    @Path("export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Response csv(@BeanParam Asked asked) {
        return downloads.csv(asked.filter());
    }

    /** That rows are still what they were when an older checkpoint was signed. Takes as long as the log is. */
    @GET
    @Path("proofs/consistency")
    public Response consistency(@RestQuery @DefaultValue("0") long from, @RestQuery @DefaultValue("0") long to) {
        return downloads.consistency(from, to);
    }

    /** That a row is among those over which a checkpoint was signed. Takes as long as the log is. */
    @GET
    @Path("proofs/inclusion")
    public Response inclusion(@RestQuery @DefaultValue("0") long row, @RestQuery @DefaultValue("0") long size) {
        return downloads.inclusion(row, size);
    }

    @GET
    @Path("key")
    @Produces(MediaType.TEXT_PLAIN)
    public Response key() {
        return downloads.key();
    }

    /** The newest first. */
    @GET
    @Path("checkpoints")
    public Response checkpoints(
            @RestQuery @DefaultValue(NEWEST) long before, @RestQuery @DefaultValue("200") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "A page has 1 to " + MOST + " checkpoints.");
        }
        var found = history.checkpoints(before, limit);
        List<Map<String, Object>> body = found.stream()
                .map(checkpoint -> Map.<String, Object>of(
                        "size", checkpoint.size(), "signed", checkpoint.at().toString(), "note", checkpoint.note()))
                .toList();
        var answer = Response.ok(body);
        if (found.size() == limit) {
            long last = found.get(limit - 1).size();
            answer.header("Link", "<" + HOME + "/checkpoints?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @GET
    @Path("checkpoints/{size}")
    @Produces(MediaType.TEXT_PLAIN)
    public Response checkpoint(@RestPath String size) {
        return downloads.checkpoint(number(size));
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such row.");
    }

    /** A whole number; what is none names nothing. */
    static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static Map<String, @Nullable Object> json(History.Found found) {
        var verified = found.log();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("intact", verified.intact());
        json.put("rows", verified.rows());
        json.put("signed", verified.signed());
        json.put("checkpoints", verified.checkpoints());
        json.put("erased", verified.erased());
        json.put("untold", verified.untold());
        json.put(
                "fault",
                verified.fault()
                        .map(fault -> Map.of("row", fault.row(), "words", fault.words()))
                        .orElse(null));
        json.put("difference", found.difference().map(ChangeLogResource::told).orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> told(Difference difference) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(
                "environment",
                difference.environment().map(EnvironmentKey::value).orElse(null));
        json.put("kind", difference.kind());
        json.put("number", difference.number());
        json.put("row", difference.row() == 0 ? null : difference.row());
        json.put("words", difference.words());
        return json;
    }
}
