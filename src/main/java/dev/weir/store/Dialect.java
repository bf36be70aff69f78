package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the two databases spell one thing differently. */
enum Dialect {
    H2(
            "cast(floor(extract(epoch from received_at) / 86400) as bigint)",
            "cast(floor(extract(epoch from received_at) / 3600) as bigint)"),
    POSTGRESQL(
            "(received_at at time zone 'UTC')::date - date '1970-01-01'",
            "floor(extract(epoch from received_at) / 3600)::bigint");

    private final String day;
    private final String hour;

    Dialect(String day, String hour) {
        this.day = day;
        this.hour = hour;
    }

    static Dialect of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? POSTGRESQL : H2;
    }

    /** Days between 1970 and the UTC day on which an event came in. */
    String day() {
        return day;
    }

    /** Hours between 1970 and the hour in which an event came in. */
    String hour() {
        return hour;
    }

    /**
     * To be selected once in a transaction that {@link #commitDurably} ends: one whose server was told not to wait for its disk waits for
     * it all the same. Whoever told it to wait for more, as for a replica, is not overruled.
     */
    String durably() {
        return switch (this) {
            case H2 -> "null";
            case POSTGRESQL ->
                "case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end";
        };
    }

    /**
     * Commits, and returns when it is on disk: H2 would write it, but not wait for the disk. PostgreSQL waits where {@link #durably} was
     * selected.
     */
    void commitDurably(Connection connection) throws SQLException {
        connection.commit();
        if (this == H2) {
            run(connection, "checkpoint sync");
        }
    }

    private static void run(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
