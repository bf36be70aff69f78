package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether what somebody says of a device was cut since: then it links nobody, whenever it comes. Reads; changes nothing. */
final class Cuts {

    private final Connection connection;
    private final String environment;
    private @Nullable Edge edge;

    Cuts(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    /** Whether these two were parted after this happened, or after it came in. */
    boolean parted(String user, String identity, Instant happenedAt, Instant receivedAt) throws SQLException {
        if (none()) {
            return false;
        }
        try (var select = connection.prepareStatement(
                "select 1 from identity_cut where environment = ? and edge = ? and (cut_at >= ? or cut_at >= ?)")) {
            select.setString(1, environment);
            select.setObject(2, edge().of(user, identity));
            Binding.time(select, 3, happenedAt);
            Binding.time(select, 4, receivedAt);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Mostly nothing was ever cut, and then no key is needed. */
    private boolean none() throws SQLException {
        try (var select = connection.prepareStatement("select 1 from identity_cut where environment = ? limit 1")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private Edge edge() throws SQLException {
        var known = edge;
        if (known == null) {
            known = new Edge(connection, environment);
            edge = known;
        }
        return known;
    }
}
