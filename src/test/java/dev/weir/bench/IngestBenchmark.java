package dev.weir.bench;

import dev.weir.bench.Loader.Order;
import dev.weir.bench.Loader.Seen;
import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.OwnPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How fast Weir takes events in, beside what the machine allows: one run, one client, the same requests, contenders in turn, medians.
 * Prints the tables of docs/performance.md, "Ingest", which also says what each line is. Everything runs on this machine and over loopback;
 * files go to {@code target/bench}.
 *
 * <pre>./mvnw -Pbench</pre>
 */
public final class IngestBenchmark {

    private static final int ROUNDS = Integer.getInteger("weir.bench.rounds", 5);
    private static final double SECONDS = Double.parseDouble(System.getProperty("weir.bench.seconds", "2.5"));
    private static final double WARM = 0.5;
    /** What it takes to keep everybody busy: one event each is all that a connection has under way. */
    private static final int CONNECTIONS = 256;

    /** For how long answers take when there is room. */
    private static final int FEW_CONNECTIONS = 64;

    private static final int MANY_CONNECTIONS = 4096;

    /** Rounds' worth of everything before the first one: so long the compilers of Java are at work. */
    private static final int FAMILIAR = 8;

    private static final String APP = "1000000001";
    private static final String NOWHERE = "Weir, stored nowhere";

    /** How H2 understands Weir's file. */
    private static final String LIKE_WEIR = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;NON_KEYWORDS=KEY,VALUE";

    private static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, List<Double>> micros = new HashMap<>();
    private final List<String> odd = new ArrayList<>();
    private final Loader.Forked client;

    private IngestBenchmark(Loader.Forked client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        var loader = List.of(
                Packaged.java(), "-Xmx512m", "-cp", System.getProperty("java.class.path"), Loader.class.getName());
        fresh(FOLDER);
        try (var client = new Loader.Forked(loader);
                var postgres = OwnPostgres.start(FOLDER.resolve("postgres"), 0)) {
            new IngestBenchmark(client).run(postgres);
        }
    }

    private static void fresh(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var old = Files.walk(folder)) {
                old.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        Files.createDirectories(folder);
    }

    /** A program under test and the processes whose time its answers cost. */
    private record Contender(String name, Packaged program, String app, List<ProcessHandle> besides) {

        double cpuMicros() {
            var all = new ArrayList<>(besides);
            all.add(program.handle());
            // Children of a database that have come since.
            besides.forEach(handle ->
                    handle.children().filter(child -> !all.contains(child)).forEach(all::add));
            return all.stream()
                    .mapToDouble(handle -> handle.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toNanos()
                            / 1e3)
                    .sum();
        }
    }

