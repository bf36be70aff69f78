package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static dev.weir.ingest.Sender.request;
import static dev.weir.ingest.Sender.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A table that is gone stands for a database that can't be used: the road to it is the same. */
@QuarkusTest
class StorageAwayTest {

    private static final String EVENT = "\"event\":\"x\",\"identity\":\"a\",\"idempotency_key\":\"once\"";

    @Test
    void nothing_is_kept_while_storage_is_away_and_a_retry_is_stored_once() {
        var tenant = Tenant.production();
        Renewal.now();
        long keys = tenant.number("select count(*) from event_key");

        tenant.change("alter table tally rename to tally_away");
        var away = track(tenant, EVENT);
        var awayForBrowsers =
                Sender.collect(tenant, Tenant.ORIGIN, Sender.batch("{\"id\":\"e1\",\"at\":1,\"type\":\"pageview\"}"));
        tenant.change("alter table tally_away rename to tally");

        away.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[1-9][0-9]*"));
        awayForBrowsers.then().statusCode(503).header("Retry-After", matchesPattern("[1-9][0-9]*"));
        assertThat(tenant.stored()).isEmpty();
        assertThat(tenant.number("select count(*) from event_key")).isEqualTo(keys);
        assertThat(counts(track(tenant, EVENT), 1)).containsEntry("accepted", 1);
        assertThat(counts(track(tenant, EVENT), 1)).containsEntry("duplicate", 1);
        assertThat(tenant.bodies()).hasSize(1);
    }

    @Test
    void the_last_policies_stay_in_force_while_they_cannot_be_read() {
        var tenant = Tenant.production();
        Renewal.now();

        tenant.change("alter table governing_epoch rename to governing_epoch_away");
        Renewal.now();
        var script = request().get("/js/heap-" + tenant.app() + ".js");
        var event = track(tenant, EVENT);
        tenant.change("alter table governing_epoch_away rename to governing_epoch");

        script.then().statusCode(200);
        assertThat(counts(event, 1)).containsEntry("accepted", 1);
    }
}
