package dev.weir.stream;

import dev.weir.store.Loads;
import dev.weir.store.Loads.Stretch;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Where loading goes on in each partition that this loader has been given. The database says so, Kafka is told; of a partition whose
 * place is not known nothing is fetched. Belongs to the thread of the loader.
 */
final class Places implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Places.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Loads loads;
    private final String topicId;
    private final Map<Integer, Long> believed = new HashMap<>();
    private final Set<TopicPartition> unknown = new HashSet<>();
    private boolean joined;

    Places(Consumer<byte[], byte[]> consumer, Loads loads, String topicId) {
        this.consumer = consumer;
        this.loads = loads;
        this.topicId = topicId;
    }

    /** Whether the group has given this loader its part, which may be nothing. */
    boolean joined() {
        return joined;
    }

    int partitions() {
        return believed.size() + unknown.size();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> given) {
        joined = true;
        given.forEach(this::unknown);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> taken) {
        taken.forEach(one -> {
            believed.remove(one.partition());
            unknown.remove(one);
        });
    }

    /** Looks up those that are not known; false when the database can't be asked. */
    boolean find() {
        if (unknown.isEmpty()) {
            return true;
        }
        Map<Integer, Long> positions;
        try {
            positions = loads.positions(topicId);
        } catch (IllegalStateException e) {
            return false;
        }
        for (TopicPartition partition : unknown) {
            long position = positions.getOrDefault(partition.partition(), Loads.NEVER);
            believed.put(partition.partition(), position);
            if (position == Loads.NEVER) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, position);
            }
        }
        consumer.resume(unknown);
        unknown.clear();
        return true;
    }

    /** From where to where these records of a partition lead; {@code next} is behind the last of them. */
    Stretch stretch(int partition, long next) {
        return new Stretch(partition, believed.getOrDefault(partition, Loads.NEVER), next);
    }

    void reached(List<Stretch> stretches) {
        stretches.forEach(stretch -> believed.put(stretch.partition(), stretch.next()));
    }

    /** What was believed did not hold, or nothing could be written: the database is to be asked again. */
    void forget() {
        consumer.assignment().forEach(this::unknown);
    }

    /**
     * Kafka no longer has what is next, because nobody loaded it in time, or has lost what was loaded last. Goes on with what there
     * is, says how much is missing, and leaves the database's position for the next load to move.
     */
    long missing(OffsetOutOfRangeException outside) {
        long missing = 0;
        for (var wanted : outside.offsetOutOfRangePartitions().entrySet()) {
            var partition = wanted.getKey();
            long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long from = Math.min(wanted.getValue(), divergence(outside, partition));
            long next = Math.max(first, Math.min(from, end));
            missing += Math.abs(from - next);
            consumer.seek(partition, next);
            LOG.errorf(
                    "partition %d was to be loaded from %d, but holds %d to %d: loading goes on at %d, %d records are missing",
                    partition.partition(), wanted.getValue(), first, end, next, Math.abs(from - next));
        }
        return missing;
    }

    /**
     * From where on there are other records than those that were loaded, where Kafka knows that. Where it does not, what was written
     * between there and the end was perhaps never loaded: as many count as missing as there are fewer than before.
     */
    private static long divergence(OffsetOutOfRangeException outside, TopicPartition partition) {
        var known = outside instanceof LogTruncationException truncated
                ? truncated.divergentOffsets().get(partition)
                : null;
        return known == null ? Long.MAX_VALUE : known.offset();
    }

    private void unknown(TopicPartition partition) {
        believed.remove(partition.partition());
        unknown.add(partition);
        // Any place will do: nothing is fetched until the right one is known. Without one, Kafka would be asked for it.
        consumer.seek(partition, 0);
        consumer.pause(List.of(partition));
    }
}
