package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.store.Appended;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Entry;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** How much waits for Kafka's acknowledgement; Kafka is its client's own producer without a broker. */
class InFlightTest {

    private static final int MOST = 10_000;

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    @Edge(value = "bytes that wait for Kafka's acknowledgement", lowered = MOST)
    void as_many_bytes_wait_as_the_table_says_and_not_one_more() {
        int rest = bytes(batch(0));

        Limit.here().isTheLastTaken(many -> {
            var batch = batch((int) many - rest);
            assertThat(bytes(batch)).isEqualTo((int) many);
            var answer = journal().append(batch).toCompletableFuture();
            // What is taken waits for the acknowledgement, which does not come.
            return !answer.isDone();
        });
    }

    @Test
    void what_waits_is_counted_until_it_is_acknowledged() {
        var journal = journal();
        var full = batch(MOST - bytes(batch(0)));

        var first = journal.append(full).toCompletableFuture();
        var second = journal.append(batch(0)).toCompletableFuture();
        boolean filled = journal.full();
        producer.completeNext();
        var third = journal.append(full).toCompletableFuture();

        assertThat(filled).isTrue();
        assertThat(first.join()).isInstanceOf(Appended.Committed.class);
        assertThat(second.join()).isInstanceOf(Appended.Unavailable.class);
        assertThat(third).isNotDone();
    }

    private TopicJournal journal() {
        var config = new Journaling.Config("weir-events");
        var open = new Topic(new Broker(Map.of(), config), config) {
            @Override
            boolean open() {
                return true;
            }
        };
        return new TopicJournal(open, producer, MOST, Duration.ofSeconds(5));
    }

    private static Batch batch(int length) {
        var event = Event.custom("x", Map.of("a", "x".repeat(length)), null);
        return Carrying.batch(
                0,
                new Entry.Arrival(
                        null,
                        event,
                        Entry.Who.NOBODY,
                        Carrying.RECEIVED,
                        null,
                        false,
                        List.of(),
                        Entry.Meaning.NOTHING));
    }

    private static int bytes(Batch batch) {
        return RecordWriting.bytes(Carried.of(batch)).stream()
                .mapToInt(value -> value.length)
                .sum();
    }
}
