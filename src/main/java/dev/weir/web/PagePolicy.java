package dev.weir.web;

import java.util.Optional;

/**
 * A feature's own content security policy for the addresses below one path: a bean that implements this is found by
 * {@link SecurityHeaders}. The longest matching path counts.
 */
public interface PagePolicy {

    /** As {@code /sample/}. */
    String path();

    /** The whole header; empty for the strict default. */
    default Optional<String> contentSecurityPolicy() {
        return Optional.empty();
    }

    /** An origin besides our own to which forms may lead, as the sign-in page of an identity provider. */
    default Optional<String> formTarget() {
        return Optional.empty();
    }
}
