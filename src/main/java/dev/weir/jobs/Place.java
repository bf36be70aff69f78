package dev.weir.jobs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a page of the list of jobs ended. Several jobs may have been asked for in one moment, so the moment alone would lose some. */
record Place(Instant askedAt, String id) {

    /** Before the newest. */
    static final Place START = new Place(Instant.parse("9999-12-31T23:59:59Z"), "");

    private static final Pattern WORD = Pattern.compile("([0-9]{1,16})-([0-9a-f-]{0,36})");
    private static final long MICROS = 1_000_000;

    static Place of(Job job) {
        return new Place(job.askedAt(), job.id());
    }

    /** As it stands in an address. */
    String word() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, askedAt) + "-" + id;
    }

    /** The start for an empty word; empty for what was never given out. */
    static Optional<Place> of(String word) {
        if (word.isEmpty()) {
            return Optional.of(START);
        }
        var matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long micros = Long.parseLong(matcher.group(1));
        var at = Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000);
        return Optional.of(new Place(at.isAfter(START.askedAt) ? START.askedAt : at, matcher.group(2)));
    }
}
