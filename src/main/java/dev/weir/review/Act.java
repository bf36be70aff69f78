package dev.weir.review;

import java.time.Instant;

/** Who did something, and when. */
public record Act(Someone by, Instant at) {}
