package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.privacy.OneRule;
import dev.weir.privacy.Section;
import dev.weir.web.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of one part of an environment's policy, its URL rules, its consent settings; or of one rule in it. Decides nothing. */
@Path("/console/{environment}/privacy/{part}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PartHistory {

    private final PolicyVersions versions;

    PartHistory(PolicyVersions versions) {
        this.versions = versions;
    }

    @GET
    public TemplateInstance history(
            @RestPath String environment,
            @RestPath String part,
            @RestQuery @DefaultValue("") String rule,
            @RestQuery @DefaultValue("") String about,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var section = Section.ofSlug(part).orElseThrow(() -> Problem.notFound("There is no such page."));
        return versions.page(environment, Optional.of(section), one(section, rule, about), row, before);
    }

    private static Optional<OneRule> one(Section section, String rule, String about) {
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(OneRule.of(rule, about)
                .filter(found -> found.section() == section)
                .orElseThrow(() -> Problem.notFound("There is no such rule on this page.")));
    }
}
