package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.KafkaBroker;
import dev.weir.testsupport.Load;
import dev.weir.testsupport.OwnPostgres;
import dev.weir.testsupport.Ports;
import dev.weir.testsupport.Promises;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the midst of full load, in turn of the node that takes events, of the one that loads them, and of the broker between
 * them: what was acknowledged is in the database, nothing is there twice, and nothing raw, in the topic neither. How often:
 * {@code -Dweir.kills=50}, see docs/operations.md.
 */
class KafkaKillIT {

    private static final long SEED = Long.getLong("weir.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOPIC = "weir-events";
    private static final int SERVERS = 4;

    /** Requests that are acknowledged between two kills at least. */
    private static final int BETWEEN = 40;

    private static final int LATEST_MS = 150;

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    /** A node that can be started again where it was. */
    private final class Standing implements AutoCloseable {

        private final String name;
        private final Map<String, String> settings;
        private Node node;

        Standing(String name, Map<String, String> shared) throws IOException {
            this.name = name;
            this.settings = new HashMap<>(shared);
            settings.put("weir.planes", name);
            settings.put("quarkus.http.port", String.valueOf(Ports.free()));
            this.node = Node.start(folder.resolve(name), settings);
        }

        void killedAndBack() throws IOException, InterruptedException {
            node.kill();
            assertThat(node.log()).doesNotContain(Load.SECRET);
            node = Node.start(folder.resolve(name), settings);
            node.address();
        }

        @Override
        public void close() {
            node.close();
        }
    }

    @Test
    void whoever_of_data_node_loader_and_broker_is_killed_every_acknowledged_event_is_loaded_once_and_nothing_raw()
            throws IOException, InterruptedException, SQLException {
        int kills = Integer.getInteger("weir.kills", 3);
        try (var database = OwnPostgres.start(folder.resolve("database"), 0);
                var broker = KafkaBroker.start(folder.resolve("broker"))) {
            broker.topic(TOPIC, 4, Map.of("max.message.bytes", "8388608"));
            broker.topic("weir-dead-letters", 1, Map.of());
            var shared = settings(database, broker);
            try (var control = new Standing("control", shared);
                    var data = new Standing("data", shared);
                    var loader = new Standing("loader", shared)) {
                var app = Person.settingUp(control.node).app("development");
                new DataPlane(data.node.address()).knowing(app);
                loader.node.address();
                try (var load = new Load(data.node.address(), app, SERVERS)) {
                    for (int i = 0; i < kills; i++) {
                        load.acknowledged(BETWEEN);
                        kill(i % 3, data, loader, broker);
                    }
                    load.acknowledged(BETWEEN);
                    load.end();
                    System.out.printf(
                            "data node, loader and broker were killed %d times (seed %d): %s%n", kills, SEED, load);
                    loaded(broker, database);

                    assertThat(load.unexpected()).isEmpty();
                    assertThat(data.node.log()).doesNotContain(Load.SECRET);
                    assertThat(loader.node.log()).doesNotContain(Load.SECRET);
                    assertThat(broker.records("weir-dead-letters")).isEmpty();
                    assertThat(broker.records(TOPIC))
                            .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .isNotEmpty()
                            .allMatch(value -> value.contains(Load.TRACE) || value.contains("\"outcome\":\"dropped\""))
                            .noneMatch(value -> value.contains(Load.SECRET));
                    try (var connection = database.connection()) {
                        assertThat(Promises.broken(load, connection)).isEmpty();
                    }
                }
            }
        }
        assertThat(Promises.filesThatTell(folder.resolve("database"))).isEmpty();
    }

    /** Not just after an acknowledgement: then a request has always just begun. */
    private void kill(int whom, Standing data, Standing loader, KafkaBroker broker) {
        var later = CompletableFuture.delayedExecutor(random.nextInt(LATEST_MS * 1000), TimeUnit.MICROSECONDS);
        CompletableFuture.runAsync(
                        () -> {
                            try {
                                switch (whom) {
                                    case 0 -> data.killedAndBack();
                                    case 1 -> loader.killedAndBack();
                                    default -> {
                                        broker.away();
                                        broker.back();
                                    }
                                }
                            } catch (IOException | InterruptedException e) {
                                throw new AssertionError("the kill failed", e);
                            }
                        },
                        later)
                .join();
    }

    /** Waits until the positions in the database are the ends of the topic: nothing that was acknowledged is left. */
    private static void loaded(KafkaBroker broker, OwnPostgres database) throws InterruptedException {
        long written = broker.written(TOPIC);
        DataPlane.until(position -> position == written, PATIENCE, "the end of the topic, " + written, () -> {
            try (var connection = database.connection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select coalesce(sum(next_offset), 0) from stream_position")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private static Map<String, String> settings(OwnPostgres database, KafkaBroker broker) {
        var settings = new HashMap<>(database.settings());
        settings.put("weir.store", "kafka");
        settings.put("weir.kafka.delivery-timeout", "3s");
        settings.put("weir.kafka.session-timeout", "3s");
        settings.put("kafka.bootstrap.servers", broker.servers());
        for (var whose : new String[] {"", "address-", "identity-"}) {
            settings.put("weir.ingest.rate." + whose + "per-second", "1000000");
            settings.put("weir.ingest.rate." + whose + "burst", "1000000");
        }
        return settings;
    }
}
