package dev.weir.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.identity.LinkCuts.Why;
import dev.weir.jobs.Job;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing.Name;
import dev.weir.store.IdentityLinks;
import dev.weir.store.IdentityLinks.Link;
import dev.weir.web.Problem;
import dev.weir.web.ShownOnce;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Links of somebody who is asked for by name, and cutting one, for programs of people. Decides nothing; no name is in an address. */
@Path("/api/v1/identities/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Identities", description = "Who is linked to whom, and undoing a link that was wrong: docs/identities.md.")
class IdentitiesResource {

    /** Somebody: by an identity, or by the id of a user or device. */
    record Sought(@Nullable String identity, @Nullable String user) {}

    /** One of somebody's links, and why something is to be done about it. */
    record Decision(
            @Nullable String identity,
            @Nullable String user,
            @Nullable String link,
            @Nullable String why) {}

    /** {@code identity} stands for the identity without saying it; {@code linked} is false for one that is cut. */
    record LinkBody(
            String link,
            String user,
            String identity,
            boolean linked,
            Instant since,
            @JsonProperty("app_id") @Nullable String app,
            @Nullable String door,
            @JsonProperty("cut_at") @Nullable Instant cutAt,
            @JsonProperty("cut_events") @Nullable Long cutEvents) {

        static LinkBody of(Link link) {
            var cut = link.cut();
            return new LinkBody(
                    link.id().toString(),
                    link.user(),
                    link.alias(),
                    link.linked(),
                    link.since(),
                    link.app().orElse(null),
                    link.door().orElse(null),
                    cut.map(IdentityLinks.Cut::at).orElse(null),
                    cut.map(IdentityLinks.Cut::events).orElse(null));
        }
    }

    /** Who somebody is belongs to nobody who only remembers answers. */
    record LinksBody(@Nullable List<LinkBody> links) implements ShownOnce {

        @Override
        public Object without() {
            return new LinksBody(null);
        }
    }

    private final LinkCuts cuts;
    private final Environments environments;
    private final CurrentActor current;

    IdentitiesResource(LinkCuts cuts, Environments environments, CurrentActor current) {
        this.cuts = cuts;
        this.environments = environments;
        this.current = current;
    }

    @POST
    @Path("links")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "The links of somebody",
            description =
                    "Looks and keeps nothing; it is a POST so that no name is in an address. The newest first, at most 200.")
    public LinksBody links(@RestPath String environment, @Nullable Sought sent) {
        var key = key(environment);
        var name = sent == null ? name(null, null) : name(sent.identity(), sent.user());
        return new LinksBody(cuts.links(key, name).stream().map(LinkBody::of).toList());
    }

    @GET
    @Path("cuts")
    @Operation(
            summary = "What is being counted or waits to be released",
            description = "The newest first. Which link it is about is told to who may ask.")
    public List<Map<String, Object>> waiting(@RestPath String environment) {
        return cuts.waiting(key(environment)).stream().map(this::told).toList();
    }

    @POST
    @Path("cuts")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Ask that a link be cut",
            description = "How many events it is about is counted first, by the job that the answer names.")
    public Map<String, Object> ask(@RestPath String environment, @Nullable Decision sent) {
        var key = key(environment);
        var wanted = wanted(sent);
        var asked = cuts.ask(key, wanted.name(), wanted.link(), wanted.why());
        if (asked.why() == Why.BUSY) {
            throw Problem.tooMany(Asking.words(Why.BUSY, cuts.alone()), Duration.ofMinutes(1));
        }
        return asked.job().map(job -> Map.<String, Object>of("job", job.id())).orElseThrow(() -> problem(asked.why()));
    }

    @POST
    @Path("cuts/{id}/release")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Cut the link that was asked about")
    public Map<String, Object> release(@RestPath String environment, @RestPath String id) {
        done(cuts.release(key(environment), id));
        return Map.of("cut", id);
    }

    @POST
    @Path("cuts/{id}/decline")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(summary = "Leave the link as it is")
    public Map<String, Object> decline(@RestPath String environment, @RestPath String id) {
        done(cuts.decline(key(environment), id));
        return Map.of("declined", id);
    }

    @POST
    @Path("restores")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Make a link again that was cut, as it was")
    public Map<String, Object> restore(@RestPath String environment, @Nullable Decision sent) {
        var key = key(environment);
        var wanted = wanted(sent);
        done(cuts.restore(key, wanted.name(), wanted.link(), wanted.why()));
        return Map.of("restored", wanted.link().toString());
    }

    private record Wanted(Name name, UUID link, String why) {}

    private static Wanted wanted(@Nullable Decision sent) {
        var decision = sent == null ? new Decision(null, null, null, null) : sent;
        var name = name(decision.identity(), decision.user());
        var link = Asking.link(Objects.requireNonNullElse(decision.link(), ""));
        var why = Objects.requireNonNullElse(decision.why(), "").strip();
        var objection = Asking.objection(name, link, why);
        if (!objection.isEmpty()) {
            throw Problem.of(422, objection);
        }
        return new Wanted(name, link.orElseThrow(), why);
    }

    private static Name name(@Nullable String identity, @Nullable String user) {
        var text = Objects.requireNonNullElse(identity != null ? identity : user, "")
                .strip();
        var name = new Name(identity != null, text);
        if ((identity != null && user != null) || !Asking.objection(name).isEmpty()) {
            throw Problem.of(422, "Name somebody by identity or by user, in 1 to 255 characters.");
        }
        return name;
    }

    private Map<String, Object> told(Job count) {
        var told = new LinkedHashMap<String, Object>();
        told.put("job", count.id());
        told.put("state", count.state().id());
        told.put("counts", count.counts());
        told.put("askedBy", count.askedBy());
        told.put("askedAt", count.askedAt().toString());
        if (current.is(Role.ADMIN) || current.is(Role.ARCHITECT)) {
            cuts.target(count).ifPresent(target -> {
                told.put("link", target.edge().toString());
                told.put("user", target.user());
                told.put("identity", target.alias());
            });
        }
        return told;
    }

    private void done(Why why) {
        if (why != Why.DONE) {
            throw problem(why);
        }
    }

    private Problem problem(Why why) {
        return Problem.of(Asking.status(why), Asking.words(why, cuts.alone()));
    }

    private EnvironmentKey key(String environment) {
        return environments
                .named(environment)
                .orElseThrow(() -> Problem.notFound("There is no such environment."))
                .key();
    }
}
