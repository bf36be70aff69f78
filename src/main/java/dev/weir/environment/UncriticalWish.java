package dev.weir.environment;

import java.time.Instant;

/** That an environment be critical no longer: asked for by one Admin, to be agreed to by another. */
public record UncriticalWish(String subject, String name, Instant askedAt, String reason) {}
