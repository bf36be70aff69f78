package dev.weir.store;

import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import java.time.Instant;
import java.util.List;

/**
 * What one request brought, after judgement.
 *
 * @param revision of the policy that judged it
 * @param stale whether the sender enforced another revision
 * @param perDevice identities one device may have
 */
public record Batch(
        AppId app,
        Revision revision,
        Door door,
        Instant receivedAt,
        boolean stale,
        int perDevice,
        List<Entry> entries) {

    public Batch {
        entries = List.copyOf(entries);
    }
}
