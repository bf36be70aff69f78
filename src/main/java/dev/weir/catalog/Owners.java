package dev.weir.catalog;

import dev.weir.access.Standing;
import dev.weir.kernel.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whose account somebody is who is named as an owner. */
@ApplicationScoped
class Owners {

    /** Where a person's name stands and nobody knows whose: it can be erased with its row. */
    static final String UNKNOWN = "unknown";

    private final Standing standing;

    Owners(Standing standing) {
        this.standing = standing;
    }

    /** As somebody has written it, with what is known of its owner: from before, of who writes, or by the only account of that name. */
    Details known(Details details, Optional<Owner> before, Actor by) {
        return details.ownedBy(details.owner().map(owner -> known(owner, before, by)));
    }

    private Owner known(Owner owner, Optional<Owner> before, Actor by) {
        if (owner.team()) {
            return owner;
        }
        var known = before.filter(
                old -> old.text().equals(owner.text()) && !old.subject().isEmpty());
        return known.orElseGet(() -> new Owner(
                false,
                owner.name(),
                owner.name().equalsIgnoreCase(by.name())
                        ? by.subject()
                        : standing.called(owner.name()).orElse("")));
    }

    /** Whose name it is, as the change log keeps it; empty for a team, whose name is nobody's. */
    static String about(Optional<Owner> owner) {
        return owner.filter(one -> !one.team())
                .map(one -> one.subject().isEmpty() ? UNKNOWN : one.subject())
                .orElse("");
    }

    /** As {@link #about}, of a name that is asked for. */
    String about(String name) {
        return standing.called(name).orElse(UNKNOWN);
    }
}
