package dev.weir.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The one real PostgreSQL that all tests share; it ends with them. As a test profile it runs Weir on a fresh database of it:
 * put {@code @TestProfile(Postgres.class)} on a subclass of a test that has passed on H2.
 */
public final class Postgres implements QuarkusTestProfile {

    private static final String RUNNING = "weir.test.postgres";
    private static final String COUNT = "weir.test.postgres.databases";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "weir.database.url", freshDatabase(),
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
    }

    /** The address of a new, empty database. Tests are loaded more than once: only the virtual machine itself knows what runs. */
    public static String freshDatabase() {
        synchronized (System.getProperties()) {
            var address = "jdbc:postgresql://127.0.0.1:" + port() + "/";
            int number = Integer.getInteger(COUNT, 0) + 1;
            System.setProperty(COUNT, Integer.toString(number));
            try (var connection = DriverManager.getConnection(address + "postgres", "postgres", "postgres");
                    var statement = connection.createStatement()) {
                statement.execute("create database weir" + number);
            } catch (SQLException e) {
                throw new AssertionError("PostgreSQL made no database", e);
            }
            return address + "weir" + number;
        }
    }

    private static int port() {
        var running = Integer.getInteger(RUNNING);
        if (running != null) {
            return running;
        }
        try {
            var started = EmbeddedPostgres.builder()
                    .setPort(Ports.free())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
            System.setProperty(RUNNING, Integer.toString(started.getPort()));
            return started.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }
}
