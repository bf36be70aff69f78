package dev.weir.stream;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How Weir talks to Kafka: what an operator has set as {@code kafka.*}, and above it what Weir's promises need. Whatever goes through
 * these clients is bytes, so that none of them can print what it means.
 */
@ApplicationScoped
class Broker {

    /** Above what any request may bring, and what the topic's {@code max.message.bytes} must be. */
    static final int RECORD_BYTES = 8 * 1024 * 1024;

    /** How long a thread that judges may be held up: looking at what the client knows already takes none of it. */
    private static final int BLOCKED_MS = 50;

    private static final String SERVERS = "bootstrap.servers";

    private final Map<String, Object> given;
    private final StreamConfig config;

    Broker(@Identifier("default-kafka-broker") Map<String, Object> given, StreamConfig config) {
        this.given = Map.copyOf(given);
        this.config = config;
    }

    /** Stops the start of a node that needs a broker and was told of none. */
    void named() {
        if (String.valueOf(given.getOrDefault(SERVERS, "")).isBlank()) {
            throw new IllegalArgumentException(Keeping.SETTING + "=kafka and the plane loader need kafka." + SERVERS);
        }
    }

    /** Acknowledged by all replicas in sync, each record once and in its order, and never waiting for room. */
    Producer<byte[], byte[]> producer() {
        var settings = new HashMap<>(given);
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(config.deliveryTimeout()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(config.deliveryTimeout()) / 2);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * config.bytesInFlight());
        // What the topic's partitions are stays known however seldom something is sent: asking would hold up who sends.
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Goes by no position but what it is told: the database knows them. */
    Consumer<byte[], byte[]> consumer() {
        var settings = new HashMap<>(given);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.pollRecords());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(config.sessionTimeout()));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(config.sessionTimeout()) / 3);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        var settings = new HashMap<>(given);
        settings.put("request.timeout.ms", 2000);
        settings.put("default.api.timeout.ms", 5000);
        settings.put("reconnect.backoff.max.ms", 1000);
        return Admin.create(settings);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
