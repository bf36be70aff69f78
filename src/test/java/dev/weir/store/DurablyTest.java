package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill of the process can't tell: the machine may lose its power too. */
class DurablyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    /** As {@code dev.weir.database.DatabaseChoice} opens it. */
    private static final String LIKE_WEIR =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE;WRITE_DELAY=0";

    @TempDir
    Path folder;

    @Test
    void an_event_that_is_acknowledged_on_h2_was_forced_to_the_disk_before() throws InterruptedException {
        // Its connections stay open, and so does the database: closing it would force what is left.
        var database = JdbcConnectionPool.create(
                "jdbc:h2:" + ForcedFiles.scheme() + folder.resolve("weir") + LIKE_WEIR, "", "");
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("db/migration", "db/vendor/h2")
                    .load()
                    .migrate();
            var store = Bare.writing(database, Clock.systemUTC(), Map.of());
            var found = new ArrayList<String>();

            for (var name : List.of("first durable event", "second durable event", "third durable event")) {
                // By the writer itself, in the moment in which it answers.
                found.add(store.append(batch(name))
                        .toCompletableFuture()
                        .thenApply(answer -> name + ": " + ForcedFiles.whereIs(name))
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join());
            }

            assertThat(found)
                    .containsExactly(
                            "first durable event: on the disk",
                            "second durable event: on the disk",
                            "third durable event: on the disk");
            Bare.stop(store);
        } finally {
            database.dispose();
        }
    }

    private static Batch batch(String name) {
        var entry = new Entry.Arrival(
                name,
                Event.custom(name, Map.of(), null),
                Entry.Who.NOBODY,
                NOW,
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
        var revision = new Revision(new EnvironmentKey("durable"), 1, "0".repeat(64));
        return new Batch(new AppId("7000000009"), revision, Door.TRACK, NOW, false, 10, 0, List.of(entry));
    }
}
