package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.Loads;
import dev.weir.store.Loads.Stretch;
import dev.weir.testsupport.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What a loader does with what it was given: the database is real, Kafka is its clients' own, without a broker. */
@QuarkusTest
class LoadingTest {

    private static final TopicPartition PARTITION = new TopicPartition("weir-events", 0);

    @Inject
    Loads loads;

    private final String topic = "topic " + UUID.randomUUID();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final MockProducer<byte[], byte[]> letters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void what_the_database_refuses_is_reported_and_does_not_hold_up_the_others() throws Exception {
        var tenant = Tenant.development();
        holds(0, 3);
        var places = places();
        var loading = new Loading(loads, places, new DeadLetters(letters, "weir-dead-letters", meters), meters, topic);

        boolean written = loading.load(records(tenant, "before", "x".repeat(5000), "after"));

        assertThat(written).isTrue();
        assertThat(tenant.rows("select name from event where environment = ? order by sequence", key(tenant)))
                .containsExactly("before", "after");
        assertThat(letters.history()).hasSize(1);
        assertThat(new String(letters.history().get(0).value(), StandardCharsets.UTF_8))
                .contains("\"offset\":1,", Fault.DATABASE_REFUSED.name())
                .doesNotContain("xxx");
        assertThat(loads.positions(topic)).containsExactly(Map.entry(0, 3L));
        assertThat(places.stretch(0, 4)).isEqualTo(new Stretch(0, 3, 4));
    }

    @Test
    void what_can_not_be_reported_is_not_passed_over() throws Exception {
        var tenant = Tenant.development();
        holds(0, 3);
        var loading =
                new Loading(loads, places(), new DeadLetters(letters, "weir-dead-letters", meters), meters, topic);
        letters.sendException = new TimeoutException();

        boolean written = loading.load(records(tenant, "before", "x".repeat(5000), "after"));

        assertThat(written).isFalse();
        assertThat(tenant.rows("select name from event where environment = ?", key(tenant)))
                .containsExactly("before");
        assertThat(loads.positions(topic)).containsExactly(Map.entry(0, 1L));
    }

    @Test
    void what_kafka_has_forgotten_before_it_was_loaded_is_counted() {
        holds(40, 90);

        assertThat(places().missing(outside(10))).isEqualTo(30);
        assertThat(consumer.position(PARTITION)).isEqualTo(40);
    }

    @Test
    void after_a_truncation_loading_goes_on_where_records_are_others_than_were_loaded() {
        holds(0, 150);
        var truncated = new LogTruncationException(
                "truncated", Map.of(PARTITION, 100L), Map.of(PARTITION, new OffsetAndMetadata(80)));

        assertThat(places().missing(truncated)).isZero();
        assertThat(consumer.position(PARTITION)).isEqualTo(80);
    }

    @Test
    void where_nobody_knows_what_was_truncated_the_gap_counts_as_missing() {
        holds(0, 90);

        assertThat(places().missing(outside(100))).isEqualTo(10);
        assertThat(consumer.position(PARTITION)).isEqualTo(90);
    }

    private Places places() {
        var places = new Places(consumer, loads, topic);
        consumer.assign(List.of(PARTITION));
        places.onPartitionsAssigned(List.of(PARTITION));
        assertThat(places.find()).isTrue();
        return places;
    }

    private void holds(long first, long end) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, first));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
    }

    private static OffsetOutOfRangeException outside(long wanted) {
        return new OffsetOutOfRangeException("outside", Map.of(PARTITION, wanted));
    }

    private static ConsumerRecords<byte[], byte[]> records(Tenant tenant, String... names) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (String name : names) {
            var value = RecordWriting.bytes(carried(tenant, name));
            records.add(new ConsumerRecord<>(PARTITION.topic(), 0, records.size(), new byte[0], value));
        }
        return new ConsumerRecords<>(
                Map.of(PARTITION, records), Map.of(PARTITION, new OffsetAndMetadata(records.size())));
    }

    private static Carried carried(Tenant tenant, String name) {
        var arrival = new Entry.Arrival(
                null,
                Event.custom(name, Map.of(), null),
                Entry.Who.NOBODY,
                Instant.now(),
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        return Carried.of(new Batch(
                        new AppId(tenant.app()), revision, Door.TRACK, Instant.now(), false, 10, 0, List.of(arrival)))
                .get(0);
    }

    private static String key(Tenant tenant) {
        return tenant.environment().value();
    }
}
