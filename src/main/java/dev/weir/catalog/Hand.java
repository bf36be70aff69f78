package dev.weir.catalog;

import java.time.Instant;

/** Who did something, and when. */
public record Hand(String subject, String name, Instant at) {}
