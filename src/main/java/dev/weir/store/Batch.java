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
 * @param lost how many events the sender says it could not keep
 */
public record Batch(
        AppId app,
        Revision revision,
        Door door,
        Instant receivedAt,
        boolean stale,
        int perDevice,
        int lost,
        List<Entry> entries) {

    public Batch {
        entries = List.copyOf(entries);
    }

    /** The same request with other entries. */
    Batch with(int lostOfThem, List<Entry> others) {
        return new Batch(app, revision, door, receivedAt, stale, perDevice, lostOfThem, others);
    }

    /** How many lost events this batch adds to the count: a batch that came before has said so then. */
    public int newlyLost(List<Disposition> dispositions) {
        return dispositions.stream().allMatch(one -> one.outcome() == Outcome.DUPLICATE) ? 0 : lost;
    }
}
