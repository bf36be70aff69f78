package dev.weir.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of cutting links. Everything has one. */
@ConfigMapping(prefix = "weir.identity.unmerge")
interface IdentityConfig {

    /** Events of a device whose link an Admin cuts alone who asked for it, or restores alone who cut it; above it takes another one. */
    @WithDefault("1000")
    long alone();

    /** How long a count waits to be released; then the names are forgotten. */
    @WithDefault("14d")
    Duration keep();

    /** How often names that waited too long are looked for. */
    @WithDefault("1h")
    String forgetEvery();
}