    private void run(OwnPostgres postgres) throws IOException, SQLException {
        var onPostgres = FOLDER.resolve("weir-on-postgres");
        var onH2 = FOLDER.resolve("weir-on-h2");
        var policy = PolicyDocument.parse(
                        Payloads.policy(PolicyDocument.balanced().json()))
                .match(valid -> valid, errors -> {
                    throw new IllegalStateException("the policy is wrong: " + errors);
                });
        var live = Payloads.get("/q/health/live");
        Packaged.weir(onPostgres, postgres.settings(), live).close();
        Packaged.weir(onH2, Map.of(), live).close();
        String app;
        String h2App;
        try (var connection = postgres.connection()) {
            app = publish(connection, policy);
        }
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + onH2.resolve("weir") + LIKE_WEIR, "", "")) {
            h2App = publish(connection, policy);
        }
        var script = FOLDER.resolve("script.js");
        try (var weir = Packaged.weir(onPostgres, postgres.settings(), Payloads.post("/api/track", first(app)));
                var h2 = Packaged.weir(onH2, Map.of(), Payloads.post("/api/track", first(h2App)));
                var nothing = withoutStore(policy);
                var bare = Packaged.main(
                        BareServer.class.getName(),
                        FOLDER.resolve("bare"),
                        Payloads.get("/script"),
                        "",
                        fetch(weir.port(), "/js/heap-" + app + ".js", script).toString());
                var copying = postgres.connection()) {
            System.out.printf(
                    Locale.ROOT,
                    "%d rounds of %.1f s, %d connections, %d with batches, %d processors, Java %s, Weir with %s%n%n",
                    ROUNDS,
                    SECONDS,
                    CONNECTIONS,
                    FEW_CONNECTIONS,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().feature(),
                    String.join(" ", Packaged.JVM));
            var onPg = new Contender("Weir on PostgreSQL", weir, app, postgres.processes());
            var others = new ArrayList<Contender>();
            if (nothing != null) {
                others.add(new Contender(NOWHERE, nothing, APP, List.of()));
            }
            others.add(onPg);
            others.add(new Contender("Weir on H2", h2, h2App, List.of()));
            rounds(new Contender("bare Vert.x", bare, APP, List.of()), others, onPg, copying);
            table();
            ratios();
            calm(onPg);
            overload(onPg);
            System.out.printf(
                    Locale.ROOT,
                    "| most memory resident, Weir on PostgreSQL, after all this | %d MiB |%n",
                    weir.peakMemory());
            System.out.printf(
                    Locale.ROOT,
                    "| from start to first accepted event, PostgreSQL / H2 | %.1f s / %.1f s |%n",
                    weir.secondsToFirstAnswer(),
                    h2.secondsToFirstAnswer());
            odd.forEach(line -> System.out.println("\nNOT AS IT SHOULD BE: " + line));
        }
    }

    // ── rounds
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    private void rounds(Contender bare, List<Contender> others, Contender onPg, Connection copying)
            throws IOException, SQLException {
        @Nullable RawCopy copy = null;
        for (int round = -1; round < ROUNDS; round++) {
            measure(round, bare, "bare Vert.x", "/bare", "/bare");
            measure(round, bare, "bare Vert.x + Jackson tokens", "/tokens", "/tokens");
            for (var contender : others) {
                measure(round, contender, contender.name, "/api/track", "/api/collect/" + contender.app);
            }
            if (copy == null) {
                copy = new RawCopy(copying);
            }
            double rows = copy.rowsPerSecond(round < 0 ? 1 : SECONDS);
            copy.forget();
            note(round, "raw COPY, 1000 rows a commit", " batch", rows, 0);
            get(round, bare, "bare Vert.x, script", "/script");
            get(round, onPg, "Weir, script", "/js/heap-" + onPg.app + ".js");
        }
    }

    private void measure(int round, Contender contender, String name, String singlePath, String batchPath)
            throws IOException {
        one(round, contender, name, " single", 1, Payloads.post(singlePath, Payloads.single(contender.app)));
        one(round, contender, name, " batch", Payloads.BATCH, Payloads.post(batchPath, Payloads.batch()));
    }

    /** As many events are under way over few connections with batches as over many without. */
    private static int connections(int events) {
        return events == 1 ? CONNECTIONS : FEW_CONNECTIONS;
    }

    private void get(int round, Contender contender, String name, String path) throws IOException {
        one(round, contender, name, " get", 1, Payloads.get(path));
    }

    private void one(int round, Contender contender, String name, String kind, int events, byte[] request)
            throws IOException {
        double before = contender.cpuMicros();
        // Before the first round everybody gets to know the work.
        var seen = load(contender, request, 0, connections(events), round < 0 ? FAMILIAR * SECONDS : SECONDS);
        double whole = (WARM + seen.seconds()) / seen.seconds();
        double cost = (contender.cpuMicros() - before) / Math.max(1, seen.ok() * events * whole);
        if (seen.other() + seen.refused() > seen.ok() / 100) {
            odd.add(name + kind + ": " + seen);
        }
        note(round, name, kind, seen.perSecond() * events, cost);
    }

    private Seen load(Contender contender, byte[] request, double rate, int connections, double seconds)
            throws IOException {
        var file = write("request.txt", request);
        return client.load(new Order(contender.program.port(), file, connections, rate, WARM, seconds));
    }

    private void note(int round, String name, String kind, double rate, double cost) {
        if (round >= 0) {
            rates.computeIfAbsent(name + kind, none -> new ArrayList<>()).add(rate);
            micros.computeIfAbsent(name + kind, none -> new ArrayList<>()).add(cost);
        }
    }

    // ── what is printed
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    private void table() {
        System.out.println("| | 1 kB event: requests/s | CPU µs | 20 kB of 38 events: events/s | CPU µs/event |");
        System.out.println("|---|---|---|---|---|");
        for (var name : rates.keySet().stream()
                .filter(key -> key.endsWith(" batch"))
                .map(key -> key.substring(0, key.length() - " batch".length()))
                .toList()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |%n",
                    name,
                    shown("%,.0f", rates.get(name + " single")),
                    shown("%.1f", micros.get(name + " single")),
                    shown("%,.0f", rates.get(name + " batch")),
                    shown("%.1f", micros.get(name + " batch")));
        }
        System.out.println();
        System.out.println("| script, from memory | requests/s | CPU µs |");
        System.out.println("|---|---|---|");
        for (var name : List.of("bare Vert.x, script", "Weir, script")) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s |%n",
                    name,
                    shown("%,.0f", rates.get(name + " get")),
                    shown("%.1f", micros.get(name + " get")));
        }
        System.out.println();
    }

    private static String shown(String format, @Nullable List<Double> values) {
        return values == null || median(values) == 0 ? "–" : String.format(Locale.ROOT, format, median(values));
    }

    private void ratios() {
        System.out.println("| goal | measured | wanted |");
        System.out.println("|---|---|---|");
        ratio("G1 durable single events ÷ bare Vert.x", "Weir on PostgreSQL single", "bare Vert.x single", "≥ 0.28");
        ratio(
                "G2 stored events of batches ÷ raw COPY",
                "Weir on PostgreSQL batch",
                "raw COPY, 1000 rows a commit batch",
                "≥ 0.60");
        difference("G5 policy, µs an autocaptured event", NOWHERE + " batch", "bare Vert.x batch", "≤ 3");
        difference("G5 policy, µs a 1 kB event", NOWHERE + " single", "bare Vert.x single", "≤ 8");
        ratio("G9 script ÷ bare Vert.x", "Weir, script get", "bare Vert.x, script get", "≥ 0.75");
        ratio("H2, batches ÷ PostgreSQL", "Weir on H2 batch", "Weir on PostgreSQL batch", "–");
    }

    private boolean measured(String goal, String mine) {
        if (!rates.containsKey(mine)) {
            System.out.printf("| %s | not measured | |%n", goal);
        }
        return rates.containsKey(mine);
    }

    /** Round by round, so that what else the machine did counts for both. */
    private void ratio(String goal, String mine, String limit, String wanted) {
        if (!measured(goal, mine)) {
            return;
        }
        var quotients = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            quotients.add(rates.get(mine).get(round) / rates.get(limit).get(round));
        }
        System.out.printf(Locale.ROOT, "| %s | %.3f | %s |%n", goal, median(quotients), wanted);
    }

    private void difference(String goal, String mine, String bare, String wanted) {
        if (!measured(goal, mine)) {
            return;
        }
        System.out.printf(
                Locale.ROOT, "| %s | %.1f | %s |%n", goal, median(micros.get(mine)) - median(micros.get(bare)), wanted);
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().flatMapToDouble(DoubleStream::of).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** G15: at half of what it can. */
    private void calm(Contender weir) throws IOException {
        for (boolean batch : new boolean[] {false, true}) {
            double most = median(rates.get(weir.name + (batch ? " batch" : " single"))) / (batch ? Payloads.BATCH : 1);
            var request = batch
                    ? Payloads.post("/api/collect/" + weir.app, Payloads.batch())
                    : Payloads.post("/api/track", Payloads.single(weir.app));
            var seen = load(weir, request, most / 2, FEW_CONNECTIONS, 3 * SECONDS);
            System.out.printf(
                    Locale.ROOT,
                    "| G15 p99 at half the rate, %s | %.1f ms | ≤ %d ms |%n",
                    batch ? "batches" : "single events",
                    seen.p99() / 1e3,
                    batch ? 10 : 5);
        }
    }

    /** G12: twice as many as it can. */
    private void overload(Contender weir) throws IOException {
        double most = median(rates.get(weir.name + " single"));
        var request = Payloads.post("/api/track", Payloads.single(weir.app));
        var seen = load(weir, request, 2 * most, MANY_CONNECTIONS, 4 * SECONDS);
        System.out.printf(
                Locale.ROOT, "| G12 goodput at twice the rate ÷ most | %.2f | ≥ 0.95 |%n", seen.perSecond() / most);
        System.out.printf(
                Locale.ROOT,
                "| G12 p99 of the %,d that were refused of %,d | %.1f ms | < 5 ms |%n",
                seen.refused(),
                seen.refused() + seen.ok(),
                seen.refusedP99() / 1e3);
        if (seen.other() > 0) {
            odd.add("overload: " + seen);
        }
    }

    // ── preparations
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    /** Null where it does not fit this Weir any more: the other contenders are measured all the same. */
    private static @Nullable Packaged withoutStore(PolicyDocument policy) throws IOException {
        var classes = Files.createDirectories(FOLDER.resolve("classes"));
        var path = System.getProperty("java.class.path");
        var compiler = new ArrayList<>(
                List.of(Packaged.java() + "c", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", path));
        try (var sources = Files.walk(Path.of("src", "bench", "java"))) {
            sources.filter(Files::isRegularFile).map(Path::toString).forEach(compiler::add);
        }
        try {
            var compiled = new ProcessBuilder(compiler).inheritIO().start().waitFor();
            if (compiled != 0) {
                return null;
            }
            return Packaged.main(
                    "dev.weir.ingest.WithoutStore",
                    FOLDER.resolve("weir-without-store"),
                    Payloads.post("/api/track", Payloads.single(APP)),
                    classes.toString(),
                    write("policy.json", policy.canonical().getBytes(StandardCharsets.UTF_8))
                            .toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** As a console would, with plain SQL: the development environment gets this policy and the shop as an origin. */
    private static String publish(Connection database, PolicyDocument policy) throws SQLException {
        String app;
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "select digits from app_id where environment = 'development' order by digits")) {
            rows.next();
            app = rows.getString(1);
        }
        change(database, "insert into app_origin (app_id, origin) values (?, ?)", app, Payloads.ORIGIN);
        change(database, """
                insert into policy_revision (environment, number, hash, document, reason, published_by, published_by_name, published_at)
                select 'development', max(number) + 1, ?, ?, 'bench', 'bench', 'Bench', ? from policy_revision
                where environment = 'development'
                """, policy.hash(), policy.canonical(), OffsetDateTime.now(ZoneOffset.UTC));
        change(database, "update governing_epoch set epoch = epoch + 1 where id = 1");
        return app;
    }

    private static void change(Connection database, String sql, Object... values) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String first(String app) {
        return Payloads.single(app).replace("############", "the-first-one");
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        return Files.write(FOLDER.resolve(name), bytes);
    }

    private static Path fetch(int port, String path, Path file) throws IOException {
        try (var in =
                java.net.URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return Files.write(file, in.readAllBytes());
        }
    }
}
