package dev.weir.testsupport;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * One real Kafka broker (KRaft, broker and controller in one) in a process of its own, from the artifact of the same version as the
 * client. Its class path is that of {@code src/test/kafka/pom.xml}, resolved by the Maven that runs this build. Ended by its process.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What comes up soonest. */
    private static final List<String> SOON = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final List<String> options;
    private final Path folder;
    private final int port;
    private final int controller;
    private Process process;

    private KafkaBroker(List<String> options, Path folder, int port, int controller) throws IOException {
        this.options = options;
        this.folder = folder;
        this.port = port;
        this.controller = controller;
        this.process = start();
    }

    /** A new broker whose files are in this folder, which is empty. */
    public static KafkaBroker start(Path folder) throws IOException, InterruptedException {
        return start(folder, SOON);
    }

    /** With a Java machine of these options. */
    public static KafkaBroker start(Path folder, List<String> options) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var broker = new KafkaBroker(options, folder, Ports.free(), Ports.free());
        broker.await();
        return broker;
    }

    public String servers() {
        return "127.0.0.1:" + port;
    }

    public Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", servers(),
                "reconnect.backoff.max.ms", "200",
                "default.api.timeout.ms", String.valueOf(PATIENCE.toMillis())));
    }

    public void topic(String name, int partitions, Map<String, String> settings) throws InterruptedException {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError("no topic " + name, e);
        }
    }

    /** Everything that the topic holds now. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", servers());
        try (var consumer =
                new KafkaConsumer<byte[], byte[]>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (!reached(consumer, partitions, ends)) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private static boolean reached(
            KafkaConsumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> ends) {
        return partitions.stream().allMatch(one -> consumer.position(one) >= ends.get(one));
    }

    /** How many records were ever written to the topic. */
    public long written(String topic) throws InterruptedException {
        try (var admin = admin()) {
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
            for (var partition : described.get(topic).partitions()) {
                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new AssertionError("no ends of " + topic, e);
        }
    }

    /** For whoever wants to know what it costs. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process at once, as a failing machine would; what was acknowledged stays on disk. */
    public void away() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, over the same files and at the same address. */
    public void back() throws IOException, InterruptedException {
        process = start();
        await();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Formats the folder when it is new, in a process that ends before the broker's begins. */
    private Process start() throws IOException {
        var settings = folder.resolve("server.properties");
        if (!Files.exists(settings)) {
            Files.writeString(settings, settings());
            run(List.of(
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    settings.toString()));
        }
        return builder(List.of("kafka.Kafka", settings.toString()), "broker.log")
                .start();
    }

    private String settings() {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + folder.resolve("log"),
                "num.partitions=1",
                "auto.create.topics.enable=false",
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=1000",
                "");
    }

    private void await() throws InterruptedException {
        try (var admin = admin()) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            close();
            throw new AssertionError("Kafka is not there:\n" + log(), e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("broker.log"));
        } catch (IOException e) {
            return "no log";
        }
    }

    private ProcessBuilder builder(List<String> program, String log) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath()));
        command.addAll(program);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
    }

    private void run(List<String> program) throws IOException {
        try {
            var process = builder(program, "format.log").start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("failed:\n" + Files.readString(folder.resolve("format.log")));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Once for each version; two builds on one machine share what was resolved. */
    private static String classPath() throws IOException {
        var cache = Path.of(System.getProperty("user.home"), ".cache", "weir", "kafka");
        Files.createDirectories(cache);
        var file = cache.resolve("class-path-" + AppInfoParser.getVersion());
        try (var channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid() || !complete(file)) {
                resolve(file);
            }
            return Files.readString(file).strip();
        }
    }

    private static boolean complete(Path file) throws IOException {
        return Files.exists(file) && jars(file).stream().allMatch(jar -> Files.exists(Path.of(jar)));
    }

    private static Set<String> jars(Path file) throws IOException {
        return new HashSet<>(List.of(Files.readString(file).strip().split(File.pathSeparator, -1)));
    }

    private static void resolve(Path file) throws IOException {
        Programs.maven(List.of(
                "-f",
                Path.of("src", "test", "kafka", "pom.xml").toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-Dkafka.version=" + AppInfoParser.getVersion(),
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + file));
    }
}
