package dev.weir.database;

import java.sql.SQLException;
import java.util.List;

/** The database did not answer, or refused. Its message names the state only: a driver's text may quote values. */
public final class DatabaseException extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String TOO_LONG = "22001";

    /** What PostgreSQL says of a text with a NUL in it. */
    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    /** No state, connection trouble, out of resources, shut down by an operator; H2's own words for a broken or closed database. */
    private static final List<String> AWAY =
            List.of("null", "08", "53", "57", "58", "90020", "90028", "90031", "90067", "90098", "90121");

    private final String state;

    public DatabaseException(SQLException cause) {
        super("SQL state " + cause.getSQLState(), withoutText(cause));
        this.state = String.valueOf(cause.getSQLState());
    }

    /** A text among the arguments has a NUL, which not every database holds: none is asked, so that all of them answer alike. */
    static DatabaseException unstorable() {
        return new DatabaseException(new SQLException("", CHARACTER_NOT_IN_REPERTOIRE));
    }

    /** Whether a text that was to be stored or looked for holds what no text may. */
    public boolean isUnstorable() {
        return state.equals(CHARACTER_NOT_IN_REPERTOIRE);
    }

    /** Whether a text has more characters than its column, as the database counts them. Both use the same state for it. */
    public boolean isTooLong() {
        return state.equals(TOO_LONG);
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
