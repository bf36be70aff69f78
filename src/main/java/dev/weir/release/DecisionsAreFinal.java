package dev.weir.release;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * H2's half of a rule that PostgreSQL has in SQL: what was asked for, and what it promotes, never changes, who decided about it only when an approval is
 * taken back, and a review of an emergency not at all. Public because H2 makes it.
 */
public final class DecisionsAreFinal implements Trigger {

    /** Columns of change_request by place; the document is told by its hash. */
    private static final int[] ASKED = {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 18, 19};

    private static final int STATE = 12;
    private static final int[] DECIDED = {13, 14, 15, 16, 20};
    private static final int REVISION = 17;

    /** Columns of policy_emergency by place. */
    private static final int[] PUBLISHED = {0, 1, 2, 3, 4};

    private static final int REVIEWED_BY = 5;
    private static final int[] REVIEWED = {5, 6, 7, 8};

    private boolean emergencies;
    private boolean promotions;

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type) {
        emergencies = table.equalsIgnoreCase("policy_emergency");
        promotions = table.equalsIgnoreCase("policy_promotion");
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        boolean allowed = !promotions
                && before != null
                && after != null
                && (emergencies ? reviewed(before, after) : decided(before, after));
        if (!allowed) {
            throw new SQLException("what was asked for, decided or reviewed is never changed", "23514");
        }
    }

    private static boolean reviewed(Object[] before, Object[] after) {
        return same(PUBLISHED, before, after) && (before[REVIEWED_BY] == null || same(REVIEWED, before, after));
    }

    private static boolean decided(Object[] before, Object[] after) {
        var was = String.valueOf(before[STATE]);
        var is = String.valueOf(after[STATE]);
        boolean kept = same(DECIDED, before, after);
        boolean outcome = switch (was) {
            case "open" -> true;
            case "approved" -> kept || is.equals("rejected");
            default -> kept && is.equals(was) && Objects.equals(before[REVISION], after[REVISION]);
        };
        return same(ASKED, before, after) && outcome;
    }

    private static boolean same(int[] places, Object[] before, Object[] after) {
        for (int place : places) {
            if (!Objects.equals(before[place], after[place])) {
                return false;
            }
        }
        return true;
    }
}
