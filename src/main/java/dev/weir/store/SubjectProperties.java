package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What is known of users and accounts: the last value of each property. */
final class SubjectProperties {

    private final Connection connection;
    private final String environment;

    SubjectProperties(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    /** Whose properties they are. */
    record Subject(String kind, String name) {

        static Subject user(String name) {
            return new Subject("user", name);
        }

        static Subject account(String name) {
            return new Subject("account", name);
        }
    }

    void remember(Instant now, Subject subject, Map<String, ?> properties) throws SQLException {
        for (var property : properties.entrySet()) {
            var id = Keys.of(subject.kind, subject.name, property.getKey());
            var value = String.valueOf(property.getValue());
            if (change(id, value, now) == 0) {
                add(id, subject, property.getKey(), value, now);
            }
        }
    }

    private int change(UUID id, String value, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(
                "update subject_property set value = ?, changed_at = ? where environment = ? and id = ?")) {
            update.setString(1, value);
            Binding.time(update, 2, now);
            update.setString(3, environment);
            update.setObject(4, id);
            return update.executeUpdate();
        }
    }

    private void add(UUID id, Subject subject, String name, String value, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into subject_property (environment, id, kind, subject, name, value, changed_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setString(1, environment);
            insert.setObject(2, id);
            insert.setString(3, subject.kind);
            insert.setString(4, subject.name);
            insert.setString(5, name);
            insert.setString(6, value);
            Binding.time(insert, 7, now);
            insert.executeUpdate();
        }
    }
}
