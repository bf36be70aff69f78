package dev.weir.restoration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * H2's half of a rule that PostgreSQL has in SQL: what was asked for never changes, and who decided about it not once somebody has. Public
 * because H2 makes it.
 */
public final class RestorationsAreFinal implements Trigger {

    /** Columns of restoration by place: those before it are what was asked for, it and those after it what became of that. */
    private static final int STATE = 12;

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        boolean allowed = before != null
                && after != null
                && same(before, after, 0, STATE)
                && (String.valueOf(before[STATE]).equals("open") || same(before, after, STATE, before.length));
        if (!allowed) {
            throw new SQLException("what was asked for or decided is never changed", "23514");
        }
    }

    private static boolean same(Object[] before, Object[] after, int from, int to) {
        for (int place = from; place < to; place++) {
            if (!Objects.equals(before[place], after[place])) {
                return false;
            }
        }
        return true;
    }
}
