package dev.weir.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.store.Erasing.Name;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Devices that come along with somebody who was deleted before. */
@QuarkusTest
@TestProfile(Alone.class)
class LateDeletionTest extends Deletions {

    @Inject
    LateDeletion late;

    @Test
    void a_device_that_comes_with_who_was_deleted_before_goes_with_all_that_is_stored_of_it() {
        var shop = tenant();
        var late = device();
        browse(shop, Tenant.ORIGIN, late, click());
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        delete(new Name(true, otter));
        assertThat(everything(shop)).hasSize(2);

        browse(shop, Tenant.ORIGIN, late, identify(otter), click())
                .then()
                .body("dropped.SUPPRESSED", Matchers.is(2), "accepted", Matchers.is(0));
        suppressed(browse(shop, Tenant.ORIGIN, late, click()));
        lateDevices();

        assertThat(everything(shop)).hasSize(1).allMatch(row -> row.contains(heron));
        assertThat(sql.number("select count(*) from late_device")).isZero();
        assertThat(sql.number("select count(*) from erasure_target")).isZero();
    }

    @Test
    void a_device_that_others_share_comes_with_who_was_deleted_before_and_may_send_again() {
        var shop = tenant();
        var shared = device();
        browse(shop, Tenant.ORIGIN, shared, identify(heron), click());
        track(shop, otter, "Bought");
        delete(new Name(true, otter));

        suppressed(browse(shop, Tenant.ORIGIN, shared, identify(otter)));
        lateDevices();

        assertThat(shop.rows("select * from event where environment = ? and user_id = ?", key(shop), shared))
                .isEmpty();
        accepted(browse(shop, Tenant.ORIGIN, shared, click()));
    }

    @Test
    void a_late_deletion_that_was_cancelled_or_failed_is_taken_up_again() {
        var shop = tenant();
        track(shop, otter, "Bought");
        delete(new Name(true, otter));
        for (var end : List.of(Job.State.CANCELLED, Job.State.FAILED)) {
            var device = device();
            sql.change("insert into late_device (environment, user_id) values (?, ?)", key(shop), device);
            late.look();
            JobsAtWork.step();
            var job = newestLate();
            assertThat(sql.number("select count(*) from late_device")).isZero();

            if (end == Job.State.CANCELLED) {
                assertThat(admin().does(() -> jobs.cancel(job.id()))).isEqualTo(Jobs.Cancelled.DONE);
            } else {
                sql.change("update job set attempts = 10 where id = ?", job.id());
                JobsAtWork.all();
            }

            assertThat(jobs.of(job.id()).orElseThrow().state()).isEqualTo(end);
            assertThat(sql.number("select count(*) from late_device")).isPositive();
            assertThat(sql.number("select count(*) from erasure_target")).isZero();
            lateDevices();
            assertThat(newestLate().counts()).containsKey("names");
            assertThat(sql.number("select count(*) from late_device")).isZero();
        }
    }

    private Job newestLate() {
        return admin().does(() -> jobs.ofKind(LateDeletion.KIND, 1)).get(0);
    }

    private void lateDevices() {
        late.look();
        JobsAtWork.all();
    }
}
