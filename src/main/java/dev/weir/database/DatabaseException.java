package dev.weir.database;

import java.sql.SQLException;
import java.util.List;

/** The database did not answer, or refused. Its message names the state only: a driver's text may quote values. */
public final class DatabaseException extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    /** No state, connection trouble, out of resources, shut down by an operator; H2's own words for a broken or closed database. */
    private static final List<String> AWAY =
            List.of("null", "08", "53", "57", "58", "90020", "90028", "90031", "90067", "90098", "90121");

    private final String state;

    public DatabaseException(SQLException cause) {
        super("SQL state " + cause.getSQLState(), withoutText(cause));
        this.state = String.valueOf(cause.getSQLState());
    }

    /** Whether a row with the same key was there first. PostgreSQL and H2 use the same state for it. */
    public boolean duplicate() {
        return state.equals(UNIQUE_VIOLATION);
    }

    /** Whether the database is away or out of room, rather than of another opinion. A pool that waited in vain has no state. */
    public boolean unavailable() {
        return AWAY.stream().anyMatch(state::startsWith);
    }

    /** Whether this is about the connection, and nothing that was asked. */
    public static boolean connectionLost(SQLException cause) {
        var state = cause.getSQLState();
        return state == null || state.startsWith("08");
    }

    /** Where it happened, without what it said. */
    private static SQLException withoutText(SQLException cause) {
        var bare = new SQLException("", cause.getSQLState(), cause.getErrorCode());
        bare.setStackTrace(cause.getStackTrace());
        return bare;
    }
}
