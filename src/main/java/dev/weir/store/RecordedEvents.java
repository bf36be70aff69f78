package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The events that were kept, of all types, for whoever tries something on them. As they are kept: after the policy of their time. */
@ApplicationScoped
public class RecordedEvents {

    private final DataSource database;

    RecordedEvents(DataSource database) {
        this.database = database;
    }

    /**
     * One of them.
     *
     * @param user the handle of whoever it is about
     */
    public record Recorded(
            long sequence, Event event, @Nullable String user) {}

    /**
     * Tells those before the one with this number, {@code most} at most, the newest first; a part of the transaction that is under way.
     *
     * @return how many there were
     */
    public int before(EnvironmentKey environment, long sequence, int most, Consumer<Recorded> each) {
        var sql = "select " + StoredRows.COLUMNS + ", e.user_id from (select * from event where environment = ?"
                + " and status = 'kept' and sequence < ? order by sequence desc limit ?) e " + StoredRows.JOINED
                + " order by e.sequence desc";
        return Reading.change(database, connection -> {
            try (var select = connection.prepareStatement(sql)) {
                select.setString(1, environment.value());
                select.setLong(2, sequence);
                select.setInt(3, most);
                select.setFetchSize(StoredRows.FETCH);
                var stored = new StoredRows();
                int told = 0;
                try (var rows = select.executeQuery()) {
                    for (; rows.next(); told++) {
                        var one = stored.stored(rows);
                        each.accept(new Recorded(one.sequence(), one.event(), rows.getString("user_id")));
                    }
                }
                return told;
            }
        });
    }

    /** How many there are, {@code most} at most. */
    public int count(EnvironmentKey environment, int most) {
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement("""
                    select count(*) from (select 1 from event where environment = ? and status = 'kept' limit ?) kept
                    """)) {
                select.setString(1, environment.value());
                select.setInt(2, most);
                try (var rows = select.executeQuery()) {
                    return rows.next() ? rows.getInt(1) : 0;
                }
            }
        });
    }

    /** One that is kept still. */
    public Optional<Event> find(EnvironmentKey environment, long sequence) {
        var sql = "select " + StoredRows.COLUMNS + " from event e " + StoredRows.JOINED
                + " where e.environment = ? and e.sequence = ? and e.status = 'kept'";
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement(sql)) {
                select.setString(1, environment.value());
                select.setLong(2, sequence);
                try (var rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new StoredRows().stored(rows).event())
                            : Optional.<Event>empty();
                }
            }
        });
    }
}
