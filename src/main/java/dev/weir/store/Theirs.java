package dev.weir.store;

import dev.weir.policy.Pseudonyms;
import dev.weir.store.Erasing.Name;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of some events are those of the persons who are called so, and what else these events know of them. A handle that was kept as it
 * was sent is theirs also where only its pseudonym is known as such.
 */
final class Theirs {

    private final Pseudonyms pseudonyms;
    private final Set<String> identities = new HashSet<>();
    private final Set<String> users = new HashSet<>();
    private final List<Long> events = new ArrayList<>();
    private final Set<Name> handles = new LinkedHashSet<>();
    private final Map<Said, Instant> met = new LinkedHashMap<>();
    private final Map<String, Set<String>> others = new HashMap<>();
    private long kept;
    private long quarantined;

    /** That a server with a key has named this handle together with one of their identities. */
    record Said(String handle, String identity) {}

    Theirs(Collection<Name> names, Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        for (Name name : names) {
            if (name.identity()) {
                identities.add(name.text());
            } else {
                users.add(pseudonyms.handle(name.text()));
            }
        }
    }

    /** Events with numbers behind {@code after} and up to {@code until}. */
    void look(Connection connection, String environment, long after, long until) throws SQLException {
        try (var select = connection.prepareStatement("""
                select e.sequence, e.identity, e.user_id, e.status, e.door,
                       case when a.server_key_hash is null then 0 else 1 end, e.happened_at
                from event e left join app_id a on a.digits = e.app_id
                where e.environment = ? and e.sequence > ? and e.sequence <= ?
                """)) {
            select.setString(1, environment);
            select.setLong(2, after);
            select.setLong(3, until);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    look(rows);
                }
            }
        }
    }

    private void look(ResultSet row) throws SQLException {
        var identity = row.getString(2);
        var handle = row.getString(3);
        boolean named = identity != null && identities.contains(identity);
        boolean known = handle != null && !users.isEmpty() && users.contains(pseudonyms.handle(handle));
        if (!named && !known) {
            return;
        }
        events.add(row.getLong(1));
        boolean aside = row.getString(4).equals("quarantined");
        kept += aside ? 0 : 1;
        quarantined += aside ? 1 : 0;
        if (handle != null) {
            if (known) {
                handles.add(new Name(false, handle));
            }
            // Anybody can say so as a browser, or as a server without a key, of anybody's device.
            if (!Door.of(row.getString(5)).browser() && row.getInt(6) == 1) {
                whose(handle, known, identity, Reading.time(row, 7));
            }
        }
    }

    private void whose(String handle, boolean known, @Nullable String identity, Instant happenedAt) {
        if (identity == null) {
            return;
        }
        if (!known) {
            met.merge(new Said(handle, identity), happenedAt, (one, other) -> one.isAfter(other) ? one : other);
        } else if (!identities.contains(identity)) {
            others.computeIfAbsent(handle, any -> new LinkedHashSet<>()).add(identity);
        }
    }

    List<Long> events() {
        return events;
    }

    long kept() {
        return kept;
    }

    long quarantined() {
        return quarantined;
    }

    /** Handles that were known as theirs, as they are kept. */
    Set<Name> handles() {
        return handles;
    }

    /** Handles that nobody knew as theirs, and when that was said last of them. */
    Map<Said, Instant> met() {
        return met;
    }

    /** Identities that are not theirs and that such a server has named together with one of their handles, by handle. */
    Map<String, Set<String>> others() {
        return others;
    }

    Set<String> identities() {
        return identities;
    }

    /** Whether one of these names is that of the handle. */
    boolean known(@Nullable String handle) {
        return handle != null && users.contains(pseudonyms.handle(handle));
    }
}
