package dev.weir.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What makes a retry harmless: each key is claimed by the first transaction that brings it, for 24 hours. Who brings it at the same
 * time waits until that is committed or given up. Keys are claimed in their order, so that no two transactions wait for each other,
 * and before anything else that is waited for.
 */
final class Duplicates {

    private static final Duration MEMORY = Duration.ofHours(24);

    private final Connection connection;
    private final Dialect dialect;

    /** Those that were claimed and not met yet. */
    private final Set<AppKey> fresh = new HashSet<>();

    Duplicates(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    private record AppKey(String app, UUID key) implements Comparable<AppKey> {

        static AppKey of(Batch batch, UUID key) {
            return new AppKey(batch.app().digits(), key);
        }

        @Override
        public int compareTo(AppKey other) {
            int apps = app.compareTo(other.app);
            return apps != 0 ? apps : key.compareTo(other.key);
        }
    }

    /** Claims every key of these batches at once, as of when the first of them came in. */
    void claim(Collection<Prepared> batches) throws SQLException {
        var asked = new TreeMap<AppKey, Instant>();
        for (Prepared prepared : batches) {
            for (var line : prepared.lines()) {
                if (line != null && line.key() != null) {
                    asked.putIfAbsent(
                            AppKey.of(prepared.batch(), line.key()),
                            prepared.batch().receivedAt());
                }
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        switch (dialect) {
            case POSTGRESQL -> claimAtOnce(asked);
            case H2 -> claimEach(asked);
        }
    }

    /** Whether it was there before: an earlier one, or one that this transaction has met already. */
    boolean known(Batch batch, UUID key) {
        return !fresh.remove(AppKey.of(batch, key));
    }

    private void claimAtOnce(NavigableMap<AppKey, Instant> asked) throws SQLException {
        take(asked, """
                insert into event_key (app_id, key, received_at)
                select app, key, at from unnest(?, ?, ?) as asked (app, key, at)
                on conflict do nothing returning app_id, key
                """);
        fresh.forEach(asked::remove);
        if (!asked.isEmpty()) {
            // Too old to be remembered, and not deleted yet.
            take(asked, """
                    update event_key set received_at = asked.at from unnest(?, ?, ?) as asked (app, key, at)
                    where event_key.app_id = asked.app and event_key.key = asked.key
                        and event_key.received_at < asked.at - interval '24 hours'
                    returning event_key.app_id, event_key.key
                    """);
        }
    }

    private void take(NavigableMap<AppKey, Instant> asked, String sql) throws SQLException {
        var apps = new ArrayList<String>(asked.size());
        var keys = new ArrayList<UUID>(asked.size());
        var times = new ArrayList<OffsetDateTime>(asked.size());
        asked.forEach((key, at) -> {
            apps.add(key.app);
            keys.add(key.key);
            times.add(at.atOffset(ZoneOffset.UTC));
        });
        try (var claim = connection.prepareStatement(sql)) {
            claim.setArray(1, array("varchar", apps));
            claim.setArray(2, array("uuid", keys));
            claim.setArray(3, array("timestamptz", times));
            try (var rows = claim.executeQuery()) {
                while (rows.next()) {
                    fresh.add(new AppKey(rows.getString(1), rows.getObject(2, UUID.class)));
                }
            }
        }
    }

    private Array array(String type, List<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private void claimEach(NavigableMap<AppKey, Instant> asked) throws SQLException {
        each(asked, "insert into event_key (received_at, app_id, key) values (?, ?, ?) on conflict do nothing", false);
        fresh.forEach(asked::remove);
        if (!asked.isEmpty()) {
            // Too old to be remembered, and not deleted yet.
            each(asked, "update event_key set received_at = ? where app_id = ? and key = ? and received_at < ?", true);
        }
    }

    private void each(NavigableMap<AppKey, Instant> asked, String sql, boolean old) throws SQLException {
        var keys = List.copyOf(asked.keySet());
        try (PreparedStatement claim = connection.prepareStatement(sql)) {
            for (AppKey key : keys) {
                var at = asked.getOrDefault(key, Instant.EPOCH);
                Binding.time(claim, 1, at);
                claim.setString(2, key.app);
                claim.setObject(3, key.key);
                if (old) {
                    Binding.time(claim, 4, at.minus(MEMORY));
                }
                claim.addBatch();
            }
            int[] changed = claim.executeBatch();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] > 0) {
                    fresh.add(keys.get(i));
                }
            }
        }
    }
}
