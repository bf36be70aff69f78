package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.store.Erasing.Name;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Devices that come along with somebody who was deleted before. */
@QuarkusTest
@TestProfile(Alone.class)
class LateDeletionTest extends Deletions {

    private static final String KEY = "wsk_right";

    @Inject
    LateDeletion late;

    @Test
    void a_user_who_a_server_with_a_key_says_was_deleted_before_goes_with_all_that_is_stored_of_it() {
        var shop = tenant();
        var late = device();
        browse(shop, Tenant.ORIGIN, late, click());
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        delete(new Name(true, otter));
        assertThat(everything(shop)).hasSize(2);

        suppressed(says(withKey(shop), late, otter));
        suppressed(browse(shop, Tenant.ORIGIN, late, click()));
        lateDevices();

        assertThat(everything(shop)).hasSize(1).allMatch(row -> row.contains(heron));
        assertThat(sql.number("select count(*) from late_device")).isZero();
        assertThat(sql.number("select count(*) from erasure_target")).isZero();
    }

    /** Whoever knows a name that was deleted, their own perhaps, and somebody else's handle. */
    @Test
    void nobody_has_a_device_deleted_or_shut_out_by_what_a_browser_says() {
        var shop = tenant();
        var foreign = device();
        browse(shop, Tenant.ORIGIN, foreign, click());
        track(shop, otter, "Bought");
        delete(new Name(true, otter));

        browse(shop, Tenant.ORIGIN, foreign, click(), identify(otter), click())
                .then()
                .body("dropped.SUPPRESSED", Matchers.is(3), "accepted", Matchers.is(0));
        browse(withKey(shop), Tenant.ORIGIN, foreign, identify(otter));
        lateDevices();

        assertThat(eventsOf(shop, foreign)).hasSize(1);
        accepted(browse(shop, Tenant.ORIGIN, foreign, click()));
    }

    @Test
    void nobody_has_a_user_deleted_by_what_a_server_says_without_a_key() {
        var shop = tenant();
        var foreign = device();
        browse(shop, Tenant.ORIGIN, foreign, click());
        track(shop, otter, "Bought");
        delete(new Name(true, otter));

        suppressed(says(shop, foreign, otter));
        lateDevices();

        assertThat(eventsOf(shop, foreign)).hasSize(1);
        accepted(browse(shop, Tenant.ORIGIN, foreign, click()));
    }

    @Test
    void what_is_linked_to_somebody_else_is_never_deleted_because_of_who_was_deleted_before() {
        var shop = tenant();
        var shared = device();
        browse(shop, Tenant.ORIGIN, shared, identify(heron), click());
        track(shop, otter, "Bought");
        delete(new Name(true, otter));

        suppressed(says(withKey(shop), shared, otter));
        lateDevices();

        assertThat(eventsOf(shop, shared)).hasSize(2);
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

    private static Tenant withKey(Tenant tenant) {
        tenant.requireKey(CanonicalJson.sha256(KEY));
        Renewal.now();
        return tenant;
    }

    /** A server says who its user is. */
    private static Response says(Tenant tenant, String user, String identity) {
        var answer = given().contentType("application/json")
                .header("Authorization", "Bearer " + KEY)
                .body("{\"app_id\":\"" + tenant.app() + "\",\"user_id\":\"" + user + "\",\"identity\":\"" + identity
                        + "\"}")
                .post("/api/v1/identify");
        answer.then().statusCode(200);
        return answer;
    }

    private static List<String> eventsOf(Tenant tenant, String device) {
        return tenant.rows("select * from event where environment = ? and user_id = ?", key(tenant), device);
    }

    private Job newestLate() {
        return admin().does(() -> jobs.ofKind(LateDeletion.KIND, 1)).get(0);
    }

    private void lateDevices() {
        late.look();
        JobsAtWork.all();
    }
}
