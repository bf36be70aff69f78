package dev.weir.environment;

import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;

/** Fired in the transaction that makes an environment: what an environment can't be without is made by whoever observes it. */
public record EnvironmentCreated(EnvironmentKey environment, Actor by) {}
