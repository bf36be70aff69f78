package dev.weir.access;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one question that divides the two ways to sign in. */
@Singleton
class Access {

    private final AuthMode mode;

    Access(@ConfigProperty(name = "weir.auth", defaultValue = "local") AuthMode mode) {
        this.mode = mode;
    }

    boolean local() {
        return mode == AuthMode.LOCAL;
    }
}
