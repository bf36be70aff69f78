package dev.weir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that what the events of one transaction share is stored. Touches rows in the order of their tables and ids, so that no two
 * transactions wait for each other.
 */
final class SharedRows {

    private final Connection connection;
    private final String environment;
    private final Acquainted acquainted;
    private final Instant now;
    private final @Nullable Long cleared;
    private final Map<Shared.Kind, Map<UUID, Shared>> asked = new EnumMap<>(Shared.Kind.class);

    SharedRows(Connection connection, String environment, Acquainted acquainted, Instant now, @Nullable Long cleared) {
        this.connection = connection;
        this.environment = environment;
        this.acquainted = acquainted;
        this.now = now;
        this.cleared = cleared;
    }

    /** Whether nothing was taken away since this began, so that what was known is still there. */
    boolean holds(Cursor.Position position) {
        return cleared != null && cleared == position.cleared();
    }

    /** What every event of these batches has, except for those that are dropped already. */
    void add(List<Prepared> batches) {
        Shared location = null;
        for (Prepared prepared : batches) {
            for (var line : prepared.lines()) {
                if (line != null && !line.tooLarge()) {
                    add(line.hierarchy());
                    if (location == null || !line.location().id().equals(location.id())) {
                        location = line.location();
                        add(location);
                    }
                }
            }
        }
    }

    void add(Shared shared) {
        if (!shared.isNothing() && !acquainted.knows(environment, shared, now)) {
            asked.computeIfAbsent(shared.kind(), kind -> new TreeMap<>()).put(shared.id(), shared);
        }
    }

    void insert() throws SQLException {
        for (var of : asked.entrySet()) {
            var missing = touch(of.getKey(), of.getValue().values());
            begin(of.getKey(), missing);
        }
    }

    /** To be called after the commit: until then another may see none of it. */
    void committed() {
        asked.values().forEach(of -> of.values().forEach(shared -> acquainted.met(environment, shared, now, cleared)));
    }

    /** Answers those that are not there. */
    private List<Shared> touch(Shared.Kind kind, Collection<Shared> all) throws SQLException {
        try (var update = connection.prepareStatement(
                "update " + kind.table() + " set seen_at = ? where environment = ? and id = ?")) {
            for (Shared shared : all) {
                Binding.time(update, 1, now);
                update.setString(2, environment);
                update.setObject(3, shared.id());
                update.addBatch();
            }
            var missing = new ArrayList<Shared>();
            int i = 0;
            int[] touched = update.executeBatch();
            for (Shared shared : all) {
                if (touched[i++] == 0) {
                    missing.add(shared);
                }
            }
            return missing;
        }
    }

    /** Somebody else may have been faster: then it is as fresh as ours. */
    private void begin(Shared.Kind kind, List<Shared> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement("insert into " + kind.table()
                + " (environment, id, seen_at, content) values (?, ?, ?, ?) on conflict do nothing")) {
            for (Shared shared : missing) {
                fill(insert, shared);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void fill(PreparedStatement insert, Shared shared) throws SQLException {
        insert.setString(1, environment);
        insert.setObject(2, shared.id());
        Binding.time(insert, 3, now);
        insert.setString(4, shared.text());
    }
}
