package dev.weir.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of jobs. Everything has one. */
@ConfigMapping(prefix = "weir.jobs")
interface JobsConfig {

    /** How often a node looks for a job to do; {@code off} for never on this node. */
    @WithDefault("1s")
    String lookEvery();

    /** Jobs that one node does at once. */
    @WithDefault("2")
    int atOnce();

    /** How long a node may be silent before another one takes its job; each step begins it anew. */
    @WithDefault("60s")
    Duration lease();

    /** Jobs that wait or run; beyond it nobody may ask for another one. */
    @WithDefault("100")
    int pending();

    /** How long a job that is over can be looked at; the change log keeps its receipt. */
    @WithDefault("90d")
    Duration keep();
}
