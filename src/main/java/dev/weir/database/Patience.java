package dev.weir.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Until it is over, its connection waits longer for an answer than others do: for work on many rows, which nobody waits for. */
public final class Patience {

    /** How long the database may say nothing. */
    public static final Duration LONG = Duration.ofMinutes(10);

    private final Connection connection;
    private final int before;

    private Patience(Connection connection, int before) {
        this.connection = connection;
        this.before = before;
    }

    public static Patience of(Connection connection) throws SQLException {
        var patience = new Patience(connection, connection.getNetworkTimeout());
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONG.toMillis()));
        return patience;
    }

    /** To be called however the work ended. A connection that was lost meanwhile is of no use to the next either. */
    public void over() throws SQLException {
        if (!connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, before);
        }
    }
}
