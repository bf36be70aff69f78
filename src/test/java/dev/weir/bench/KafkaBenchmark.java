package dev.weir.bench;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.store.Batch;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.Journal;
import dev.weir.store.Note;
import dev.weir.stream.Journaling;
import dev.weir.testsupport.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Weir's way into Kafka (judged batches of 25 events in, acknowledged by all replicas out) beside a bare producer with the same
 * settings that sends the very bytes which Weir would. One real broker on the same machine, rounds in turn, medians.
 *
 * <pre>java -cp target/classes:target/test-classes:… dev.weir.bench.KafkaBenchmark [rounds] [batches]</pre>
 */
public final class KafkaBenchmark {

    private static final long SEED = 20261127;
    private static final int EVENTS = 25;
    private static final int THREADS = 2;
    private static final int PARTITIONS = 12;

    /** Batches under way, so that neither runs into its limit of bytes. */
    private static final int UNDER_WAY = 512;

    private static final AtomicInteger REFUSED = new AtomicInteger();

    private KafkaBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        int batches = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16_000;
        var folder = Files.createTempDirectory("weir-kafka");
        try (var broker = KafkaBroker.start(folder)) {
            broker.topic("weir-events", PARTITIONS, Map.of("retention.bytes", "100000000"));
            for (String compression : List.of("lz4", "none")) {
                compare(broker, compression, rounds, batches);
            }
        }
    }

    private static void compare(KafkaBroker broker, String compression, int rounds, int batches)
            throws InterruptedException {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.servers(), "compression.type", compression, "max.block.ms", "60000");
        var sent = batches();
        try (var weir = new Journaling("weir-events", settings);
                var producer = weir.producer()) {
            opened(weir);
            var bare = new ArrayList<Double>();
            var through = new ArrayList<Double>();
            for (int round = -2; round < rounds; round++) {
                double one = eventsASecond(batches, work -> bare(producer, sent, work));
                double two = eventsASecond(batches, work -> weir(weir.journal(), sent, work));
                if (round >= 0) {
                    bare.add(one);
                    through.add(two);
                }
            }
            long bytes = sent.stream()
                            .flatMap(batch -> Journaling.values(batch).stream())
                            .mapToLong(value -> value.length)
                            .sum()
                    / ((long) sent.size() * EVENTS);
            System.out.printf(
                    Locale.ROOT,
                    "%-4s %4d bytes an event, %d threads, %d rounds: bare producer %,9.0f events/s, Weir %,9.0f"
                            + " events/s, %.2f x%n",
                    compression,
                    bytes,
                    THREADS,
                    rounds,
                    median(bare),
                    median(through),
                    median(through) / median(bare));
        }
    }

    /** Sends one batch and gives the permit back when all of it is acknowledged. */
    private interface Sending {
        void send(Work work) throws InterruptedException;
    }

    /** A thread's share of a round. */
    private record Work(int from, int to, Semaphore underWay) {}

    private static double eventsASecond(int batches, Sending sending) throws InterruptedException {
        var underWay = new Semaphore(UNDER_WAY);
        var threads = Executors.newFixedThreadPool(THREADS);
        long start = System.nanoTime();
        try {
            int each = batches / THREADS;
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < THREADS; i++) {
                var work = new Work(i * each, (i + 1) * each, underWay);
                tasks.add(() -> {
                    sending.send(work);
                    return true;
                });
            }
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
            underWay.acquire(UNDER_WAY);
            if (REFUSED.get() > 0) {
                throw new IllegalStateException("a batch was refused: this is no measurement");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        return (double) batches * EVENTS * 1e9 / (System.nanoTime() - start);
    }

    private static void weir(Journal journal, List<Batch> batches, Work work) throws InterruptedException {
        for (int i = work.from; i < work.to; i++) {
            work.underWay.acquire();
            journal.append(batches.get(i % batches.size())).whenComplete((answer, failure) -> {
                if (failure != null || answer.match(yes -> false, no -> true)) {
                    REFUSED.incrementAndGet();
                }
                work.underWay.release();
            });
        }
    }

    private static void bare(Producer<byte[], byte[]> producer, List<Batch> batches, Work work)
            throws InterruptedException {
        for (int i = work.from; i < work.to; i++) {
            work.underWay.acquire();
            var spelt = SPELT.get(i % batches.size());
            for (int event = 0; event < EVENTS; event++) {
                boolean last = event == EVENTS - 1;
                var acknowledged = producer.send(
                        new ProducerRecord<>("weir-events", spelt.keys.get(event), spelt.values.get(event)),
                        (metadata, failure) -> {
                            if (last) {
                                work.underWay.release();
                            }
                        });
                if (acknowledged == null) {
                    throw new IllegalStateException("nothing was sent");
                }
            }
        }
    }

    private record Spelt(List<byte[]> keys, List<byte[]> values) {}

    private static final List<Spelt> SPELT = batches().stream()
            .map(batch -> new Spelt(Journaling.keys(batch), Journaling.values(batch)))
            .toList();

    static void opened(Journaling weir) throws InterruptedException {
        var open = new Semaphore(0);
        var asking = Executors.newSingleThreadScheduledExecutor();
        var questions = asking.scheduleWithFixedDelay(
                () -> {
                    if (weir.open()) {
                        open.release();
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
        if (!open.tryAcquire(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no broker");
        }
        questions.cancel(true);
        asking.shutdownNow();
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static List<Batch> batches() {
        var random = new Random(SEED);
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < 256; i++) {
            batches.add(batch(random, i));
        }
        return batches;
    }

    /** Of one page of one user. */
    static Batch batch(Random random, int number) {
        var entries = new ArrayList<Entry>();
        for (int event = 0; event < EVENTS; event++) {
            entries.add(click(random, "1" + number));
        }
        return new Batch(
                new AppId("1234567890"),
                new Revision(new EnvironmentKey("production"), 7, "ab".repeat(32)),
                Door.COLLECT,
                Instant.ofEpochMilli(1_764_000_000_000L + number),
                false,
                10,
                0,
                entries);
    }

    private static Entry click(Random random, String user) {
        var page = "https://shop.example/products/" + random.nextInt(5000);
        return new Entry.Arrival(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                new Event(
                        EventType.CLICK,
                        null,
                        "Add to basket " + random.nextInt(100),
                        page + "/basket",
                        new Hierarchy(List.of(
                                new Element(
                                        "button",
                                        "add",
                                        List.of("btn", "primary"),
                                        Map.of("type", "submit"),
                                        2,
                                        1,
                                        false),
                                new Element("form", "product", List.of("card"), Map.of(), 1, 1, false),
                                new Element("main", null, List.of("content"), Map.of(), 3, 1, false))),
                        Map.of("plan", "pro", "position", (long) random.nextInt(50)),
                        null,
                        new Page(page, "Product " + random.nextInt(5000), "https://shop.example/"),
                        new Session("https://search.example/", "https://shop.example/?campaign=spring")),
                new Entry.Who(user, "9f86d081884c7d65", "5feceb66ffc86f38"),
                Instant.ofEpochMilli(1_763_999_999_000L),
                null,
                true,
                List.of(new Note("TEXT_MASKED", "text", "text.email")),
                Entry.Meaning.NOTHING);
    }
}
