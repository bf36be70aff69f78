package dev.weir.access;

import dev.weir.web.WhyNot;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.Optional;

/** Explains a refusal to somebody who is signed in and has none of Weir's roles: which names came, and what is missing. */
@RequestScoped
class NoRole implements WhyNot {

    private final SecurityIdentity identity;

    NoRole(SecurityIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Optional<String> reason() {
        if (identity.isAnonymous() || Role.ALL.stream().anyMatch(identity::hasRole)) {
            return Optional.empty();
        }
        if (identity.getAttribute(CurrentActor.TOKEN) != null) {
            return Optional.of("The scope of this token does not cover that.");
        }
        Collection<String> received = identity.getAttribute(ProviderRoles.RECEIVED);
        var named = received == null || received.isEmpty() ? "no role at all" : String.join(", ", received);
        return Optional.of("You are signed in, but you have no role in Weir. Your identity provider named: " + named
                + ". Ask whoever keeps it for one of: admin, architect, developer, auditor.");
    }
}
