package dev.weir.stream;

import dev.weir.store.Appended;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Journal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Appends judged batches to the topic, one record for each entry, and answers when all of them are acknowledged by all replicas in
 * sync. Never waits for the broker: where there is no room or no broker, it says so at once.
 */
@ApplicationScoped
@Typed(TopicJournal.class)
class TopicJournal implements Journal {

    private final Topic topic;
    private final Producer<byte[], byte[]> producer;
    private final long most;
    private final Appended.Unavailable unavailable;
    private final AtomicLong inFlight = new AtomicLong();

    @Inject
    TopicJournal(
            Topic topic,
            Broker broker,
            StreamConfig config,
            MeterRegistry meters,
            @ConfigProperty(name = "weir.store.retry-after", defaultValue = "5s") Duration retryAfter) {
        this(topic, broker.producer(), config.bytesInFlight(), retryAfter);
        Gauge.builder("weir.kafka.bytes.in.flight", inFlight, AtomicLong::get).register(meters);
    }

    TopicJournal(Topic topic, Producer<byte[], byte[]> producer, long most, Duration retryAfter) {
        this.topic = topic;
        this.producer = producer;
        this.most = most;
        this.unavailable = new Appended.Unavailable(retryAfter);
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        if (!topic.open()) {
            return CompletableFuture.completedFuture(unavailable);
        }
        var records = records(batch);
        long bytes = records.stream().mapToLong(one -> one.value().length).sum();
        if (inFlight.addAndGet(bytes) > most) {
            inFlight.addAndGet(-bytes);
            return CompletableFuture.completedFuture(unavailable);
        }
        var delivery = new Delivery(topic, Dispositions.of(batch), unavailable, records.size());
        return delivery.send(producer, records).whenComplete((answer, failure) -> inFlight.addAndGet(-bytes));
    }

    @Override
    public boolean full() {
        return !topic.open() || inFlight.get() >= most;
    }

    private List<ProducerRecord<byte[], byte[]>> records(Batch batch) {
        var carried = Carried.of(batch);
        var keys = RecordKey.of(carried);
        var values = RecordWriting.bytes(carried);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>(carried.size());
        for (int i = 0; i < values.size(); i++) {
            records.add(new ProducerRecord<>(topic.name(), keys.get(i), values.get(i)));
        }
        return records;
    }

    /** Whether the client knows the topic's partitions; asks for them if not. */
    boolean known() {
        try {
            return !producer.partitionsFor(topic.name()).isEmpty();
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Waits for what was sent. */
    void stop() {
        producer.close(Duration.ofSeconds(10));
    }
}
