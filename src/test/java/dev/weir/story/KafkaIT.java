package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.stream.Journaling;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.KafkaBroker;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real broker and a real PostgreSQL under the packaged program, started as one control plane, two data planes and loaders: what was
 * acknowledged is in the database once, whoever of them dies or is away meanwhile. The first test ends loaders at will; the others
 * go on with the one it leaves, or with one of their own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CLIENTS = 3;
    private static final int PARTITIONS = 4;
    private static final String TOPIC = "weir-events";
    private static final String CANARY = "canary.kafka@example.com";

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> ALL = new ArrayList<>();
    private static final List<Node> NODES = new ArrayList<>();
    private static KafkaBroker broker;
    private static EmbeddedPostgres database;
    private static Node one;
    private static Node two;
    private static Person admin;
    private static String app;
    private static @Nullable Node standing;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        broker = KafkaBroker.start(folder.resolve("broker"));
        ALL.add(broker);
        broker.topic(TOPIC, PARTITIONS, Map.of("max.message.bytes", "8388608"));
        broker.topic("weir-dead-letters", 1, Map.of());
        database = postgres(Ports.free());
        var control = node("control", "control");
        admin = Person.settingUp(control);
        app = admin.app("development");
        one = node("one", "data");
        two = node("two", "data");
        for (Node data : List.of(one, two)) {
            ready(data);
            new DataPlane(data.address()).knowing(app);
        }
    }

    @AfterAll
    static void end() throws Exception {
        for (int i = ALL.size() - 1; i >= 0; i--) {
            ALL.get(i).close();
        }
        database.close();
    }

    @Test
    @Order(1)
    void what_two_nodes_acknowledged_is_loaded_once_while_loaders_die_and_partitions_move()
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var first = node("loader 1", "loader");
        try (var here = new Clients("moving", CLIENTS, new DataPlane(one.address()), app);
                var there = new Clients("moving", CLIENTS, new DataPlane(two.address()), app)) {
            DataPlane.until(n -> n > 0, PATIENCE, "a loaded event", () -> count("moving"));
            here.acknowledged(20);
            first.kill();
            here.acknowledged(20);

            var second = node("loader 2", "loader");
            var third = node("loader 3", "loader");
            DataPlane.until(
                    parts -> parts.stream().allMatch(part -> part > 0) && sum(parts) == PARTITIONS,
                    PATIENCE,
                    "a part for each loader",
                    () -> List.of(partitions(second), partitions(third)));
            there.acknowledged(20);
            second.kill();
            there.acknowledged(20);
            DataPlane.until(n -> n == PARTITIONS, PATIENCE, "all parts for one loader", () -> partitions(third));
            here.end();
            there.end();
            loaded();

            var acknowledged = new TreeSet<>(here.acknowledged());
            acknowledged.addAll(there.acknowledged());
            assertThat(here.unexpected()).isEmpty();
            assertThat(there.unexpected()).isEmpty();
            assertThat(names("moving")).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(broker.records(TOPIC))
                    .extracting(ConsumerRecord::partition)
                    .as("partitions that events went through")
                    .contains(0, 1, 2, 3);
            assertThat(servesHealthAlone(third)).isTrue();
            standing = third;
        }
        assertThat(counted()).isEqualTo(ends());
    }

    @Test
    void without_the_database_events_go_on_to_be_judged_and_taken_and_are_loaded_when_it_is_back()
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var plane = new DataPlane(one.address());
        var loader = loader();
        int port = database.getPort();
        database.close();

        DataPlane.until(
                answer -> answer.statusCode() == 503,
                PATIENCE,
                "a loader that is not ready",
                () -> new DataPlane(loader.address()).get("/q/health/ready"));
        var judged = DataPlane.json(plane.pageview(app, "away", one.address() + "/?write=" + CANARY));
        var acknowledged = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var name = "away " + i;
            assertThat(plane.track(app, name, name).statusCode()).isEqualTo(200);
            acknowledged.add(name);
        }
        assertThat(plane.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(plane.script(app).statusCode()).isEqualTo(200);
        assertThat(judged.path("accepted").asInt()).isEqualTo(1);
        assertThat(judged.path("redacted").asInt()).isEqualTo(1);

        database = postgres(port);
        ready(loader);
        loaded();

        assertThat(names("away")).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(bodies()).noneMatch(body -> body.contains("canary"));
        assertThat(counted()).isEqualTo(ends());
    }

    @Test
    void without_the_broker_senders_are_told_to_come_again_and_nothing_that_was_acknowledged_is_lost()
            throws IOException, InterruptedException, SQLException, ExecutionException {
        loader();
        try (var clients = new Clients("broker", CLIENTS, new DataPlane(one.address()), app)) {
            clients.acknowledged(20);
            broker.away();
            clients.refused();
            var plane = new DataPlane(one.address());
            DataPlane.until(
                    answer -> answer.statusCode() == 503,
                    PATIENCE,
                    "a node that is not ready",
                    () -> plane.get("/q/health/ready"));
            assertThat(plane.script(app).statusCode()).isEqualTo(200);
            var refused = plane.pageview(app, "while away", one.address() + "/?write=" + CANARY);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            broker.back();
            clients.acknowledged(20);
            clients.end();
            ready(one);
            ready(two);
            loaded();

            assertThat(clients.unexpected()).isEmpty();
            assertThat(names("broker")).containsExactlyInAnyOrderElementsOf(clients.acknowledged());
            assertThat(bodies()).noneMatch(body -> body.contains("canary"));
        }
        assertThat(counted()).isEqualTo(ends());
    }

    @Test
    void nothing_raw_is_in_the_topics_or_in_a_log_and_what_can_not_be_loaded_holds_up_nothing()
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var loader = loader();
        var plane = new DataPlane(two.address());
        var body = "{\"app_id\":\"" + app + "\",\"identity\":\"4711\",\"event\":\"raw\",\"idempotency_key\":\"" + CANARY
                + "\",\"properties\":{\"note\":\"write to " + CANARY + "\"}}";
        var answer = plane.post("/api/track", body, "Content-Type", "application/json");
        poison(("{\"v\":1,\"note\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8));
        poison(CANARY.getBytes(StandardCharsets.UTF_8));
        assertThat(plane.track(app, "raw 2", "raw 2").statusCode()).isEqualTo(200);

        loaded();
        var letters = broker.records("weir-dead-letters").stream()
                .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .toList();

        assertThat(DataPlane.json(answer).path("redacted").asInt()).isEqualTo(1);
        assertThat(names("raw")).containsExactlyInAnyOrder("raw", "raw 2");
        assertThat(letters)
                .hasSize(2)
                .anyMatch(letter -> letter.contains("NOT_AS_DOCUMENTED"))
                .anyMatch(letter -> letter.contains("NOT_JSON"))
                .noneMatch(letter -> letter.contains("canary"));
        assertThat(broker.records(TOPIC))
                .filteredOn(record -> !new String(record.value(), StandardCharsets.UTF_8).contains("\"id\":"))
                .hasSize(2);
        assertThat(broker.records(TOPIC))
                .filteredOn(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"id\":"))
                .isNotEmpty()
                .allMatch(record -> record.headers().toArray().length == 0)
                .allMatch(
                        record -> new String(record.key(), StandardCharsets.UTF_8).matches("development/[0-9a-f]{16}"))
                .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("canary"));
        assertThat(new DataPlane(loader.address()).get("/q/metrics").body())
                .contains("weir_dead_letters_total{reason=\"NOT_JSON\"} 1.0")
                .contains("weir_loaded_total{environment=\"development\",outcome=\"accepted\",reason=\"\"}");
        assertThat(NODES).noneMatch(node -> node.log().contains("canary"));
    }

    /** Judged by a revision that let a name through, and still on its way while a later one is applied to what is stored. */
    @Test
    void what_lies_in_the_topic_while_rules_are_applied_is_loaded_as_they_leave_it()
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var loader = loader();
        loaded();
        long before = count("");
        loader.close();
        standing = null;
        var plane = new DataPlane(one.address());
        assertThat(DataPlane.json(plane.pageview(app, "lagging", one.address() + "/?friend=carla-wren"))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);

        admin.publishBlocking("friend", "development");
        var page = "/console/development/redaction";
        admin.submit(page, page + "/count", Map.of());
        done("redaction-count");
        var count = rows("select id from job where kind = 'redaction-count'").get(0);
        admin.submit(page, page + "/apply", Map.of("count", count, "why", "It names a customer"));
        done("redaction");
        loader();
        loaded();

        assertThat(broker.records(TOPIC))
                .anyMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("carla-wren"));
        assertThat(number("select count(*) from event where type = 'pageview' and redacted and revision = 1"))
                .isPositive();
        assertThat(bodies()).hasSize((int) before + 1).noneMatch(body -> body.contains("carla-wren"));
        assertThat(counted()).isEqualTo(ends());
    }

    /** As Kafka's client counts it: with its head, before it is compressed. */
    @Test
    @Edge("one record of the topic")
    void a_record_is_as_large_as_the_table_says_and_no_byte_larger() throws Exception {
        broker.topic("large", 1, Map.of("max.message.bytes", "8388608"));
        try (var journaling = new Journaling("large", Map.of("bootstrap.servers", broker.servers()));
                var producer = journaling.producer()) {
            DataPlane.until(parts -> parts > 0, PATIENCE, "the parts of a topic", () -> parts(producer));
            int most = (int) Limit.here().most();
            int rest = size(new byte[most]) - most;

            Limit.here().isTheLastTaken(bytes -> {
                var value = new byte[Math.toIntExact(bytes) - rest];
                assertThat(size(value)).isEqualTo((int) bytes);
                try {
                    producer.send(new ProducerRecord<>("large", value)).get();
                    return true;
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(RecordTooLargeException.class);
                    return false;
                }
            });
        }
    }

    private static int parts(Producer<byte[], byte[]> producer) {
        try {
            return producer.partitionsFor("large").size();
        } catch (KafkaException notYet) {
            return 0;
        }
    }

    private static int size(byte[] value) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.LZ4, null, value, Record.EMPTY_HEADERS);
    }

    /** Waits until a job of this kind is. */
    private static void done(String kind) throws InterruptedException {
        DataPlane.until(
                n -> n == 1,
                PATIENCE,
                "the end of a " + kind + " job",
                () -> number("select count(*) from job where state = 'done' and kind = '" + kind + "'"));
    }

    // ── what is there
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    /** Waits until the positions in the database are the ends of the topic: nothing that was acknowledged is left. */
    private static void loaded() throws InterruptedException {
        long ends = ends() + poisons;
        DataPlane.until(
                position -> position == ends,
                PATIENCE,
                "the end of the topic, " + ends,
                () -> number("select coalesce(sum(next_offset), 0) from stream_position"));
    }

    private static long poisons;

    private static void poison(byte[] value) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.servers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
            poisons++;
        }
    }

    /** How many records were written by data planes. */
    private static long ends() throws InterruptedException {
        return broker.written(TOPIC) - poisons;
    }

    /** How many entries were loaded, by the store's own account: accepted, quarantined, dropped and duplicate. */
    private static long counted() throws SQLException {
        return number("select coalesce(sum(n), 0) from tally"
                + " where outcome in ('accepted', 'quarantined', 'dropped', 'duplicate')");
    }

    private static long count(String prefix) throws SQLException {
        return number("select count(*) from event where coalesce(name, '') like '" + prefix + "%'");
    }

    private static long number(String select) throws SQLException {
        return Long.parseLong(rows(select).get(0));
    }

    private static List<String> names(String prefix) throws SQLException {
        return rows("select name from event where name like '" + prefix + "%'");
    }

    private static List<String> bodies() throws SQLException {
        return rows("select cast(event as text) from event");
    }

    private static List<String> rows(String select) throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    // ── nodes
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    private static Node node(String name, String planes) throws IOException {
        var settings = new HashMap<>(Map.of(
                "weir.planes", planes,
                "weir.store", "kafka",
                "weir.kafka.delivery-timeout", "3s",
                "weir.kafka.session-timeout", "3s",
                "weir.database.url", "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres",
                "weir.database.username", "postgres",
                "weir.database.password", "postgres"));
        settings.put("kafka.bootstrap.servers", broker.servers());
        // All of them send as one user, as fast as the machine lets them.
        settings.put("weir.ingest.rate.identity-per-second", "10000");
        settings.put("weir.ingest.rate.identity-burst", "20000");
        var node = Node.start(folder.resolve(name), settings);
        ALL.add(node);
        NODES.add(node);
        return node;
    }

    private static Node loader() throws IOException, InterruptedException {
        var loader = standing == null ? node("standing loader", "loader") : standing;
        standing = loader;
        ready(loader);
        return loader;
    }

    private static void ready(Node node) throws InterruptedException {
        var plane = new DataPlane(node.address());
        DataPlane.until(
                answer -> answer.statusCode() == 200, PATIENCE, "readiness", () -> plane.get("/q/health/ready"));
    }

    /** As the loader's health tells. */
    private static int partitions(Node loader) throws IOException, InterruptedException {
        var checks = DataPlane.json(new DataPlane(loader.address()).get("/q/health/ready"))
                .path("checks");
        for (var check : checks) {
            if (check.path("name").asText().equals("loader")) {
                return check.path("data").path("partitions").asInt();
            }
        }
        return 0;
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    private static boolean servesHealthAlone(Node loader) throws IOException, InterruptedException {
        var plane = new DataPlane(loader.address());
        var statuses = new ArrayList<Integer>();
        for (String path : List.of("/console", "/api/v1/me", "/js/heap-" + app + ".js", "/api/policy/" + app, "/")) {
            statuses.add(plane.get(path).statusCode());
        }
        statuses.add(plane.track(app, "k", "e").statusCode());
        return statuses.stream().collect(Collectors.toSet()).equals(Set.of(404))
                && plane.get("/q/health/live").statusCode() == 200;
    }

    /** Each time over the same files. */
    private static EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("database"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }
}
