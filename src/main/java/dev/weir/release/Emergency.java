package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequest.Person;
import java.time.Instant;
import java.util.Optional;

/** A loosening that one person published alone. It stays on every page until somebody else has reviewed it. */
public record Emergency(
        EnvironmentKey environment, long revision, Person publishedBy, Instant publishedAt, Optional<Review> review) {

    /** What somebody else says of it afterwards. */
    public record Review(Person by, Instant at, String words) {}

    public boolean reviewed() {
        return review.isPresent();
    }
}
