package dev.weir.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long things last in local mode. */
@ConfigMapping(prefix = "weir.access")
interface AccessConfig {

    /** A session that is not used for this long ends. */
    @WithDefault("30M")
    Duration idle();

    /** A session ends after this long in any case. */
    @WithDefault("12H")
    Duration absolute();

    /** How long the link that makes the first Admin is good for. */
    @WithDefault("60M")
    Duration setUpLink();

    /** How long the link with which somebody sets a password is good for. */
    @WithDefault("72H")
    Duration passwordLink();
}
