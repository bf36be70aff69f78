package dev.weir.bench;

import dev.weir.stream.Journaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka allows: the records that Weir wrote, sent again and again by one process with the settings of Weir's own producer, as many as
 * are acknowledged by all replicas.
 */
final class RawProduce implements AutoCloseable {

    private static final int RECORDS = 1000;
    private static final int UNDER_WAY = 20_000;

    private final String topic;
    private final Journaling weirs;
    private final Producer<byte[], byte[]> producer;
    private final List<ConsumerRecord<byte[], byte[]>> records;

    /** The last thousand that Weir wrote to this topic. */
    RawProduce(String servers, String topic) {
        this.topic = topic;
        this.records = last(servers, topic);
        this.weirs = new Journaling(topic, Map.of("bootstrap.servers", servers, "max.block.ms", "60000"));
        this.producer = weirs.producer();
        known();
    }

    /** It waits for 50 ms at most, as in Weir: until it knows the topic, it would take nothing. */
    private void known() {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < until) {
            try {
                if (!producer.partitionsFor(topic).isEmpty()) {
                    return;
                }
            } catch (TimeoutException e) {
                // Not yet.
            }
        }
        throw new IllegalStateException("the producer never got to know " + topic);
    }

    private static List<ConsumerRecord<byte[], byte[]>> last(String servers, String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", servers);
        try (var consumer =
                new KafkaConsumer<byte[], byte[]>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            var begins = consumer.beginningOffsets(partitions);
            partitions.forEach(one -> consumer.seek(one, Math.max(begins.get(one), ends.get(one) - RECORDS)));
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (records.size() < RECORDS
                    && partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            if (records.size() < RECORDS) {
                throw new IllegalStateException("only " + records.size() + " records to send");
            }
            return List.copyOf(records.subList(0, RECORDS));
        }
    }

    /** Acknowledged ones. */
    double recordsPerSecond(double seconds) {
        var underWay = new Semaphore(UNDER_WAY);
        var acknowledged = new AtomicLong();
        var failed = new AtomicLong();
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < seconds * 1e9; i = (i + 1) % RECORDS) {
            underWay.acquireUninterruptibly();
            var record = records.get(i);
            var unused = producer.send(new ProducerRecord<>(topic, record.key(), record.value()), (where, failure) -> {
                (failure == null ? acknowledged : failed).incrementAndGet();
                underWay.release();
            });
        }
        underWay.acquireUninterruptibly(UNDER_WAY);
        if (failed.get() > 0) {
            throw new IllegalStateException("not everything was acknowledged: this is no measurement");
        }
        return acknowledged.get() * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        producer.close();
        weirs.close();
    }
}
