package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.standards.Asked;
import dev.weir.catalog.standards.Asked.Ask;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Rule;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the standards be again what they were, by the edit that anybody would make by hand and by its rules. */
@ApplicationScoped
@Transactional
public class EarlierStandards {

    private final Standards standards;

    EarlierStandards(Standards standards) {
        this.standards = standards;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public long version() {
        return standards.inForce().version();
    }

    /** @param then rules as the change log has them; what is not in it stays as it is now */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public boolean readable(Map<String, @Nullable Object> then) {
        return read(then).isPresent();
    }

    /** False where somebody has changed them, or what was asked then would be refused now: nothing is changed then. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public boolean restore(Map<String, @Nullable Object> then, long version, String reason) {
        return read(then)
                .filter(made -> standards.change(made, version, reason) == StandardOutcome.DONE)
                .isPresent();
    }

    private Optional<Conventions> read(Map<String, @Nullable Object> then) {
        var rules = new EnumMap<Rule, Ask>(
                Asked.of(standards.inForce().conventions()).rules());
        for (var rule : Rule.values()) {
            if (then.get(rule.id()) instanceof String told) {
                rules.put(rule, Ask.told(rule, told));
            }
        }
        return new Asked(rules).read().conventions();
    }
}
