package dev.weir.bench;

import dev.weir.stream.Journaling;
import dev.weir.testsupport.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast one loader, the packaged program in a process of its own, brings a topic that is full into PostgreSQL
 * (synchronous_commit=on), and how many bytes an event takes in either. Broker, database and loader share the machine.
 *
 * <pre>java -cp target/classes:target/test-classes:… dev.weir.bench.LoaderBenchmark [batches]</pre>
 */
public final class LoaderBenchmark {

    private static final int EVENTS = 25;

    private LoaderBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12_000;
        var folder = Files.createTempDirectory("weir-loader");
        try (var broker = KafkaBroker.start(folder.resolve("broker"));
                var database = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start()) {
            broker.topic("weir-events", 12, Map.of());
            broker.topic("weir-dead-letters", 1, Map.of());
            fill(broker, batches);
            long events = (long) batches * EVENTS;
            System.out.printf(
                    Locale.ROOT,
                    "%d events in the topic, %d bytes each on disk (lz4)%n",
                    events,
                    size(folder) / events);
            load(folder, broker, database, events);
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes an event in PostgreSQL, indexes and keys included%n",
                    number(database, "select pg_database_size(current_database())") / events);
        }
    }

    private static void fill(KafkaBroker broker, int batches) throws InterruptedException {
        try (var weir = new Journaling("weir-events", Map.of("bootstrap.servers", broker.servers()))) {
            KafkaBenchmark.opened(weir);
            var underWay = new Semaphore(256);
            // Ids of their own: nothing is to be a duplicate.
            var random = new Random(7);
            for (int i = 0; i < batches; i++) {
                underWay.acquire();
                var answered = weir.journal()
                        .append(KafkaBenchmark.batch(random, i))
                        .whenComplete((answer, failure) -> underWay.release());
                if (answered.toCompletableFuture().isCompletedExceptionally()) {
                    throw new IllegalStateException("a batch was refused");
                }
            }
            underWay.acquire(256);
        }
    }

    private static void load(Path folder, KafkaBroker broker, EmbeddedPostgres database, long events)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dweir.planes=loader",
                        "-Dweir.store=kafka",
                        "-Dkafka.bootstrap.servers=" + broker.servers(),
                        "-Dquarkus.http.port=0",
                        "-Dweir.database.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "-jar",
                        System.getProperty("weir.jar", "target/quarkus-app/quarkus-run.jar")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("loader.log").toFile())
                .start();
        var watch = new Watch(database, events);
        var asking = Executors.newSingleThreadScheduledExecutor();
        var questions = asking.scheduleWithFixedDelay(watch, 0, 100, TimeUnit.MILLISECONDS);
        watch.done.acquire();
        questions.cancel(true);
        asking.shutdownNow();
        process.destroy();
        process.waitFor();
        System.out.printf(Locale.ROOT, "one loader: %,d events/s%n", watch.eventsASecond());
    }

    /** Looks at the positions; the start of the program does not count. */
    private static final class Watch implements Runnable {

        private final EmbeddedPostgres database;
        private final long events;
        private final Semaphore done = new Semaphore(0);
        private final AtomicLong first = new AtomicLong();
        private volatile long from;
        private volatile long to;

        Watch(EmbeddedPostgres database, long events) {
            this.database = database;
            this.events = events;
        }

        @Override
        public void run() {
            try {
                long loaded = number(database, "select coalesce(sum(next_offset), 0) from stream_position");
                if (loaded > 0 && first.compareAndSet(0, loaded)) {
                    from = System.nanoTime();
                }
                if (loaded >= events) {
                    to = System.nanoTime();
                    done.release();
                }
            } catch (SQLException e) {
                // The tables are not there yet.
            }
        }

        long eventsASecond() {
            return (long) ((events - first.get()) * 1e9 / (to - from));
        }
    }

    private static long number(EmbeddedPostgres database, String select) throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder.resolve("broker").resolve("log"))) {
            return files.filter(file -> file.toString().contains("weir-events-"))
                    .filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
