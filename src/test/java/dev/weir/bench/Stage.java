package dev.weir.bench;

import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.KafkaBroker;
import dev.weir.testsupport.OwnPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that takes part, in processes of their own; what was opened is closed at the end, the last one first. */
final class Stage implements AutoCloseable {

    static final String TOPIC = "weir-events";

    /** For programs that take any. */
    static final String ANY_APP = "1000000001";

    /** How often Weir is started for the time that takes. */
    private static final int STARTS = 3;

    /** How H2 understands Weir's file. */
    private static final String LIKE_WEIR = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;NON_KEYWORDS=KEY,VALUE";

    private final Path folder;
    private final PolicyDocument policy = Governed.policy();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, List<Double>> starts = new LinkedHashMap<>();

    Stage(Path folder) throws IOException {
        this.folder = folder;
        if (Files.exists(folder)) {
            try (var old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        Files.createDirectories(folder);
    }

    <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    @Override
    public void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                System.out.println("NOT AS IT SHOULD BE: did not close, " + e);
            }
        }
    }

    /** Seconds to the first accepted event, of each start, by the name of the contender. */
    Map<String, List<Double>> starts() {
        return starts;
    }

    OwnPostgres postgres() throws IOException {
        return opened(OwnPostgres.start(folder.resolve("postgres"), 0));
    }

    Contender onPostgres(String name, OwnPostgres database) throws IOException, SQLException {
        var place = folder.resolve("weir-on-postgres");
        Packaged.weir(place, database.settings(), Payloads.get("/q/health/live"))
                .close();
        try (var connection = database.connection()) {
            var app = Governed.publish(connection, policy);
            return new Contender(name, started(name, place, database.settings(), app), app, database.processes());
        }
    }

    Contender onH2(String name) throws IOException, SQLException {
        var place = folder.resolve("weir-on-h2");
        Packaged.weir(place, Map.of(), Payloads.get("/q/health/live")).close();
        String app;
        try (var connection =
                DriverManager.getConnection("jdbc:h2:file:" + place.resolve("weir") + LIKE_WEIR, "", "")) {
            app = Governed.publish(connection, policy);
        }
        return new Contender(name, started(name, place, Map.of(), app), app, List.of());
    }

    /** The last one goes on. */
    private Packaged started(String name, Path place, Map<String, String> settings, String app) throws IOException {
        var seconds = new ArrayList<Double>();
        @Nullable Packaged weir = null;
        for (int i = 0; i < STARTS; i++) {
            if (weir != null) {
                weir.close();
            }
            weir = Packaged.weir(place, settings, first(app, i));
            seconds.add(weir.secondsToFirstAnswer());
        }
        starts.put(name, seconds);
        return opened(Objects.requireNonNull(weir));
    }

    private static byte[] first(String app, int number) {
        return Payloads.post("/api/track", Payloads.single(app).replace("############", "the-first-" + number));
    }

    /** A second node over the same database, run by another Java. */
    Contender withJava(String java, String name, Contender weir, OwnPostgres database) throws IOException {
        var node = Packaged.weir(
                java, folder.resolve("weir-with-other-java"), database.settings(), first(weir.app(), STARTS));
        return new Contender(name, opened(node), weir.app(), weir.besides());
    }

    /** As operators run one, but alone; it keeps no more than fits a small disk. */
    KafkaBroker broker() throws IOException, InterruptedException {
        var broker = opened(KafkaBroker.start(folder.resolve("broker"), List.of("-Xmx512m")));
        broker.topic(
                TOPIC,
                12,
                Map.of("max.message.bytes", "8388608", "retention.bytes", "200000000", "segment.bytes", "50000000"));
        return broker;
    }

    /** A node of the data plane, which knows its policy from that database and has nothing else to do with it. */
    Contender throughKafka(String name, Contender weir, OwnPostgres database, KafkaBroker broker) throws IOException {
        var settings = new HashMap<>(database.settings());
        settings.put("weir.planes", "data");
        settings.put("weir.store", "kafka");
        settings.put("kafka.bootstrap.servers", broker.servers());
        var node = Packaged.weir(folder.resolve("weir-through-kafka"), settings, first(weir.app(), STARTS + 1));
        return new Contender(name, opened(node), weir.app(), List.of(broker.handle()));
    }

    /** Null where it does not fit this Weir any more: the other contenders are measured all the same. */
    @Nullable
    Contender withoutStore(String name) throws IOException, InterruptedException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        var path = System.getProperty("java.class.path");
        var compiler = new ArrayList<>(
                List.of(Packaged.java() + "c", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", path));
        try (var sources = Files.walk(Path.of("src", "bench", "java"))) {
            sources.filter(Files::isRegularFile).map(Path::toString).forEach(compiler::add);
        }
        if (new ProcessBuilder(compiler).inheritIO().start().waitFor() != 0) {
            return null;
        }
        var document =
                Files.write(folder.resolve("policy.json"), policy.canonical().getBytes(StandardCharsets.UTF_8));
        var program = Packaged.main(
                "dev.weir.ingest.WithoutStore",
                folder.resolve("weir-without-store"),
                Payloads.post("/api/track", Payloads.single(ANY_APP)),
                classes.toString(),
                document.toString());
        return new Contender(name, opened(program), ANY_APP, List.of());
    }

    /** The collector of an App ID, as Weir serves it. */
    Path script(Contender weir) throws IOException {
        var address = "http://127.0.0.1:" + weir.program().port() + weir.path(Kind.SCRIPT);
        try (var in = URI.create(address).toURL().openStream()) {
            return Files.write(folder.resolve("script.js"), in.readAllBytes());
        }
    }

    Packaged bare(Path script) throws IOException {
        return opened(Packaged.main(
                BareServer.class.getName(), folder.resolve("bare"), Payloads.get("/script"), "", script.toString()));
    }

    /** Null where this machine has none. */
    @Nullable
    Contender nginx(String name, Path script) throws IOException {
        var nginx = Nginx.serving(script, folder.resolve("nginx"));
        if (nginx == null) {
            return null;
        }
        var workers = nginx.handle().children().toList();
        return new Contender(name, opened(nginx), ANY_APP, workers);
    }
}
