package dev.weir.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Brings what was carried into the database, once: how far a partition has been loaded moves in the transaction of its entries, and
 * only from where the caller believes it to be. Nothing is ever logged of what is written.
 */
@ApplicationScoped
public class Loads {

    /** Of a partition from which nothing was loaded yet. */
    public static final long NEVER = -1;

    private static final Logger LOG = Logger.getLogger(Loads.class);

    private final DataSource database;
    private final EventStore store;
    private final Clock clock;

    Loads(DataSource database, EventStore store, Clock clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A stretch of one partition.
     *
     * @param from where the caller believes that loading is to go on, or {@link #NEVER}
     * @param next where it is to go on after this
     */
    public record Stretch(int partition, long from, long next) {}

    /** Where loading is to go on, by partition; those of which nothing was loaded are not in it. */
    public Map<Integer, Long> positions(String topic) {
        return Reading.of(database, connection -> {
            var positions = new HashMap<Integer, Long>();
            try (var select =
                    connection.prepareStatement("select part, next_offset from stream_position where topic = ?")) {
                select.setString(1, topic);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        positions.put(rows.getInt(1), rows.getLong(2));
                    }
                }
            }
            return positions;
        });
    }

    /** All of it or nothing. */
    public Loaded load(String topic, List<Stretch> stretches, List<Carried> carried) {
        var batches = Carried.together(carried);
        var now = clock.instant();
        try {
            // What has waited in the topic for days may have its retry waiting behind it: keys are remembered from now
            // on.
            var committed = Writing.commit(
                    store.means(), now, batches, now, connection -> advance(connection, topic, stretches));
            return new Loaded.Committed(committed.stream()
                    .flatMap(one -> one.dispositions().stream())
                    .toList());
        } catch (OvertakenException e) {
            return new Loaded.Overtaken();
        } catch (SQLException e) {
            LOG.errorf("%d entries of a topic were not loaded: SQL state %s", carried.size(), e.getSQLState());
            return EventStore.aboutTheData(e) ? new Loaded.Refused() : new Loaded.Unavailable();
        } catch (RuntimeException e) {
            LOG.errorf(
                    "%d entries of a topic were not loaded: %s",
                    carried.size(), e.getClass().getName());
            // Nothing says that it is about the data: whoever passed it over might pass over everything.
            return new Loaded.Unavailable();
        }
    }

    /** In the order of partitions, and before anything else is locked: two loaders never wait for each other. */
    private static void advance(Connection connection, String topic, List<Stretch> stretches) throws SQLException {
        var ordered = stretches.stream().sorted(Comparator.comparing(Stretch::partition));
        for (Stretch stretch : (Iterable<Stretch>) ordered::iterator) {
            if (position(connection, topic, stretch) != stretch.from) {
                throw new OvertakenException();
            }
            try (var update = connection.prepareStatement(
                    "update stream_position set next_offset = ? where topic = ? and part = ?")) {
                update.setLong(1, stretch.next);
                update.setString(2, topic);
                update.setInt(3, stretch.partition);
                update.executeUpdate();
            }
        }
    }

    /** Holds the row until the commit. */
    private static long position(Connection connection, String topic, Stretch stretch) throws SQLException {
        if (stretch.from == NEVER) {
            try (var insert = connection.prepareStatement(
                    "insert into stream_position (topic, part, next_offset) values (?, ?, ?) on conflict do nothing")) {
                insert.setString(1, topic);
                insert.setInt(2, stretch.partition);
                insert.setLong(3, NEVER);
                insert.executeUpdate();
            }
        }
        try (var select = connection.prepareStatement(
                "select next_offset from stream_position where topic = ? and part = ? for update")) {
            select.setString(1, topic);
            select.setInt(2, stretch.partition);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : NEVER;
            }
        }
    }

    /** Never leaves this class. */
    private static final class OvertakenException extends RuntimeException {
        OvertakenException() {
            super("another loader was here");
        }
    }
}
