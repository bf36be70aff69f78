package dev.weir.store;

import dev.weir.kernel.AppId;
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

    /** Fewer keys than this are not worth the second round trip that COPY takes. */
    private static final int WORTH_COPYING = 64;

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final Dialect dialect;
    private final Repeats repeats;
    private final Instant notBefore;

    /** Those that were claimed and not met yet. */
    private final Set<UUID> fresh = new HashSet<>();

    /** {@code notBefore}: keys are remembered as if they had not come in earlier, which those that waited in a topic may have. */
    Duplicates(Connection connection, Dialect dialect, Repeats repeats, Instant notBefore) {
        this.connection = connection;
        this.dialect = dialect;
        this.repeats = repeats;
        this.notBefore = notBefore;
    }

    /**
     * The key of one App ID's event among those of all: what a sender calls a thing is hashed already, so that no two of one App ID are
     * alike, and no App ID can choose what would be another's.
     */
    static UUID among(AppId app, UUID key) {
        return new UUID(
                key.getMostSignificantBits() ^ digits(app, 0), key.getLeastSignificantBits() ^ digits(app, Long.BYTES));
    }

    /** Up to eight digits as the bytes of a number, from the left. */
    private static long digits(AppId app, int from) {
        var digits = app.digits();
        long eight = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            eight = (eight << Byte.SIZE) | (i < digits.length() ? digits.charAt(i) : 0);
        }
        return eight;
    }

    /**
     * Claims every key of these batches at once, as of when the first of them came in.
     *
     * @return false when the transaction has to begin again, because it took for new what is not
     */
    boolean claim(Collection<Prepared> batches) throws SQLException {
        var asked = new TreeMap<UUID, Instant>();
        for (Prepared prepared : batches) {
            var received = prepared.batch().receivedAt();
            for (var line : prepared.lines()) {
                if (line != null && line.key() != null) {
                    asked.putIfAbsent(line.key(), received);
                }
            }
        }
        if (asked.isEmpty()) {
            return true;
        }
        if (dialect == Dialect.H2) {
            claimEach(asked);
            return true;
        }
        if (!repeats.likely() && asked.size() >= WORTH_COPYING) {
            return claimUnasked(asked);
        }
        claimAsking(asked);
        return true;
    }

    /** Whether this one is a retry; the first that is asked about is not. */
    boolean known(UUID key) {
        return !fresh.remove(key);
    }

    /** As if nobody had brought any of them before. */
    private boolean claimUnasked(NavigableMap<UUID, Instant> asked) throws SQLException {
        try {
            CopyRows.write(connection, "event_key", "key, received_at", copy -> {
                for (var one : asked.entrySet()) {
                    copy.row();
                    copy.id(one.getKey());
                    copy.time(remembered(one.getValue()));
                }
            });
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                repeats.met();
                return false;
            }
            throw e;
        }
        fresh.addAll(asked.keySet());
        return true;
    }

    private Instant remembered(Instant received) {
        return received.isBefore(notBefore) ? notBefore : received;
    }

    private void claimAsking(NavigableMap<UUID, Instant> asked) throws SQLException {
        take(asked, """
                insert into event_key (key, received_at)
                select key, at from unnest(?, ?, ?) as asked (key, received, at)
                on conflict do nothing returning key
                """);
        fresh.forEach(asked::remove);
        if (!asked.isEmpty()) {
            repeats.met();
            // Too old to be remembered, and not deleted yet.
            take(asked, """
                    update event_key set received_at = asked.at from unnest(?, ?, ?) as asked (key, received, at)
                    where event_key.key = asked.key and event_key.received_at < asked.received - interval '24 hours'
                    returning event_key.key
                    """);
        }
    }

    private void take(NavigableMap<UUID, Instant> asked, String sql) throws SQLException {
        var received = new ArrayList<OffsetDateTime>(asked.size());
        var at = new ArrayList<OffsetDateTime>(asked.size());
        asked.values().forEach(time -> {
            received.add(time.atOffset(ZoneOffset.UTC));
            at.add(remembered(time).atOffset(ZoneOffset.UTC));
        });
        try (var claim = connection.prepareStatement(sql)) {
            claim.setArray(1, connection.createArrayOf("uuid", asked.keySet().toArray()));
            claim.setArray(2, connection.createArrayOf("timestamptz", received.toArray()));
            claim.setArray(3, connection.createArrayOf("timestamptz", at.toArray()));
            try (var rows = claim.executeQuery()) {
                while (rows.next()) {
                    fresh.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    private void claimEach(NavigableMap<UUID, Instant> asked) throws SQLException {
        each(asked, "insert into event_key (received_at, key) values (?, ?) on conflict do nothing", false);
        fresh.forEach(asked::remove);
        if (!asked.isEmpty()) {
            // Too old to be remembered, and not deleted yet.
            each(asked, "update event_key set received_at = ? where key = ? and received_at < ?", true);
        }
    }

    private void each(NavigableMap<UUID, Instant> asked, String sql, boolean old) throws SQLException {
        var keys = List.copyOf(asked.keySet());
        try (PreparedStatement claim = connection.prepareStatement(sql)) {
            for (UUID key : keys) {
                var received = asked.getOrDefault(key, Instant.EPOCH);
                Binding.time(claim, 1, remembered(received));
                claim.setObject(2, key);
                if (old) {
                    Binding.time(claim, 3, received.minus(MEMORY));
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
