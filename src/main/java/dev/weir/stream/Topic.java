package dev.weir.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the topic takes records, as far as is known: asked of the broker at the start and after each failure, until it answers.
 * While it does not, nobody who wants to send has to find out by waiting.
 */
@ApplicationScoped
class Topic {

    private static final Logger LOG = Logger.getLogger(Topic.class);

    private final Broker broker;
    private final String name;
    private final Semaphore doubts = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean open;
    private @Nullable Thread asking;

    Topic(Broker broker, StreamConfig config) {
        this.broker = broker;
        this.name = config.topic();
    }

    String name() {
        return name;
    }

    boolean open() {
        return open;
    }

    /** Something that was sent did not arrive: nothing more is tried until the broker has answered. */
    void doubt() {
        open = false;
        doubts.release();
    }

    /** {@code known}: whether whoever sends knows the topic's partitions by now, so that it need not ask when it wants to send. */
    synchronized void start(BooleanSupplier known) {
        var thread = new Thread(() -> ask(known), "weir-topic");
        thread.setDaemon(true);
        asking = thread;
        doubt();
        thread.start();
    }

    synchronized void stop() {
        open = false;
        stopped.countDown();
        if (asking != null) {
            asking.interrupt();
        }
    }

    private void ask(BooleanSupplier known) {
        try {
            while (stopped.getCount() > 0) {
                doubts.acquire();
                doubts.drainPermits();
                untilThere(known);
            }
        } catch (InterruptedException e) {
            // Stopped.
        }
    }

    private void untilThere(BooleanSupplier known) throws InterruptedException {
        boolean told = false;
        try (var admin = broker.admin()) {
            while (stopped.getCount() > 0) {
                if (id(admin, name, told) != null && known.getAsBoolean()) {
                    open = true;
                    LOG.infof("the topic %s takes events", name);
                    return;
                }
                told = true;
                stopped.await(500, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** What Kafka knows a topic by, which changes when it is made anew; null when it can't be told. */
    static @Nullable String id(Admin admin, String name, boolean quietly) throws InterruptedException {
        try {
            var described = admin.describeTopics(List.of(name)).allTopicNames().get();
            var topic = described.get(name);
            return topic == null ? null : topic.topicId().toString();
        } catch (ExecutionException e) {
            return untold(e.getCause() == null ? e : e.getCause(), name, quietly);
        } catch (KafkaException e) {
            return untold(e, name, quietly);
        }
    }

    private static @Nullable String untold(Throwable why, String name, boolean quietly) {
        if (!quietly) {
            LOG.warnf(
                    "the broker does not tell of the topic %s: %s",
                    name, why.getClass().getSimpleName());
        }
        return null;
    }
}
