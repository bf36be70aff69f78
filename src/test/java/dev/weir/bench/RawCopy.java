package dev.weir.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;

/** What PostgreSQL allows: the rows that Weir stored, copied again and again by one process, 1000 a commit, without any index. */
final class RawCopy {

    private static final int ROWS = 1000;

    private final Connection connection;
    private final byte[] rows;

    /** {@code connection}: to the database in which Weir has stored at least a thousand events. */
    RawCopy(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("drop table if exists raw_copy");
            statement.execute("create table raw_copy (like event)");
        }
        var out = new ByteArrayOutputStream();
        long copied = copy(
                "copyOut",
                OutputStream.class,
                "copy (select * from event where type <> 'custom' limit " + ROWS + ") to stdout (format binary)",
                out);
        if (copied != ROWS) {
            throw new SQLException("only " + copied + " events to copy");
        }
        this.rows = out.toByteArray();
    }

    double rowsPerSecond(double seconds) throws SQLException {
        forget();
        long start = System.nanoTime();
        long done = 0;
        do {
            done += copy(
                    "copyIn",
                    InputStream.class,
                    "copy raw_copy from stdin (format binary)",
                    new ByteArrayInputStream(rows));
        } while (System.nanoTime() - start < seconds * 1e9);
        return done * 1e9 / (System.nanoTime() - start);
    }

    /** By name: the driver's classes carry annotations that our compiler would have to know. */
    private long copy(String method, Class<?> kind, String sql, Object stream) throws SQLException {
        try {
            var driver = Class.forName("org.postgresql.PGConnection");
            var manager = driver.getMethod("getCopyAPI").invoke(connection.unwrap(driver));
            return (long)
                    manager.getClass().getMethod(method, String.class, kind).invoke(manager, sql, stream);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("nothing was copied", e);
        }
    }

    /** Else each round would work on a larger table. */
    private void forget() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate raw_copy");
        }
    }
}
