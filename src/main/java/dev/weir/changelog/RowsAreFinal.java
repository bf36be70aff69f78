package dev.weir.changelog;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's half of a rule that PostgreSQL has in SQL: refuses every change of what was written. Public because H2 makes it. */
public final class RowsAreFinal implements Trigger {

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        throw new SQLException("the change log is only added to", "23514");
    }
}
