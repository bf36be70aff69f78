package dev.weir.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of deleting by hand. Everything has one. */
@ConfigMapping(prefix = "weir.erasure.requests")
interface ErasureConfig {

    /** Events that an Admin deletes alone who asked for it; above it takes another one. */
    @WithDefault("1000")
    long alone();

    /** How long a count waits to be released; then the names are forgotten. */
    @WithDefault("14d")
    Duration keep();

    /** How often names that waited too long are looked for. */
    @WithDefault("1h")
    String forgetEvery();
}
