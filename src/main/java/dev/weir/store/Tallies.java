package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** How many events came in, by hour, and what became of them and why. Numbers only. */
@ApplicationScoped
public class Tallies {

    /** Events that were accepted after something in them was redacted; they are among the accepted ones. */
    public static final String REDACTED = "redacted";

    /** Events in which a reason was found, whatever became of them; one event may be counted for several reasons. */
    public static final String FOUND = "found";

    /** Events whose sender enforced another revision of the policy; they are among the others. */
    public static final String STALE = "stale";

    /** Events that a collector captured and could not keep until they were sent; they never came, so they are among no others. */
    public static final String LOST = "lost";

    /** The one reason of {@link #LOST}. */
    public static final String COLLECTOR_LOST = "COLLECTOR_LOST";

    private final DataSource database;

    Tallies(DataSource database) {
        this.database = database;
    }

    /**
     * One count.
     *
     * @param hour when it begins
     * @param outcome label of an {@link Outcome} (these add up to what was received), or {@link #REDACTED}, {@link #FOUND},
     *     {@link #STALE}, {@link #LOST}
     * @param reason empty where there is none
     */
    public record Tally(Instant hour, String outcome, String reason, long count) {}

    /** Everything counted in the hours from {@code since} on, oldest first. */
    public List<Tally> since(EnvironmentKey environment, Instant since) {
        return Reading.of(database, connection -> {
            var tallies = new ArrayList<Tally>();
            try (var select = connection.prepareStatement("""
                    select slot, outcome, reason, n from tally
                    where environment = ? and slot >= ? order by slot, outcome, reason
                    """)) {
                select.setString(1, environment.value());
                Binding.time(select, 2, since);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        tallies.add(tally(rows));
                    }
                }
            }
            return tallies;
        });
    }

    private static Tally tally(ResultSet rows) throws SQLException {
        return new Tally(Reading.time(rows, 1), rows.getString(2), rows.getString(3), rows.getLong(4));
    }
}
