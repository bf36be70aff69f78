package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.Definitions.Result;
import dev.weir.catalog.standards.Rule;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * That a definition may break a standard that blocks: said by somebody who may verify it, with a reason, of the definition and of the
 * standard as they are. An edit of either makes it void.
 */
@ApplicationScoped
@Transactional
class Waivers {

    private static final int SHORTEST_REASON = 3;

    private final Definitions definitions;
    private final DefinitionRows rows;
    private final ConventionRows conventions;
    private final Conformity conformity;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    Waivers(
            Definitions definitions,
            DefinitionRows rows,
            ConventionRows conventions,
            Conformity conformity,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.definitions = definitions;
        this.rows = rows;
        this.conventions = conventions;
        this.conformity = conformity;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** @param version of the definition that was looked at */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    Result waive(String id, String rule, long version, String reason) {
        rows.lock();
        var found = definitions.find(id);
        if (found.isEmpty()) {
            return Result.of(Outcome.UNKNOWN);
        }
        var by = current.actor();
        var refused = refused(found.get(), rule, version, reason, by);
        if (refused.isPresent()) {
            return new Result(refused.get(), found);
        }
        waived(found.get(), rule, reason, by);
        return new Result(Outcome.DONE, found);
    }

    private Optional<Outcome> refused(Definition definition, String rule, long version, String reason, Actor by) {
        if (definition.version() != version) {
            return Optional.of(Outcome.OUTDATED);
        }
        if (definition.personal()) {
            return Optional.of(Outcome.PERSONAL);
        }
        if (Definitions.own(definition, by)) {
            return Optional.of(Outcome.OWN);
        }
        if (definitions.tied(definition, by)) {
            return Optional.of(Outcome.TIED);
        }
        boolean broken = conformity.blocking(definition).stream()
                .anyMatch(deviation -> deviation.rule().id().equals(rule));
        if (!broken || definition.status() == Status.ARCHIVED) {
            return Optional.of(Outcome.NOTHING_TO_WAIVE);
        }
        boolean said = reason.length() >= SHORTEST_REASON && reason.length() <= Form.LONGEST_REASON;
        return said ? Optional.empty() : Optional.of(Outcome.UNREASONED);
    }

    private void waived(Definition definition, String id, String reason, Actor by) {
        var rule = Rule.of(id).orElseThrow();
        var hand = new Hand(by.subject(), by.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        conventions.waive(definition.id(), rule, conventions.find(), hand);
        log.write(Entry.of(by, "waived", Thing.of("definition", definition.id()))
                .change("waived", null, rule.id())
                .because(reason));
    }
}
