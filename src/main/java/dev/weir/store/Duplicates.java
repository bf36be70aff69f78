package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What makes a retry harmless: the keys of the last 24 hours, and those that this transaction adds. */
final class Duplicates {

    private static final int HOURS = 24;

    /** Keys that one statement asks for. */
    private static final int AT_ONCE = 500;

    private final Connection connection;
    private final Map<AppKey, Instant> known = new HashMap<>();
    private final Set<AppKey> fresh = new LinkedHashSet<>();

    Duplicates(Connection connection) {
        this.connection = connection;
    }

    /** Equal by App ID and key, whenever it came. */
    private record AppKey(String app, UUID key, Instant at) {

        static AppKey of(Batch batch, UUID key) {
            return new AppKey(batch.app().digits(), key, batch.receivedAt());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AppKey that && app.equals(that.app) && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** Looks up every key of these batches at once. */
    void recall(List<Prepared> batches) throws SQLException {
        var asked = new LinkedHashSet<AppKey>();
        for (Prepared prepared : batches) {
            for (var line : prepared.lines()) {
                if (line != null && line.key() != null) {
                    asked.add(AppKey.of(prepared.batch(), line.key()));
                }
            }
        }
        for (var of : asked.stream().collect(Collectors.groupingBy(AppKey::app)).values()) {
            for (int from = 0; from < of.size(); from += AT_ONCE) {
                recallSome(of.subList(from, Math.min(of.size(), from + AT_ONCE)));
            }
        }
    }

    /** Whether it was there before; remembers it if not. */
    boolean known(Batch batch, UUID key) {
        var asked = AppKey.of(batch, key);
        return known.containsKey(asked) || !fresh.add(asked);
    }

    void insert() throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement("insert into event_key (app_id, key, received_at) values (?, ?, ?)")) {
            for (AppKey key : fresh) {
                insert.setString(1, key.app);
                insert.setObject(2, key.key);
                Binding.time(insert, 3, key.at);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** All of one App ID, because that is how the index begins. */
    private void recallSome(List<AppKey> asked) throws SQLException {
        var marks = "?" + ", ?".repeat(asked.size() - 1);
        try (var select = connection.prepareStatement(
                "select app_id, key, received_at from event_key where app_id = ? and key in (" + marks + ")")) {
            select.setString(1, asked.get(0).app);
            for (int i = 0; i < asked.size(); i++) {
                select.setObject(i + 2, asked.get(i).key);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var at = Reading.time(rows, 3);
                    known.put(new AppKey(rows.getString(1), rows.getObject(2, UUID.class), at), at);
                }
            }
        }
        forgetExpired(asked);
    }

    /** A key older than 24 hours counts as new; its row makes room for the new one. */
    private void forgetExpired(List<AppKey> asked) throws SQLException {
        try (var delete = connection.prepareStatement("delete from event_key where app_id = ? and key = ?")) {
            for (AppKey now : asked) {
                var seen = known.get(now);
                if (seen != null && seen.isBefore(now.at.minus(HOURS, ChronoUnit.HOURS))) {
                    known.remove(now);
                    delete.setString(1, now.app);
                    delete.setObject(2, now.key);
                    delete.executeUpdate();
                }
            }
        }
    }
}
