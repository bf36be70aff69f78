package dev.weir.bench;

import static dev.weir.bench.Kind.BATCH_OF_25;
import static dev.weir.bench.Kind.BATCH_OF_38;
import static dev.weir.bench.Kind.SCRIPT;
import static dev.weir.bench.Kind.SINGLE;

import dev.weir.testsupport.KafkaBroker;
import dev.weir.testsupport.OwnPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How fast Weir takes events in, beside what the machine allows: one run, one client, the same requests, contenders in turn, medians.
 * Prints the tables of docs/performance.md, "Ingest", which also says what each line is. Everything runs on this machine and over loopback;
 * files go to {@code target/bench}.
 *
 * <pre>./mvnw -Pbench</pre>
 */
public final class IngestBenchmark {

    private static final int MANY_CONNECTIONS = 4096;
    private static final int FEW_CONNECTIONS = 64;

    /** Rounds' worth before the first one: of Weir with single events, with batches after them, and of what is simple. */
    private static final int LONG = 8;

    private static final int SHORTER = 5;
    private static final int SHORT = 2;

    private static final String BARE = "bare Vert.x";
    private static final String TOKENS = "bare Vert.x and Jackson's tokens";
    private static final String NOWHERE = "Weir, stored nowhere";
    private static final String POSTGRES = "Weir on PostgreSQL";
    private static final String REPLAYED = "Weir on PostgreSQL, the same events again";
    private static final String OTHER_JAVA = "Weir on PostgreSQL, by the other Java";
    private static final String H2 = "Weir on H2";
    private static final String KAFKA = "Weir through Kafka";
    private static final String RAW_COPY = "raw COPY, 1000 rows a commit";
    private static final String RAW_H2 = "raw batches of 1000 on H2, checkpoint sync";
    private static final String RAW_PRODUCER = "bare producer, acks=all";
    private static final String BARE_SCRIPT = "bare Vert.x, from memory";
    private static final String NGINX = "nginx, a file";

    private static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

    private final Stage stage;
    private final Rounds rounds;

    private IngestBenchmark(Stage stage) throws IOException {
        this.stage = stage;
        var loader = List.of(
                Packaged.java(), "-Xmx512m", "-cp", System.getProperty("java.class.path"), Loader.class.getName());
        this.rounds = new Rounds(stage.opened(new Loader.Forked(loader)), FOLDER);
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(Measured.code());
        var otherJava = Aside.named("weir.bench.java");
        Aside.run(otherJava.isEmpty() ? List.of(Packaged.java()) : List.of(Packaged.java(), otherJava));
        if (Aside.asked("ingest")) {
            try (var stage = new Stage(FOLDER)) {
                new IngestBenchmark(stage).run(otherJava);
            }
        }
    }

    private void run(String otherJava) throws Exception {
        var database = stage.postgres();
        var onPostgres = stage.onPostgres(POSTGRES, database);
        var onH2 = stage.onH2(H2);
        var broker = stage.broker();
        var throughKafka = stage.throughKafka(KAFKA, onPostgres, database, broker);
        var weirs = new ArrayList<Contender>();
        var nothing = stage.withoutStore(NOWHERE);
        if (nothing != null) {
            weirs.add(nothing);
        }
        weirs.addAll(List.of(onPostgres, onH2, throughKafka));
        if (!otherJava.isEmpty()) {
            weirs.add(stage.withJava(otherJava, OTHER_JAVA, onPostgres, database));
        }
        var script = stage.script(onPostgres);
        var bare = stage.bare(script);

        head(otherJava);
        limits(bare);
        for (var weir : weirs) {
            turns(weir, database, broker);
        }
        raw(database);
        scripts(bare, onPostgres, script);
        rounds.all();

        print();
        calm(onPostgres);
        overload(onPostgres);
        for (var weir : List.of(onPostgres, onH2, throughKafka)) {
            Figures.line(
                    "most memory resident after all this, " + weir.name(),
                    weir.program().peakMemory() + " MiB",
                    "≤ 512 MiB");
        }
        stage.starts().forEach(IngestBenchmark::start);
        rounds.odd().forEach(line -> System.out.println("\nNOT AS IT SHOULD BE: " + line));
    }

