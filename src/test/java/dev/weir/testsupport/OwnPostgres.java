package dev.weir.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL of one test's own, as durable as an operator's, whose processes the test may kill. Its files outlive it: another one
 * can be started over them.
 */
public final class OwnPostgres implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Path files;
    private final EmbeddedPostgres running;

    private OwnPostgres(Path files, EmbeddedPostgres running) {
        this.files = files;
        this.running = running;
    }

    /** {@code port}: 0 for any that is free. */
    public static OwnPostgres start(Path files, int port) throws IOException {
        var running = EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setPort(port == 0 ? Ports.free() : port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // The library's own defaults forget what was acknowledged last.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        return new OwnPostgres(files, running);
    }

    public int port() {
        return running.getPort();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    }

    /** For the packaged program. */
    public Map<String, String> settings() {
        return Map.of(
                "weir.database.url", url(),
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
    }

    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "postgres");
    }

    /** The first process, and whatever it has started. */
    public List<ProcessHandle> processes() throws IOException {
        long first = Long.parseLong(
                Files.readAllLines(files.resolve("postmaster.pid")).get(0).strip());
        var all = new ArrayList<ProcessHandle>();
        ProcessHandle.of(first).ifPresent(handle -> {
            all.add(handle);
            handle.descendants().forEach(all::add);
        });
        return all;
    }

    /** Nobody gets to tidy up; returns when no process is left. */
    public void kill() throws IOException, InterruptedException {
        var processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        try {
            for (var process : processes) {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("PostgreSQL did not die", e);
        }
        running.close();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
