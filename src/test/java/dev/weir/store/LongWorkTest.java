package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What goes over many rows takes as long as it takes: whoever brings events does not wait for it. */
@QuarkusTest
class LongWorkTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final long PATIENCE_SECONDS = 30;

    @Inject
    DataSource database;

    @Inject
    EventStore store;

    private final Tenant tenant = Tenant.development();

    @Test
    void who_looks_for_what_is_left_over_holds_up_no_writer_and_takes_nothing_that_is_needed_again() throws Exception {
        append(NOW, "/needed-again");
        append(NOW, "/gone");
        tenant.change("delete from event where environment = ?", key());
        var pausing = new Pausing(database, "select distinct location from event");

        var clearing = Acting.alongside(() -> new Leftovers(pausing.source()).clear(tenant.environment()));
        pausing.reached();
        append(NOW, "/needed-again");
        pausing.goOn();

        assertThat(clearing.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(tenant.rows("select content from location where environment = ?", key()))
                .containsExactly("https://shop.example/needed-again");
    }

    @Test
    void who_deletes_what_is_too_old_holds_up_no_writer() throws Exception {
        append(NOW.minus(Duration.ofDays(400)), "/old");
        var day = tenant.rows("select stored_on from event where environment = ?", key());
        var place = new Deleting.Place(key(), LocalDate.parse(day.get(0)));
        var pausing = new Pausing(database, "select environment, sequence from event");

        var deleting = Acting.alongside(() -> Deleting.KEPT.delete(pausing.source(), place, NOW, 1000));
        pausing.reached();
        append(NOW, "/new");
        pausing.goOn();

        assertThat(deleting.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(tenant.bodies()).hasSize(1).allMatch(body -> body.contains("/new"));
    }

    /** Returns when it is on disk. */
    private void append(Instant at, String path) throws Exception {
        var event = new Event(
                EventType.PAGEVIEW,
                null,
                null,
                null,
                Hierarchy.NONE,
                Map.of(),
                null,
                new Page("https://shop.example" + path, null, null),
                Session.NONE);
        var arrival =
                new Entry.Arrival(null, event, Entry.Who.NOBODY, at, null, false, List.of(), Entry.Meaning.NOTHING);
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        var batch = new Batch(new AppId(tenant.app()), revision, Door.COLLECT, at, false, 10, 0, List.of(arrival));

        var answer = store.append(batch).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(answer).isInstanceOf(Appended.Committed.class);
    }

    private String key() {
        return tenant.environment().value();
    }
}
