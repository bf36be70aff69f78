package dev.weir.sample;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the sample shop is there at all. */
@ConfigMapping(prefix = "weir.sample")
interface SampleConfig {

    /** Off in the production profile. */
    @WithDefault("true")
    boolean enabled();
}
