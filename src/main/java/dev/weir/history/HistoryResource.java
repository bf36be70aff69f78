package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.restoration.Timeline;
import dev.weir.restoration.Versioned;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The versions of one thing, for programs: the History tab. Reads the request, asks {@link Versions}; decides nothing. */
@Path("/api/v1/history/{kind}/{object}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class HistoryResource {

    private static final int MOST = 200;

    private final Versions versions;

    HistoryResource(Versions versions) {
        this.versions = versions;
    }

    @GET
    @Operation(
            summary = "The versions of one thing, the newest first",
            description =
                    "kind and object are those of the change log: environment, app-id, definition, saved-view, account,"
                            + " matcher, standards. changed is what made this version of the one before, since what is otherwise now. The address of"
                            + " the next page is in Link, and in ETag the version on top of which a restoration is asked for. A Developer reads of environments that are their own.")
    public Response list(
            @RestPath String kind,
            @RestPath String object,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "The limit is 1 to " + MOST + ".");
        }
        var versioned = Versioned.of(kind).orElseThrow(HistoryResource::none);
        var timeline = versions.timeline(versioned, object);
        if (timeline.versions().isEmpty()) {
            throw none();
        }
        var rest = timeline.versions().stream()
                .filter(past -> past.row().sequence() < before)
                .toList();
        var answer = Response.ok(
                rest.stream().limit(limit).map(HistoryResource::told).toList());
        versions.version(versioned, object).ifPresent(version -> answer.tag(new EntityTag(Long.toString(version))));
        if (rest.size() > limit) {
            long last = rest.get(limit - 1).row().sequence();
            answer.header(
                    "Link",
                    "</api/v1/history/" + kind + "/" + object + "?before=" + last + "&limit=" + limit
                            + ">; rel=\"next\"");
        }
        return answer.build();
    }

    private static Problem none() {
        return Problem.notFound("There is no such thing, or no version of it that you may read.");
    }

    private static Map<String, @Nullable Object> told(Timeline.Past past) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("row", past.row().sequence());
        var row = RowView.json(past.row());
        for (String field : new String[] {"time", "actor", "action", "reason"}) {
            told.put(field, row.get(field));
        }
        told.put("present", past.present());
        told.put("changed", fields(past.changed()));
        told.put("since", fields(past.since()));
        return told;
    }

    private static Map<String, Map<String, @Nullable Object>> fields(SortedMap<String, Versioned.Pair> pairs) {
        var fields = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        pairs.forEach((name, pair) -> {
            var field = new LinkedHashMap<String, @Nullable Object>();
            field.put("before", pair.then());
            field.put("after", pair.now());
            fields.put(name, field);
        });
        return fields;
    }
}
