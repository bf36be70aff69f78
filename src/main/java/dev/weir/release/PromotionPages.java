package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Promotions.Choice;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Promotion as a page: three ways side by side, one choice a rule. Asks {@link Promotions}; decides nothing. */
@Path("/console/{environment}/promote")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PromotionPages {

    private static final Pattern ANSWER = Pattern.compile("(take|leave)-(\\d{1,6})");

    @CheckedTemplate(basePath = "release")
    record promote(
            PlaceView place,
            List<Environment> others,
            @Nullable Promotion promotion,
            @Nullable Environment source,
            String reason,
            int days,
            String refused)
            implements TemplateInstance {}

    private final Promotions promotions;
    private final Environments environments;
    private final CurrentActor current;

    PromotionPages(Promotions promotions, Environments environments, CurrentActor current) {
        this.promotions = promotions;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance look(@RestPath String environment, @RestQuery @DefaultValue("") String from) {
        return page(place(environment), from, "", 0, "");
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response ask(
            @RestPath String environment,
            @RestForm @DefaultValue("") String from,
            @RestForm @DefaultValue("-1") long revision,
            @RestForm @DefaultValue("-1") long seen,
            @RestForm List<String> line,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("0") int days) {
        var place = place(environment);
        var source = source(from).orElseThrow(() -> Problem.of(409, WhyWords.of(Why.OTHER_REVISION_IN_FORCE)));
        var choice =
                new Choice(source.key(), revision, seen, answered(line, "take"), answered(line, "leave"), reason, days);
        return promotions
                .ask(place.key(), choice)
                .match(
                        done -> Response.seeOther(URI.create(
                                        place.changes() + "/" + done.request().number()))
                                .build(),
                        refused -> Response.status(WhyWords.status(refused.why()))
                                .entity(page(place, from, reason, days, WhyWords.of(refused.why())))
                                .build());
    }

    private static Set<Integer> answered(List<String> lines, String answer) {
        return lines.stream()
                .map(ANSWER::matcher)
                .filter(found -> found.matches() && found.group(1).equals(answer))
                .map(found -> Integer.valueOf(found.group(2)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private TemplateInstance page(PlaceView place, String from, String reason, int days, String refused) {
        var others = environments.list().stream()
                .filter(one -> !one.key().equals(place.key()))
                .toList();
        var source = source(from).filter(others::contains);
        var promotion = source.flatMap(found -> promotions.look(found.key(), place.key()));
        return new promote(place, others, promotion.orElse(null), source.orElse(null), reason, days, refused);
    }

    private Optional<Environment> source(String key) {
        return Optional.of(key)
                .filter(EnvironmentKey::valid)
                .map(EnvironmentKey::new)
                .flatMap(environments::find);
    }

    private PlaceView place(String key) {
        return PlaceView.of(key, environments, current);
    }
}
