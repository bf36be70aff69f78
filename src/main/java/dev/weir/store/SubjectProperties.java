package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of users and accounts: the last value of each property, of so many properties at most. */
final class SubjectProperties {

    /** Properties of one user or account. */
    static final int MOST = 500;

    private final Connection connection;
    private final String environment;

    /** How many properties those have who were given another one in this transaction. */
    private final Map<Subject, Integer> held = new HashMap<>();

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

    /** A property that is known takes the new value; one that is new is left out where there are as many as there may be. */
    @Nullable
    Refusal remember(Instant now, Subject subject, Map<String, ?> properties) throws SQLException {
        Refusal refusal = null;
        for (var property : properties.entrySet()) {
            var id = Keys.of(subject.kind, subject.name, property.getKey());
            var value = String.valueOf(property.getValue());
            if (change(id, value, now) > 0) {
                continue;
            }
            int before = held(subject);
            if (before < MOST) {
                add(id, subject, property.getKey(), value, now);
                held.put(subject, before + 1);
            } else {
                refusal = Refusal.PROPERTY_LIMIT;
            }
        }
        return refusal;
    }

    private int held(Subject subject) throws SQLException {
        var known = held.get(subject);
        if (known != null) {
            return known;
        }
        int counted = count(subject);
        held.put(subject, counted);
        return counted;
    }

    private int count(Subject subject) throws SQLException {
        try (var select = connection.prepareStatement(
                "select count(*) from subject_property where environment = ? and kind = ? and subject = ?")) {
            select.setString(1, environment);
            select.setString(2, subject.kind);
            select.setString(3, subject.name);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
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
