package dev.weir.database;

import java.sql.SQLException;

/** The database did not answer, or refused. Its message names the state only: a driver's text may quote values. */
public final class DatabaseException extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    private final String state;

    public DatabaseException(SQLException cause) {
        super("SQL state " + cause.getSQLState(), withoutText(cause));
        this.state = String.valueOf(cause.getSQLState());
    }

    /** Whether a row with the same key was there first. PostgreSQL and H2 use the same state for it. */
    public boolean duplicate() {
        return state.equals(UNIQUE_VIOLATION);
    }

    /** Where it happened, without what it said. */
    private static SQLException withoutText(SQLException cause) {
        var bare = new SQLException("", cause.getSQLState(), cause.getErrorCode());
        bare.setStackTrace(cause.getStackTrace());
        return bare;
    }
}
