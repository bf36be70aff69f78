package dev.weir.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL in one line: a constant text and its arguments, in the transaction that is under way or, where there is none, in its own.
 *
 * <p>Never builds a statement from values, and never retries. An {@link Instant} may be an argument; a text with a NUL may not.
 */
@ApplicationScoped
public class Sql {

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final DataSource source;

    Sql(DataSource source) {
        this.source = source;
    }

    public <T> List<T> list(String select, Row<T> row, @Nullable Object... arguments) {
        try (var connection = source.getConnection();
                var statement = prepared(connection, select, arguments);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(row.of(rows));
            }
            return List.copyOf(found);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String select, Row<T> row, @Nullable Object... arguments) {
        return list(select, row, arguments).stream().findFirst();
    }

    /** The number in the first column of the first row; 0 where there is no row. */
    public long number(String select, @Nullable Object... arguments) {
        return first(select, row -> row.getLong(1), arguments).orElse(0L);
    }

    /** Runs an insert, update or delete and says how many rows it touched. */
    public int change(String statement, @Nullable Object... arguments) {
        try (var connection = source.getConnection();
                var prepared = prepared(connection, statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static Optional<Instant> instantIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static Optional<Long> longIfAny(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    /** Both databases keep microseconds, but one would round: a moment ago must not become a moment to come. */
    private static OffsetDateTime micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static PreparedStatement prepared(Connection connection, String text, @Nullable Object... arguments)
            throws SQLException {
        for (Object argument : arguments) {
            if (argument instanceof String said && said.indexOf('\0') >= 0) {
                throw DatabaseException.unstorable();
            }
        }
        var statement = connection.prepareStatement(text);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i] instanceof Instant at ? micros(at) : arguments[i]);
        }
        return statement;
    }
}
