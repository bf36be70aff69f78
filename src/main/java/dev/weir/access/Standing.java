package dev.weir.access;

import jakarta.enterprise.context.ApplicationScoped;

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
