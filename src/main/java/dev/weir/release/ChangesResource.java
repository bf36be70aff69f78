package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Section;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Change requests for programs. Reads the request, asks {@link ChangeRequests}; decides nothing. */
@Path("/api/v1/changes/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ChangesResource {

    private static final String HOME = "/api/v1/changes/";

    private final ChangeRequests requests;
    private final Parts parts;
    private final Reviewers reviewers;
    private final Terms terms;
    private final Editors editors;
    private final Environments environments;

    ChangesResource(
            ChangeRequests requests,
            Parts parts,
            Reviewers reviewers,
            Terms terms,
            Editors editors,
            Environments environments) {
        this.requests = requests;
        this.parts = parts;
        this.reviewers = reviewers;
        this.terms = terms;
        this.editors = editors;
        this.environments = environments;
    }

    /**
     * What is sent along: each operation takes what it needs of it. A restore names {@code restores} and {@code seen}, and {@code part}
     * where it is of one part alone.
     */
    record Body(
            @Nullable Long version,
            @Nullable Long restores,
            @Nullable String part,
            @Nullable Boolean stays,
            @Nullable Long seen,
            @Nullable Integer days,
            @Nullable String reason,
            @Nullable String hash,
            @Nullable String text,
            @Nullable String key,
            @Nullable Set<String> people) {

        private static final Body EMPTY = new Body(null, null, null, null, null, null, null, null, null, null, null);

        static Body of(@Nullable Body body) {
            return body == null ? EMPTY : body;
        }

        String said() {
            return Objects.requireNonNullElse(reason, "");
        }
    }

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    public Response list(
            @RestPath String environment,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("50") int limit) {
        var place = key(environment);
        var found = requests.list(place, before);
        var outdated = requests.outdated(place, found);
        return Told.page(
                found,
                limit,
                request -> {
                    var told = Told.request(request);
                    told.put("outdated", outdated.contains(request.number()));
                    return told;
                },
                HOME + environment,
                ChangeRequest::number);
    }

    @GET
    @Path("{number:\\d+}")
    public Response one(@RestPath String environment, @RestPath long number) {
        var request = requests.find(key(environment), number)
                .orElseThrow(() -> Problem.notFound(WhyWords.of(Why.NO_REQUEST)));
        var document = requests.document(request);
        var told = Told.request(request);
        told.put("outdated", requests.outdated(request));
        requests.changes(request).ifPresent(diff -> {
            told.put("changes", diff.json());
            terms.loss(request.environment(), diff).ifPresent(loss -> told.put("deletes", loss.json()));
        });
        told.put("loses", requests.toll(request).json());
        told.put("editedBy", editors.of(request).stream().map(Told::person).toList());
        told.put("approverEdited", editors.approverEdited(request));
        var named = reviewers.of(request);
        told.put(
                "reviewers",
                named.stream()
                        .map(one -> Map.of(
                                "person",
                                Told.person(one.person()),
                                "answer",
                                one.answer().id()))
                        .toList());
        var comments = requests.comments(request);
        told.put("comments", comments.stream().map(Told::comment).toList());
        told.put("document", document.json());
        return Response.ok(told).tag(new EntityTag(requests.tag(request))).build();
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Ask for the draft, for an earlier revision or one part of it, or that what is in force stays",
            description =
                    "version is the draft's that was looked at, or else If-Match carries its ETag; with restores, seen is the"
                            + " revision that was in force. part is a page of the rules (parameters, elements, retention …):"
                            + " that part comes back as it was then, the rest stays as it is in force. With stays, what is in"
                            + " force for a while is asked to stay; seen is its number.")
    public Response open(
            @RestPath String environment, @HeaderParam("If-Match") @Nullable String match, @Nullable Body sent) {
        var body = Body.of(sent);
        var place = key(environment);
        int days = Objects.requireNonNullElse(body.days(), 0);
        if (Boolean.TRUE.equals(body.stays())) {
            return Asking.answer(requests.openStay(place, Told.seen(body.seen()), body.said()));
        }
        var became = body.restores() == null
                ? requests.open(place, Versions.read(body.version(), match), body.said(), days)
                : restored(place, body, body.restores(), days);
        return Asking.answer(became);
    }

    private Requested restored(EnvironmentKey place, Body body, long number, int days) {
        long seen = Told.seen(body.seen());
        if (body.part() == null) {
            return requests.openRestore(place, number, seen, body.said(), days);
        }
        var part = Section.ofSlug(body.part()).orElseThrow(() -> Problem.of(422, "There is no such part of a policy."));
        return parts.restore(place, number, part, seen, body.said(), days);
    }

    @POST
    @Path("{number:\\d+}/comments")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Map<String, @Nullable Object> comment(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var text = Objects.requireNonNullElse(Body.of(sent).text(), "");
        return told(requests.comment(key(environment), number, text));
    }

    /** {@code people} are subjects of Admins. */
    @POST
    @Path("{number:\\d+}/reviewers")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Map<String, @Nullable Object> reviewers(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var people = Objects.requireNonNullElse(Body.of(sent).people(), Set.<String>of());
        return told(reviewers.ask(key(environment), number, people));
    }

    /** Whoever was asked says that somebody else should look at it. */
    @POST
    @Path("{number:\\d+}/decline")
    @RolesAllowed(Role.ADMIN)
    public Map<String, @Nullable Object> decline(@RestPath String environment, @RestPath long number) {
        return told(reviewers.decline(key(environment), number));
    }

    /** {@code hash} is what was looked at. */
    @POST
    @Path("{number:\\d+}/approve")
    @RolesAllowed(Role.ADMIN)
    public Map<String, @Nullable Object> approve(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var place = key(environment);
        var hash = Body.of(sent).hash();
        if (hash == null) {
            throw Problem.of(428, "Say what you looked at: its hash.");
        }
        return told(requests.approve(place, number, hash));
    }

    /** {@code If-Match} is the ETag of the request: what somebody else has just approved is not rejected unseen. */
    @POST
    @Path("{number:\\d+}/reject")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Map<String, @Nullable Object> reject(
            @RestPath String environment,
            @RestPath long number,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable Body sent) {
        var place = key(environment);
        return told(requests.reject(
                place, number, Versions.tag(match), Body.of(sent).said()));
    }

    /** {@code key} is the environment's, where it is critical. */
    @POST
    @Path("{number:\\d+}/publish")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Map<String, @Nullable Object> publish(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var typed = Objects.requireNonNullElse(Body.of(sent).key(), "");
        return PolicyResource.told(requests.publish(key(environment), number, typed));
    }

    private static Map<String, @Nullable Object> told(Requested became) {
        return became.match(done -> Told.request(done.request()), refused -> {
            throw Asking.problem(refused.why());
        });
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
