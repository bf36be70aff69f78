package dev.weir.stream;

import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** The journal of the data plane over a real broker, without the rest of Weir: for benchmarks. */
public final class Journaling implements AutoCloseable {

    private final StreamConfig config;
    private final Broker broker;
    private final Topic topic;
    private final TopicJournal journal;

    public Journaling(String name, Map<String, Object> settings) {
        this.config = new Config(name);
        this.broker = new Broker(settings, config);
        this.topic = new Topic(broker, config);
        this.journal = new TopicJournal(topic, broker.producer(), config.bytesInFlight(), Duration.ofSeconds(5));
        topic.start(journal::known);
    }

    /** Takes batches once the broker has answered. */
    public Journal journal() {
        return journal;
    }

    public boolean open() {
        return topic.open();
    }

    /** Another producer with the very same settings. */
    public Producer<byte[], byte[]> producer() {
        return broker.producer();
    }

    /** What the journal would send of this batch. */
    public static List<byte[]> values(Batch batch) {
        return RecordWriting.bytes(Carried.of(batch));
    }

    public static List<byte[]> keys(Batch batch) {
        return RecordKey.of(Carried.of(batch));
    }

    @Override
    public void close() {
        topic.stop();
        journal.stop();
    }

    record Config(String topic) implements StreamConfig {

        @Override
        public String deadLetters() {
            return "weir-dead-letters";
        }

        @Override
        public String group() {
            return "weir-loader";
        }

        @Override
        public int bytesInFlight() {
            return 32 << 20;
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int pollRecords() {
            return 1000;
        }

        @Override
        public Duration sessionTimeout() {
            return Duration.ofSeconds(10);
        }
    }
}
