package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Under which identities users and devices are known. Never moves an identity from one to another: it adds, or refuses. */
final class Links {

    private static final int USERS_PER_IDENTITY = 10;
    private static final int DAYS = 30;

    private final Connection connection;
    private final String environment;
    private final Cuts cuts;

    Links(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
        this.cuts = new Cuts(connection, environment);
    }

    /** Who says so, by which request, and when it happened there. */
    record Said(Batch batch, Instant happenedAt) {

        private Instant now() {
            return batch.receivedAt();
        }
    }

    /** A server says who its user is: one identity for each user, and a limit of users for each identity. */
    @Nullable
    Refusal server(Said said, String user, String identity) throws SQLException {
        var identities = identitiesOf(user);
        if (identities.contains(identity) || parted(said, user, identity)) {
            return null;
        }
        if (!identities.isEmpty()) {
            return Refusal.IDENTITY_TAKEN;
        }
        if (usersOf(identity, said.now()) >= USERS_PER_IDENTITY) {
            return Refusal.IDENTITY_LIMIT;
        }
        insert(said, user, identity);
        return null;
    }

    /** A browser says who sits in front of it: several may, one after the other. */
    @Nullable
    Refusal device(Said said, String device, String identity) throws SQLException {
        var identities = identitiesOf(device);
        if (identities.contains(identity) || parted(said, device, identity)) {
            return null;
        }
        if (identities.size() >= said.batch().perDevice()) {
            return Refusal.IDENTITY_LIMIT;
        }
        insert(said, device, identity);
        return null;
    }

    /** What was said before a link was cut stays what somebody said, but links nobody. */
    private boolean parted(Said said, String user, String identity) throws SQLException {
        return cuts.parted(user, identity, said.happenedAt(), said.now());
    }

    private void insert(Said said, String user, String identity) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into identity_link (environment, user_id, identity, linked_at, app_id, door) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, environment);
            insert.setString(2, user);
            insert.setString(3, identity);
            Binding.time(insert, 4, said.now());
            insert.setString(5, said.batch().app().digits());
            insert.setString(6, said.batch().door().stored());
            insert.executeUpdate();
        }
    }

    private Set<String> identitiesOf(String user) throws SQLException {
        try (var select = connection.prepareStatement(
                "select identity from identity_link where environment = ? and user_id = ?")) {
            select.setString(1, environment);
            select.setString(2, user);
            var identities = new HashSet<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    identities.add(rows.getString(1));
                }
            }
            return identities;
        }
    }

    private int usersOf(String identity, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(
                "select count(*) from identity_link where environment = ? and identity = ? and linked_at > ?")) {
            select.setString(1, environment);
            select.setString(2, identity);
            Binding.time(select, 3, now.minus(DAYS, ChronoUnit.DAYS));
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
