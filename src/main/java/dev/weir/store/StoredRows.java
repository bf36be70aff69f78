package dev.weir.store;

import dev.weir.event.Hierarchy;
import dev.weir.store.StoredEvents.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes events of rows, and each hierarchy that several of them share only once. */
final class StoredRows {

    /** Rows that PostgreSQL sends at a time, inside a transaction. */
    static final int FETCH = 500;

    static final String COLUMNS = "e.sequence, e.received_at, e.body, e.hierarchy, h.content, e.location, l.content";

    /** For a table or subquery {@code e}. */
    static final String JOINED = """
            left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
            left join location l on l.environment = e.environment and l.id = e.location
            """;

    private static final int HIERARCHIES = 5_000;

    private final Map<UUID, Hierarchy> hierarchies = new HashMap<>();

    Stored stored(ResultSet row) throws SQLException {
        var hierarchy = hierarchy(hierarchyOf(row), row.getString(5));
        return new Stored(
                row.getLong(1),
                Reading.time(row, 2),
                EventReading.event(row.getString(3), hierarchy, row.getString(7)));
    }

    static UUID hierarchyOf(ResultSet row) throws SQLException {
        return row.getObject(4, UUID.class);
    }

    static UUID locationOf(ResultSet row) throws SQLException {
        return row.getObject(6, UUID.class);
    }

    private Hierarchy hierarchy(UUID id, @Nullable String text) {
        if (text == null) {
            return Hierarchy.NONE;
        }
        if (hierarchies.size() >= HIERARCHIES) {
            hierarchies.clear();
        }
        return hierarchies.computeIfAbsent(id, any -> EventReading.hierarchy(text));
    }
}
