package dev.weir.findings;

import dev.weir.access.Role;
import dev.weir.catalog.Checkups;
import dev.weir.catalog.Definition;
import dev.weir.catalog.Health;
import dev.weir.catalog.Standards;
import dev.weir.catalog.Status;
import dev.weir.catalog.standards.Rule;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.ReasonWords;
import dev.weir.quarantine.Quarantine;
import dev.weir.release.Emergencies;
import dev.weir.release.Emergency;
import dev.weir.store.SetAside;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should look at in one environment, as it is now: what was set aside, definitions that are not well or break a standard
 * that blocks, emergencies that nobody has reviewed. Asks the rooms that know it whenever it is asked; keeps nothing, and shows nothing that these don't show.
 */
@ApplicationScoped
class Findings {

    private static final int ID = 32;

    private final Quarantine quarantine;
    private final Checkups checkups;
    private final Standards standards;
    private final Emergencies emergencies;

    Findings(Quarantine quarantine, Checkups checkups, Standards standards, Emergencies emergencies) {
        this.quarantine = quarantine;
        this.checkups = checkups;
        this.standards = standards;
        this.emergencies = emergencies;
    }

    /**
     * One of them.
     *
     * @param id the same as long as it is about the same
     * @param kind {@code quarantined}, {@code definition}, {@code standard} or {@code emergency}
     * @param what the reason, or the state
     * @param about what it is about: a rule, the id of a definition, a standard, the number of a revision
     * @param name what people call that
     * @param events how many events it is about
     * @param cause a selector that finds now what a definition that collapsed matched before
     * @param page where it is looked at in the console
     */
    record Finding(
            String id,
            String kind,
            String what,
            String about,
            String name,
            long events,
            String words,
            @Nullable Cause cause,
            String page) {}

    /** {@code percent} of what is missed. */
    record Cause(String selector, int percent) {}

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Finding> look(EnvironmentKey environment) {
        var aside = quarantine.groups(environment).stream().map(group -> aside(environment, group));
        var ill = checkups.look(environment).healths().stream()
                .filter(health -> health.state() != Health.State.HEALTHY)
                .map(Findings::ill);
        var alone = emergencies.open().stream()
                .filter(emergency -> emergency.environment().equals(environment))
                .map(Findings::alone);
        var broken = standards.blocked().entrySet().stream().map(one -> broken(one.getKey(), one.getValue()));
        return Stream.of(aside, ill, broken, alone).flatMap(some -> some).toList();
    }

    private static Finding aside(EnvironmentKey environment, SetAside.Group group) {
        return new Finding(
                id("quarantined", group.reason(), group.rule(), group.field()),
                "quarantined",
                group.reason(),
                group.rule(),
                ReasonWords.field(group.field()),
                group.events(),
                ReasonWords.ofStored(group.reason()),
                null,
                "/console/" + environment + "/quarantine");
    }

    private static Finding ill(Health health) {
        var definition = health.definition();
        return new Finding(
                id("definition", health.state().id(), definition.id()),
                "definition",
                health.state().id(),
                definition.id(),
                definition.name(),
                health.count(),
                health.why(),
                health.cause()
                        .map(cause -> new Cause(cause.selector(), cause.percent()))
                        .orElse(null),
                "/console/definitions/" + definition.id());
    }

    /** One for each standard that blocks, however many break it: definitions belong to no environment. */
    private static Finding broken(Rule rule, List<Definition> definitions) {
        long verified = definitions.stream()
                .filter(definition -> definition.status() == Status.VERIFIED)
                .count();
        return new Finding(
                id("standard", rule.id()),
                "standard",
                "broken",
                rule.id(),
                rule.words(),
                0,
                "Definitions that break it: " + definitions.size() + ". Of these verified: " + verified + ".",
                null,
                "/console/definitions?breaks=block");
    }

    private static Finding alone(Emergency emergency) {
        return new Finding(
                id("emergency", "unreviewed", Long.toString(emergency.revision())),
                "emergency",
                "unreviewed",
                Long.toString(emergency.revision()),
                "Revision " + emergency.revision(),
                0,
                "One Admin published what it loosens alone; another one has yet to review it.",
                null,
                "/console/" + emergency.environment() + "/emergencies");
    }

    private static String id(String... parts) {
        return CanonicalJson.sha256(String.join("\0", parts)).substring(0, ID);
    }
}
