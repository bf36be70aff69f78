package dev.weir.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Reports a record that can't be loaded to a topic of its own: where it lies, the hash of it, and why. Nothing of what it holds, since
 * what is not as documented may be anything.
 */
final class DeadLetters implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final MeterRegistry meters;

    DeadLetters(Producer<byte[], byte[]> producer, String topic, MeterRegistry meters) {
        this.producer = producer;
        this.topic = topic;
        this.meters = meters;
    }

    /** Whether the report is acknowledged. A loader that ends right after it will report again. */
    boolean report(ConsumerRecord<byte[], byte[]> record, Fault fault) throws InterruptedException {
        try {
            send(record, fault).get();
        } catch (ExecutionException | KafkaException e) {
            LOG.errorf(
                    "a record that can't be loaded could not be reported either: %s",
                    e.getClass().getSimpleName());
            return false;
        }
        meters.counter("weir.dead.letters", "reason", fault.name()).increment();
        LOG.warnf("a record can't be loaded: partition %d, offset %d, %s", record.partition(), record.offset(), fault);
        return true;
    }

    private Future<?> send(ConsumerRecord<byte[], byte[]> record, Fault fault) {
        var key = record.topic() + "/" + record.partition() + "/" + record.offset();
        return producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), letter(record, fault)));
    }

    static byte[] letter(ConsumerRecord<byte[], byte[]> record, Fault fault) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return JsonNodeFactory.instance
                .objectNode()
                .put("v", RecordWriting.VERSION)
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("sha256", sha256(value))
                .put("bytes", value.length)
                .put("reason", fault.name())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