    private static void head(String otherJava) {
        System.out.printf(
                Locale.ROOT,
                "%n%d rounds of %.1f s, %d connections, %d with batches, %d processors, Java %s, Weir with %s%s%n"
                        + "bytes of a body: single event %d, batch of 25 %d, batch of 38 %d%n%n",
                Rounds.ROUNDS,
                Rounds.SECONDS,
                SINGLE.connections(),
                BATCH_OF_38.connections(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                String.join(" ", Packaged.JVM),
                otherJava.isEmpty() ? "" : "; the other Java is " + otherJava,
                Payloads.single(Stage.ANY_APP).length(),
                Payloads.batch(25).length(),
                Payloads.batch(38).length());
    }

    // ── turns
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    private void limits(Packaged bare) {
        for (var kind : List.of(SINGLE, BATCH_OF_25, BATCH_OF_38)) {
            rounds.add(new Contender(BARE, bare, Stage.ANY_APP, List.of()), kind, "/bare", SHORT);
            rounds.add(new Contender(TOKENS, bare, Stage.ANY_APP, List.of()), kind, "/tokens", SHORT);
        }
    }

    private void turns(Contender weir, OwnPostgres database, KafkaBroker broker) throws Exception {
        for (var kind : List.of(SINGLE, BATCH_OF_38, BATCH_OF_25)) {
            int familiar = kind == SINGLE ? LONG : kind == BATCH_OF_38 ? SHORTER : SHORT;
            if (weir.name().equals(POSTGRES) && kind != BATCH_OF_25) {
                var connection = stage.opened(database.connection());
                rounds.addWithReplay(weir, kind, familiar, REPLAYED, () -> Governed.tally(connection, "accepted"));
            } else {
                rounds.add(weir, kind, weir.path(kind), familiar);
            }
            if (weir.name().equals(KAFKA) && kind != BATCH_OF_25) {
                // What Weir has just written.
                rounds.addRaw(
                        RAW_PRODUCER,
                        kind,
                        later(() -> stage.opened(new RawProduce(broker.servers(), Stage.TOPIC))::recordsPerSecond));
            }
        }
    }

    private void raw(OwnPostgres database) throws Exception {
        var connection = stage.opened(database.connection());
        rounds.addRaw(RAW_COPY, BATCH_OF_38, later(() -> new RawCopy(connection)::rowsPerSecond));
        rounds.addRaw(
                RAW_H2,
                BATCH_OF_38,
                later(() -> stage.opened(new RawH2(FOLDER.resolve("raw-h2"), connection))::rowsPerSecond));
    }

    private interface Making {
        Rounds.Raw make() throws Exception;
    }

    /** Made at its first turn: when Weir has stored what it works on. */
    private static Rounds.Raw later(Making making) {
        return new Rounds.Raw() {

            private Rounds.@Nullable Raw made;

            @Override
            public double perSecond(double seconds) throws Exception {
                if (made == null) {
                    made = making.make();
                }
                return made.perSecond(seconds);
            }
        };
    }

    private void scripts(Packaged bare, Contender weir, Path script) throws IOException {
        rounds.add(new Contender(BARE_SCRIPT, bare, Stage.ANY_APP, List.of()), SCRIPT, "/script", SHORT);
        rounds.add(weir, SCRIPT, weir.path(SCRIPT), SHORTER);
        var nginx = stage.nginx(NGINX, script);
        if (nginx != null) {
            rounds.add(nginx, SCRIPT, "/script", 1);
        }
    }

    // ── what is printed
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    private void print() {
        var figures = rounds.figures();
        figures.table(
                List.of(SINGLE, BATCH_OF_25, BATCH_OF_38),
                "| | 1 kB event: requests/s | CPU µs | 20 kB of 25 events: events/s | CPU µs/event"
                        + " | 20 kB of 38 events: events/s | CPU µs/event |");
        figures.table(List.of(SCRIPT), "| script | requests/s | CPU µs |");
        System.out.println("| goal | measured | wanted |");
        System.out.println("|---|---|---|");
        figures.ratio("G1 durable single events ÷ bare Vert.x", SINGLE, POSTGRES, BARE, "≥ 0.28");
        figures.ratio("G2 stored events of batches ÷ raw COPY", BATCH_OF_38, POSTGRES, RAW_COPY, "≥ 0.60");
        figures.difference("G5 policy, an autocaptured event", BATCH_OF_38, NOWHERE, BARE, "≤ 3 µs");
        figures.difference("G5 policy, a 1 kB event", SINGLE, NOWHERE, BARE, "≤ 8 µs");
        figures.ratio("G9 script ÷ nginx", SCRIPT, POSTGRES, NGINX, "≥ 1.15");
        figures.ratio("G9 script ÷ bare Vert.x", SCRIPT, POSTGRES, BARE_SCRIPT, "≥ 0.75");
        figures.ratio("G10 batches again ÷ batches", BATCH_OF_38, REPLAYED, POSTGRES, "≥ 1.1");
        figures.ratio("G10 single events again ÷ single events", SINGLE, REPLAYED, POSTGRES, "–");
        figures.ratio("G11 single events, this Java ÷ the other one", SINGLE, POSTGRES, OTHER_JAVA, "≥ 0.90");
        figures.ratio("G11 batches, this Java ÷ the other one", BATCH_OF_38, POSTGRES, OTHER_JAVA, "≥ 0.90");
        figures.ratio("G13 single events through Kafka ÷ bare producer", SINGLE, KAFKA, RAW_PRODUCER, "≥ 0.5");
        figures.ratio("G13 batches through Kafka ÷ bare producer", BATCH_OF_38, KAFKA, RAW_PRODUCER, "≥ 0.5");
        figures.ratio("G14 batches on H2 ÷ raw batches, checkpoint sync", BATCH_OF_38, H2, RAW_H2, "≥ 0.5");
    }

    private static void start(String name, List<Double> seconds) {
        var all = seconds.stream().map(one -> String.format(Locale.ROOT, "%.1f", one));
        Figures.line(
                "from start to first accepted event, " + name,
                String.format(
                        Locale.ROOT, "%.1f s (%s)", Figures.median(seconds), all.collect(Collectors.joining(", "))),
                "≤ 3 s");
    }

    /** G15: at half of what it can. */
    private void calm(Contender weir) throws IOException {
        for (var kind : List.of(SINGLE, BATCH_OF_38)) {
            double most = rounds.figures().perSecond(weir.name(), kind) / kind.events();
            var request = kind.request(weir.path(kind), weir.app());
            var seen = rounds.load(weir, request, most / 2, FEW_CONNECTIONS, 3 * Rounds.SECONDS);
            Figures.line(
                    "G15 p99 at half the rate, " + (kind == SINGLE ? "single events" : "batches"),
                    millis(seen.p99()),
                    kind == SINGLE ? "≤ 5 ms" : "≤ 10 ms");
        }
    }

    /** G12: twice as many as it can. */
    private void overload(Contender weir) throws IOException {
        double most = rounds.figures().perSecond(weir.name(), SINGLE);
        var request = SINGLE.request(weir.path(SINGLE), weir.app());
        var seen = rounds.load(weir, request, 2 * most, MANY_CONNECTIONS, 4 * Rounds.SECONDS);
        Figures.line(
                "G12 goodput at twice the rate ÷ most",
                String.format(Locale.ROOT, "%.2f", seen.perSecond() / most),
                "≥ 0.95");
        Figures.line(
                String.format(
                        Locale.ROOT,
                        "G12 p99 of the %,d that were refused of %,d",
                        seen.refused(),
                        seen.refused() + seen.ok()),
                millis(seen.refusedP99()),
                "< 5 ms");
        if (seen.other() > 0) {
            rounds.odd("overload: " + seen);
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
}
