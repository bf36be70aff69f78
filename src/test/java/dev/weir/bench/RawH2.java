package dev.weir.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What H2 allows: rows as long as those that Weir stores, with a unique id, in batches of 1000 by one process, each of which is on disk
 * before the next one.
 */
final class RawH2 implements AutoCloseable {

    private static final int ROWS = 1000;

    private final Connection h2;
    private final List<String> rows;

    /** {@code stored}: to a database in which Weir has stored at least a thousand events. */
    RawH2(Path folder, Connection stored) throws SQLException {
        this.h2 = DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("raw") + ";MODE=PostgreSQL;WRITE_DELAY=0", "", "");
        this.rows = texts(stored);
    }

    private static List<String> texts(Connection stored) throws SQLException {
        try (var statement = stored.createStatement();
                var events = statement.executeQuery(
                        "select cast(event as text) from event where type <> 'custom' limit " + ROWS)) {
            var rows = new ArrayList<String>();
            while (events.next()) {
                rows.add(events.getString(1));
            }
            return rows;
        }
    }

    double rowsPerSecond(double seconds) throws SQLException {
        forget();
        h2.setAutoCommit(false);
        long start = System.nanoTime();
        long done = 0;
        try (var insert = h2.prepareStatement("insert into raw_unique values (?, ?)");
                var sync = h2.createStatement()) {
            do {
                for (var row : rows) {
                    insert.setObject(1, UUID.randomUUID());
                    insert.setString(2, row);
                    insert.addBatch();
                }
                done += insert.executeBatch().length;
                h2.commit();
                sync.execute("checkpoint sync");
            } while (System.nanoTime() - start < seconds * 1e9);
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    /** Else each round would work on a larger table. */
    private void forget() throws SQLException {
        try (var statement = h2.createStatement()) {
            statement.execute("drop table if exists raw_unique");
            statement.execute("create table raw_unique (id uuid primary key, body varchar(100000))");
        }
    }

    @Override
    public void close() throws SQLException {
        h2.close();
    }
}
