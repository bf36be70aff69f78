package dev.weir.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What somebody who isn't there may do now. Of people whom an identity provider knows it can't say, and takes their last word. */
@ApplicationScoped
public class Standing {

    private static final String LOCAL = "local:";

    private final Access access;
    private final AccountRepository accounts;

    Standing(Access access, AccountRepository accounts) {
        this.access = access;
        this.accounts = accounts;
    }

    /** The subject of the only account of this name; empty where there is none or another one, and where a provider keeps them. */
    public Optional<String> called(String name) {
        var found = access.local() ? accounts.named(name) : List.<Account>of();
        return found.size() == 1 ? Optional.of(found.get(0).subject()) : Optional.empty();
    }

    /** Whether the subject has this role still; an account that is gone or disabled has none. */
    public boolean holds(String subject, String role) {
        if (!access.local()) {
            return true;
        }
        return subject.startsWith(LOCAL)
                && accounts.byId(subject.substring(LOCAL.length()))
                        .filter(account -> !account.disabled())
                        .filter(account -> account.role().equals(role))
                        .isPresent();
    }
}
