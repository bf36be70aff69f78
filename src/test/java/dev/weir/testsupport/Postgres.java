package dev.weir.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one real PostgreSQL that all tests share; it ends with them. As a test profile it runs Weir on a fresh database of it:
 * put {@code @TestProfile(Postgres.class)} on a subclass of a test that has passed on H2.
 */
public final class Postgres implements QuarkusTestProfile {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static @Nullable EmbeddedPostgres shared;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weir.database.url", freshDatabase(),
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
    }

    /** The address of a new, empty database. */
    public static synchronized String freshDatabase() {
        var name = "weir" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        var server = server();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL made no database", e);
        }
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    private static synchronized EmbeddedPostgres server() {
        if (shared == null) {
            try {
                shared = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
        return shared;
    }
}
