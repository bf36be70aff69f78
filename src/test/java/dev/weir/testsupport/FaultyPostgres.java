package dev.weir.testsupport;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL whose operator makes everything go wrong: Weir comes as a role that owns its database and nothing else, and that database
 * lies on a {@link TinyDisk} where the machine allows one.
 */
public final class FaultyPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String OPERATOR = "weir.test.operator";
    private static final int MANY = 8;
    private static final String DISK = "weir.test.disk";

    private @Nullable Path folder;
    private @Nullable OwnPostgres server;
    private @Nullable TinyDisk disk;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("weir-faults");
            disk = TinyDisk.at(folder.resolve("disk"), 64).orElse(null);
            server = OwnPostgres.start(folder.resolve("database"), 0);
            try (var operator = server.connection()) {
                make(operator);
            }
            var settings = new HashMap<String, String>();
            settings.put("weir.database.url", "jdbc:postgresql://127.0.0.1:" + server.port() + "/faults");
            settings.put("weir.database.username", "weir");
            settings.put("weir.database.password", "weir");
            settings.put(OPERATOR, server.url());
            settings.put("weir.store.queue-requests", "4");
            settings.put("weir.store.group-requests", "2");
            if (disk != null) {
                settings.put(DISK, disk.place().toString());
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL made no database", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void make(Connection operator) throws SQLException, IOException {
        run(operator, "create role weir login password 'weir'");
        if (disk == null) {
            run(operator, "create database faults owner weir");
        } else {
            var space = Files.createDirectory(disk.place().resolve("space"));
            run(operator, "create tablespace tiny location '" + space + "'");
            run(operator, "create database faults owner weir tablespace tiny");
        }
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
            if (disk != null) {
                disk.close();
            }
            if (folder != null) {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The disk under Weir's database; null where the machine allows none. */
    public static @Nullable TinyDisk disk() {
        return ConfigProvider.getConfig()
                .getOptionalValue(DISK, String.class)
                .map(place -> TinyDisk.madeAt(Path.of(place)))
                .orElse(null);
    }

    /** Connected to Weir's database, and allowed everything. */
    public static Connection operator() throws SQLException {
        var url = ConfigProvider.getConfig().getValue(OPERATOR, String.class).replace("/postgres", "/faults");
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** As its operator; what holds for new connections holds for all afterwards, because the old ones are gone. */
    public static void change(String sql) throws SQLException {
        try (var operator = operator()) {
            run(operator, sql);
            // Waits until each is gone.
            run(operator, "select pg_terminate_backend(pid, 60000) from pg_stat_activity where usename = 'weir'");
        }
        tellThePool();
    }

    /** A pool finds out that a connection is gone when somebody takes it: takes them all. */
    private static void tellThePool() throws SQLException {
        var pool = Arc.container().instance(DataSource.class).get();
        var held = new ArrayList<Connection>();
        try {
            for (int i = 0; i < MANY; i++) {
                var connection = pool.getConnection();
                held.add(connection);
                alive(connection);
            }
        } catch (SQLException e) {
            // No connection is to be had, so none is left.
        } finally {
            for (var connection : held) {
                connection.close();
            }
        }
    }

    private static void alive(Connection connection) {
        try {
            run(connection, "select 1");
        } catch (SQLException e) {
            // It was gone, and the pool has seen that now.
        }
    }

    private static void run(Connection operator, String sql) throws SQLException {
        try (var statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }
}
