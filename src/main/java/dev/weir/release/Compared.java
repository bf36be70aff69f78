package dev.weir.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is stored beside what a row tells, value by value: remembers the first that differs. */
final class Compared {

    /** A row is written in the transaction of what it tells of, with a time of its own. */
    private static final Duration APART = Duration.ofMinutes(2);

    /** In a row it stands for what no database can hold. */
    private static final int UNWRITABLE = 0xFFFD;

    private String differs = "";

    Compared same(String what, @Nullable Object stored, @Nullable Object told) {
        return noted(what, Objects.equals(stored, told));
    }

    /** As {@link #same}, unless the value was erased from the row. */
    Compared unerased(String what, String stored, Optional<String> told) {
        return noted(what, told.isEmpty() || reads(stored, told.get()));
    }

    Compared at(String what, Optional<Instant> stored, Instant told) {
        return noted(
                what,
                stored.isPresent() && Duration.between(stored.get(), told).abs().compareTo(APART) <= 0);
    }

    /** What differs, in words. */
    Optional<String> words() {
        return differs.isEmpty() ? Optional.empty() : Optional.of(differs + " is not what the row tells");
    }

    private Compared noted(String what, boolean same) {
        if (!same && differs.isEmpty()) {
            differs = what;
        }
        return this;
    }

    private static boolean reads(String stored, String told) {
        var one = stored.codePoints().toArray();
        var other = told.codePoints().toArray();
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i] != other[i] && other[i] != UNWRITABLE) {
                return false;
            }
        }
        return one.length == other.length;
    }
}
