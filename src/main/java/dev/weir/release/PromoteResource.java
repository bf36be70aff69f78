package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Promotions.Choice;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Promotion for programs. Reads the request, asks {@link Promotions}; decides nothing. */
@Path("/api/v1/policy/{environment}/promote")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PromoteResource {

    private static final String FROM_MISSING = "Name in from the environment whose revision it is.";

    private final Promotions promotions;
    private final Environments environments;

    PromoteResource(Promotions promotions, Environments environments) {
        this.promotions = promotions;
        this.environments = environments;
    }

    /** What was looked at, and what is chosen of it. */
    record Body(
            @Nullable String from,
            @Nullable Long revision,
            @Nullable Long seen,
            @Nullable Set<Integer> take,
            @Nullable Set<Integer> leave,
            @Nullable String reason,
            @Nullable Integer days) {}

    @GET
    public Map<String, @Nullable Object> look(@RestPath String environment, @RestQuery @DefaultValue("") String from) {
        var target = key(environment);
        if (from.isEmpty()) {
            throw Problem.of(400, FROM_MISSING);
        }
        var promotion =
                promotions.look(key(from), target).orElseThrow(() -> Problem.notFound("There is nothing to compare."));
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("source", promotion.source().value());
        told.put("revision", promotion.revision());
        told.put("target", target.value());
        told.put("seen", promotion.seen());
        told.put("base", promotion.base());
        told.put(
                "lines",
                promotion.ways().lines().stream()
                        .map(line -> {
                            var one = new LinkedHashMap<String, @Nullable Object>();
                            one.put("number", line.number());
                            one.put("path", line.change().path());
                            one.put("before", line.change().before());
                            one.put("after", line.change().after());
                            one.put("words", line.change().words());
                            one.put(
                                    "direction",
                                    line.change().direction().name().toLowerCase(Locale.ROOT));
                            one.put("moved", line.moved().name().toLowerCase(Locale.ROOT));
                            one.put("sides", line.sides());
                            return one;
                        })
                        .toList());
        told.put("warnings", List.copyOf(promotion.warnings()));
        return told;
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response ask(@RestPath String environment, @Nullable Body sent) {
        var target = key(environment);
        if (sent == null) {
            throw Problem.of(428, Told.SEEN_MISSING);
        }
        return Asking.answer(promotions.ask(
                target,
                new Choice(
                        source(sent.from()),
                        Told.seen(sent.revision()),
                        Told.seen(sent.seen()),
                        Objects.requireNonNullElse(sent.take(), Set.of()),
                        Objects.requireNonNullElse(sent.leave(), Set.of()),
                        Objects.requireNonNullElse(sent.reason(), ""),
                        Objects.requireNonNullElse(sent.days(), 0))));
    }

    /** Of the body: it is not the address that is wrong. */
    private EnvironmentKey source(@Nullable String from) {
        return environments
                .named(Objects.requireNonNullElse(from, ""))
                .map(Environment::key)
                .orElseThrow(() -> Problem.of(422, FROM_MISSING));
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
