package dev.weir.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one real Keycloak that all tests share, from its Maven artifact: unpacked once into the user's cache, started on a free loopback
 * port with the realm {@code keycloak/weir-realm.json} in memory, ended with the tests by its process. As a test profile it runs Weir
 * with {@code weir.auth=oidc} against it.
 */
public final class Keycloak implements QuarkusTestProfile {

    public static final String CLIENT = "weir";
    public static final String SECRET = "of-the-tests-only-0123456789abcdef";

    private static final String VERSION = System.getProperty("keycloak.version", "26.7.3");
    private static final String BEGUN = "weir.test.keycloak";
    private static final String RUNNING = "weir.test.keycloak.running";
    private static final String STARTER = "keycloak-starts";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weir.database.url",
                "jdbc:h2:mem:oidc",
                "weir.auth",
                "oidc",
                "weir.oidc.issuer",
                issuer(),
                "weir.oidc.client-id",
                CLIENT,
                "weir.oidc.client-secret",
                SECRET);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Awaited.class));
    }

    /** What its tests need before they begin; everything else goes on while it starts. */
    public static final class Awaited implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            awaited();
            return Map.of();
        }

        @Override
        public void stop() {
            // Others may want it; it ends with the tests.
        }
    }

    /** Begins to start it, where nobody has. Tests are loaded more than once: only the virtual machine itself knows. */
    public static String issuer() {
        synchronized (System.getProperties()) {
            var begun = System.getProperty(BEGUN);
            if (begun != null) {
                return begun;
            }
            int port = Ports.free();
            var address = "http://127.0.0.1:" + port + "/realms/weir";
            System.setProperty(BEGUN, address);
            var starter = new Thread(() -> begin(port, address), STARTER);
            starter.setDaemon(true);
            starter.start();
            return address;
        }
    }

    private static void begin(int port, String address) {
        try {
            start(port, address);
            System.setProperty(RUNNING, "true");
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak did not start", e);
        } catch (InterruptedException e) {
            throw new AssertionError("Keycloak did not start", e);
        }
    }

    private static void awaited() {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(STARTER)) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted", e);
                }
            }
        }
        if (System.getProperty(RUNNING) == null) {
            throw new AssertionError("Keycloak did not start; its thread has printed why");
        }
    }

    private static void start(int port, String address) throws IOException, InterruptedException {
        var cache = Path.of(System.getProperty("user.home"), ".cache", "weir", "keycloak");
        Files.createDirectories(cache);
        // Two builds on one machine share the folder: its first start writes into it.
        try (var channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid()) {
                start(unpacked(cache), port, address);
            }
        }
    }

    private static Path unpacked(Path cache) throws IOException, InterruptedException {
        var home = cache.resolve("keycloak-" + VERSION);
        if (Files.exists(home.resolve("complete"))) {
            return home;
        }
        Programs.maven(List.of(
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":tar.gz",
                "-DoutputDirectory=" + cache,
                "-Dmdep.useBaseVersion=true"));
        var archive = cache.resolve("keycloak-quarkus-dist-" + VERSION + ".tar.gz");
        run(List.of("tar", "xzf", archive.toString(), "-C", cache.toString()));
        Files.delete(archive);
        Files.createFile(home.resolve("complete"));
        return home;
    }

    private static void start(Path home, int port, String address) throws IOException, InterruptedException {
        var imports = Files.createDirectories(home.resolve("data").resolve("import"));
        try (var realm = Keycloak.class.getResourceAsStream("/keycloak/weir-realm.json")) {
            if (realm == null) {
                throw new AssertionError("the realm is missing");
            }
            Files.copy(realm, imports.resolve("weir-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        var builder = new ProcessBuilder(
                        home.resolve("bin").resolve("kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--cache=local",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + Ports.free(),
                        "--import-realm")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        await(process, address);
    }

    /** Another server on the port must not look like success: the answer names the issuer. */
    private static void await(Process process, String address) throws InterruptedException {
        var listening = new CompletableFuture<String>();
        var log = new StringBuilder();
        var reader = new Thread(() -> read(process, log, listening), "keycloak-log");
        reader.setDaemon(true);
        reader.start();
        try {
            listening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var request = HttpRequest.newBuilder(URI.create(address + "/.well-known/openid-configuration"))
                    .timeout(PATIENCE)
                    .build();
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (!answer.body().contains("\"issuer\":\"" + address + "\"")) {
                throw new IOException("somebody else answers there");
            }
        } catch (ExecutionException | TimeoutException | IOException e) {
            end(process);
            throw new AssertionError("Keycloak is not there:\n" + log, e);
        }
    }

    /** Reads on after the line that is waited for: a full pipe would stop Keycloak. */
    private static void read(Process process, StringBuilder log, CompletableFuture<String> listening) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!listening.isDone()) {
                    log.append(line).append('\n');
                }
                if (line.contains("Listening on: ")) {
                    listening.complete(line);
                }
            }
        } catch (IOException e) {
            log.append("the log ended: ").append(e.getClass().getSimpleName());
        }
        listening.completeExceptionally(new IOException("it has ended"));
    }

    /** The script keeps Java as its child: the children go first. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("failed: " + String.join(" ", command));
        }
    }
}
