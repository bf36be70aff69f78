package dev.weir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a batch on its way through something else than the database. What tells it apart comes along; what a sender called it
 * does not.
 *
 * @param id of the row that the entry becomes
 * @param key the hash by which a retry is known
 * @param batch with this entry alone, which has no key of its own any more
 */
public record Carried(UUID id, @Nullable UUID key, Batch batch) {

    public Carried {
        if (batch.entries().size() != 1) {
            throw new IllegalArgumentException("one entry is carried at a time");
        }
    }

    public Entry entry() {
        return batch.entries().get(0);
    }

    /** One for each entry, in their order. What the sender lost travels with the first. */
    public static List<Carried> of(Batch batch) {
        var carried = new ArrayList<Carried>(batch.entries().size());
        for (Entry entry : batch.entries()) {
            int lost = carried.isEmpty() ? batch.lost() : 0;
            carried.add(of(batch, lost, entry));
        }
        return carried;
    }

    private static Carried of(Batch batch, int lost, Entry entry) {
        var id = id(batch);
        if (entry instanceof Entry.Arrival arrival) {
            return new Carried(
                    id, Keys.of(batch.door(), arrival.key()), batch.with(lost, List.of(arrival.withoutKey())));
        }
        return new Carried(id, null, batch.with(lost, List.of(entry)));
    }

    /** Version 7: by time, then by chance. It tells events apart; nobody has to be unable to guess it. */
    private static UUID id(Batch batch) {
        var chance = ThreadLocalRandom.current();
        long time = batch.receivedAt().toEpochMilli() << 16;
        return new UUID(
                time | 0x7000 | chance.nextInt(1 << 12), (chance.nextLong() & 0x3fff_ffff_ffff_ffffL) | Long.MIN_VALUE);
    }

    /** Entries of one batch that follow each other are one batch again, so that they count as they would have without the journey. */
    static List<Prepared> together(List<Carried> carried) {
        var batches = new ArrayList<Prepared>();
        int from = 0;
        for (int i = 1; i <= carried.size(); i++) {
            if (i == carried.size() || !carried.get(i).follows(carried.get(from))) {
                batches.add(joined(carried.subList(from, i)));
                from = i;
            }
        }
        return batches;
    }

    private boolean follows(Carried first) {
        return batch.with(0, List.of()).equals(first.batch.with(0, List.of()));
    }

    private static Prepared joined(List<Carried> carried) {
        int lost = carried.stream().mapToInt(one -> one.batch.lost()).sum();
        var entries = carried.stream().map(Carried::entry).toList();
        return Prepared.of(carried.get(0).batch.with(lost, entries), carried);
    }
}
