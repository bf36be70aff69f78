package dev.weir.erasure;

import dev.weir.access.Role;
import dev.weir.erasure.Requests.Why;
import dev.weir.jobs.Job;
import dev.weir.store.Erasing.Name;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Asking to have users deleted, for programs of people. Reads the request, asks {@link Requests}; decides nothing, and names nobody. */
@Path("/api/v1/erasure")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ErasureResource {

    private final Requests requests;

    ErasureResource(Requests requests) {
        this.requests = requests;
    }

    /** Somebody who is to be deleted: by an identity, or by the id of a user or device. */
    record Subject(@Nullable String identity, @Nullable String user) {}

    record Wanted(
            @Nullable List<@Nullable Subject> users,
            @Nullable String why) {}

    /** What is being counted or waits to be released, the newest first. */
    @GET
    public List<Map<String, Object>> waiting() {
        return requests.waiting().stream().map(ErasureResource::told).toList();
    }

    /** Asks; what it comes to is counted first. */
    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Map<String, Object> ask(@Nullable Wanted sent) {
        var names = sent == null ? Set.<Name>of() : names(sent);
        var why = sent == null || sent.why() == null ? "" : sent.why().strip();
        var objection = ErasurePages.objection(names, why);
        if (!objection.isEmpty()) {
            throw Problem.of(422, objection);
        }
        return requests.ask(names, why)
                .map(job -> Map.<String, Object>of("job", job.id()))
                .orElseThrow(() -> Problem.tooMany("Too many jobs or requests are waiting.", Duration.ofMinutes(1)));
    }

    /** Deletes them, in a job. */
    @POST
    @Path("{id}/release")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> release(@RestPath String id) {
        var released = requests.release(id);
        return released.job()
                .map(job -> Map.<String, Object>of("job", job.id()))
                .orElseThrow(() -> problem(released.why()));
    }

    @POST
    @Path("{id}/decline")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Map<String, Object> decline(@RestPath String id) {
        var why = requests.decline(id);
        if (why != Why.DONE) {
            throw problem(why);
        }
        return Map.of("declined", id);
    }

    private Problem problem(Why why) {
        return Problem.of(ErasurePages.status(why), ErasurePages.words(why, requests.alone()));
    }

    private static Set<Name> names(Wanted sent) {
        var names = new LinkedHashSet<Name>();
        for (@Nullable Subject user : sent.users() == null ? List.<@Nullable Subject>of() : sent.users()) {
            var one = user == null ? new Subject(null, null) : user;
            var text = one.identity() != null ? one.identity() : one.user();
            if (text == null || text.isBlank() || (one.identity() != null && one.user() != null)) {
                throw Problem.of(422, "Each of users has an identity or a user.");
            }
            names.add(new Name(one.identity() != null, text.strip()));
        }
        return names;
    }

    private static Map<String, Object> told(Job count) {
        var told = new LinkedHashMap<String, Object>();
        told.put("job", count.id());
        told.put("state", count.state().id());
        told.put("counts", count.counts());
        told.put("askedBy", count.askedBy());
        told.put("askedAt", count.askedAt().toString());
        return told;
    }
}
