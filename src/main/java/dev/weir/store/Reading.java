package dev.weir.store;

import dev.weir.database.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/** One read from the database. A failure tells the SQL state alone: messages of databases quote rows. */
interface Reading<R> {

    R from(Connection connection) throws SQLException;

    /** Makes a value of the row that the cursor stands on. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <R> R of(DataSource database, Reading<R> reading) {
        try (var connection = database.getConnection()) {
            return reading.from(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be read: SQL state " + e.getSQLState());
        }
    }

    /** As a part of the transaction that is under way. A failure tells whether the database is away. */
    static <R> R change(DataSource database, Reading<R> change) {
        try (var connection = database.getConnection()) {
            return change.from(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    static Instant time(ResultSet rows, int index) throws SQLException {
        return rows.getObject(index, OffsetDateTime.class).toInstant();
    }
}
