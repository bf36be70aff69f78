package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Load;
import dev.weir.testsupport.OwnPostgres;
import dev.weir.testsupport.Ports;
import dev.weir.testsupport.Promises;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the midst of full load, of the packaged program and of the database: what was acknowledged is there, nothing is
 * there twice, nothing raw, and all counts add up. How often: {@code -Dweir.kills=50}, see docs/operations.md.
 */
class KillIT {

    private static final long SEED = Long.getLong("weir.seed", System.nanoTime());
    private static final int SERVERS = 8;

    /** Requests that are acknowledged between two kills at least. */
    private static final int BETWEEN = 40;

    private static final int LATEST_MS = 150;

    /** How Weir itself opens the file; nothing is written. */
    private static final String LIKE_WEIR =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;NON_KEYWORDS=KEY,VALUE;ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=1";

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    /** A kill at a moment that nobody chose. */
    private interface Kill {
        void now() throws IOException, InterruptedException, SQLException;
    }

    private static int kills(int otherwise) {
        return Integer.getInteger("weir.kills", otherwise);
    }

    @Test
    void whenever_weir_is_killed_on_h2_every_acknowledged_event_is_there_once_and_nothing_raw()
            throws IOException, InterruptedException, SQLException {
        var load = killingWeir(Map.of());

        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("node/weir") + LIKE_WEIR, "", "")) {
            assertThat(Promises.broken(load, h2)).isEmpty();
            assertThat(Promises.torn(h2)).isEmpty();
        }
        assertThat(Promises.filesThatTell(folder.resolve("node"))).isEmpty();
    }

    @Test
    void whenever_weir_is_killed_on_postgresql_every_acknowledged_event_is_there_once_and_nothing_raw()
            throws IOException, InterruptedException, SQLException {
        try (var database = OwnPostgres.start(folder.resolve("database"), 0)) {
            var load = killingWeir(database.settings());

            try (var connection = database.connection()) {
                assertThat(Promises.broken(load, connection)).isEmpty();
                assertThat(Promises.torn(connection)).isEmpty();
            }
        }
        assertThat(Promises.filesThatTell(folder.resolve("database"))).isEmpty();
    }

    @Test
    void whenever_postgresql_is_killed_every_acknowledged_event_is_there_once_and_nothing_raw()
            throws IOException, InterruptedException, SQLException {
        int kills = kills(3);
        var database = OwnPostgres.start(folder.resolve("database"), 0);
        try (var weir = Node.start(folder.resolve("node"), settings(database.settings()));
                var load = load(weir)) {
            for (int i = 0; i < kills; i++) {
                load.acknowledged(BETWEEN);
                atSomeMoment(database::kill);
                database = OwnPostgres.start(folder.resolve("database"), database.port());
            }
            load.acknowledged(BETWEEN);
            load.end();
            told("PostgreSQL", kills, load);

            assertThat(load.unexpected()).isEmpty();
            assertThat(weir.log()).doesNotContain(Load.SECRET);
            try (var connection = database.connection()) {
                assertThat(Promises.broken(load, connection)).isEmpty();
                assertThat(Promises.torn(connection)).isEmpty();
            }
        } finally {
            database.close();
        }
        assertThat(Promises.filesThatTell(folder.resolve("database"))).isEmpty();
    }

    /** Returns after the load and the last process have ended. */
    private Load killingWeir(Map<String, String> database) throws IOException, InterruptedException, SQLException {
        int kills = kills(5);
        var settings = settings(database);
        var weir = Node.start(folder.resolve("node"), settings);
        try (var load = load(weir)) {
            for (int i = 0; i < kills; i++) {
                load.acknowledged(BETWEEN);
                atSomeMoment(weir::kill);
                assertThat(weir.log()).doesNotContain(Load.SECRET);
                weir = Node.start(folder.resolve("node"), settings);
                weir.address();
            }
            load.acknowledged(BETWEEN);
            load.end();
            told("Weir on " + (database.isEmpty() ? "H2" : "PostgreSQL"), kills, load);

            assertThat(load.unexpected()).isEmpty();
            assertThat(weir.log()).doesNotContain(Load.SECRET);
            return load;
        } finally {
            weir.close();
        }
    }

    /** The same port each time, and more than what is sent in the time of the test may come in. */
    private static Map<String, String> settings(Map<String, String> database) {
        var settings = new HashMap<>(database);
        settings.put("quarkus.http.port", String.valueOf(Ports.free()));
        for (var whose : List.of("", "address-", "identity-")) {
            settings.put("weir.ingest.rate." + whose + "per-second", "1000000");
            settings.put("weir.ingest.rate." + whose + "burst", "1000000");
        }
        return settings;
    }

    private static Load load(Node weir) throws IOException, InterruptedException {
        var app = Person.settingUp(weir).app("development");
        new DataPlane(weir.address()).knowing(app);
        return new Load(weir.address(), app, SERVERS);
    }

    /** Not just after an acknowledgement: then a transaction has always just begun. */
    private void atSomeMoment(Kill kill) {
        var later = CompletableFuture.delayedExecutor(random.nextInt(LATEST_MS * 1000), TimeUnit.MICROSECONDS);
        CompletableFuture.runAsync(
                        () -> {
                            try {
                                kill.now();
                            } catch (IOException | InterruptedException | SQLException e) {
                                throw new AssertionError("the kill failed", e);
                            }
                        },
                        later)
                .join();
    }

    private static void told(String killed, int kills, Load load) {
        System.out.printf("%s was killed %d times (seed %d): %s%n", killed, kills, SEED, load);
    }
}
