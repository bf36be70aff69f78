package dev.weir.release;

import dev.weir.restoration.Restorations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the list of change requests: one for rules, or one that an earlier version of something else comes back.
 *
 * @param outdated whether the request is pending and nothing can become of it any more
 */
record Listed(@Nullable ChangeRequest request, boolean outdated, Restorations.@Nullable Line restoration) {

    static Listed of(ChangeRequest request, boolean outdated) {
        return new Listed(request, outdated, null);
    }

    static Listed of(Restorations.Line restoration) {
        return new Listed(null, false, restoration);
    }

    Instant at() {
        if (request != null) {
            return request.createdAt();
        }
        return restoration == null ? Instant.EPOCH : restoration.restoration().askedAt();
    }
}
