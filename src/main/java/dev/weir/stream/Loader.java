package dev.weir.stream;

import dev.weir.store.Loads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One thread that takes records from the topic and has them loaded, in the partitions that the group of loaders gives it. Whatever
 * goes wrong, it begins again where the database says.
 */
@ApplicationScoped
class Loader {

    private static final Logger LOG = Logger.getLogger(Loader.class);

    private static final Duration POLL = Duration.ofMillis(500);

    private static final int AGAIN_SECONDS = 1;

    private final Broker broker;
    private final StreamConfig config;
    private final Loads loads;
    private final MeterRegistry meters;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean able;
    private volatile int partitions;
    private volatile long behind;

    Loader(Broker broker, StreamConfig config, Loads loads, MeterRegistry meters) {
        this.broker = broker;
        this.config = config;
        this.loads = loads;
        this.meters = meters;
    }

    boolean able() {
        return able;
    }

    int partitions() {
        return partitions;
    }

    /** Records in this loader's partitions that are not loaded yet, as far as Kafka has told. */
    long behind() {
        return behind;
    }

    void start() {
        Gauge.builder("weir.loader.behind", this, Loader::behind).register(meters);
        Gauge.builder("weir.loader.partitions", this, Loader::partitions).register(meters);
        var loading = new Thread(this::run, "weir-loader");
        loading.setDaemon(true);
        thread = loading;
        loading.start();
    }

    void stop() throws InterruptedException {
        stopped.countDown();
        var polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        var loading = thread;
        if (loading != null) {
            loading.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    private void run() {
        try {
            while (running()) {
                attempt();
                able = false;
                stopped.await(AGAIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts but who ends the process.
        } finally {
            able = false;
        }
    }

    private void attempt() throws InterruptedException {
        try (var admin = broker.admin()) {
            var topicId = Topic.id(admin, config.topic(), false);
            if (topicId != null) {
                load(topicId);
            }
        } catch (WakeupException e) {
            // Stopped.
        } catch (RuntimeException | Error e) {
            // An error too, out of memory say: without this thread nothing would be loaded until a restart.
            LOG.errorf("loading begins again: %s", e.getClass().getName());
        }
    }

    private void load(String topicId) throws InterruptedException {
        try (var polling = broker.consumer();
                var deadLetters = new DeadLetters(broker.producer(), config.deadLetters(), meters)) {
            consumer = polling;
            var places = new Places(polling, loads, topicId);
            var loading = new Loading(loads, places, deadLetters, meters, topicId);
            polling.subscribe(List.of(config.topic()), places);
            while (running()) {
                turn(polling, places, loading);
            }
        } finally {
            consumer = null;
            partitions = 0;
        }
    }

    private void turn(Consumer<byte[], byte[]> polling, Places places, Loading loading) throws InterruptedException {
        var records = poll(polling, places);
        boolean written = records.isEmpty() || loading.load(records);
        boolean found = places.find();
        able = written && found && places.joined();
        partitions = places.partitions();
        behind = polling.assignment().stream()
                .mapToLong(one -> polling.currentLag(one).orElse(0))
                .sum();
        if (written && !records.isEmpty()) {
            // For those who watch groups with Kafka's own tools; nothing goes by it.
            polling.commitAsync(records.nextOffsets(), (offsets, failure) -> {});
        }
        if (!written || !found) {
            stopped.await(AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> polling, Places places) {
        try {
            return polling.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            meters.counter("weir.loader.missing").increment((double) places.missing(e));
            return ConsumerRecords.empty();
        }
    }
}
