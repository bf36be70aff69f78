package dev.weir.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Erasing.Name;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Who is meant by a deletion, and what goes. */
@QuarkusTest
@TestProfile(Alone.class)
class UserDeletionTest extends Deletions {

    private static final String KEY = "wsk_right";

    /** A handle that is kept as it is, unless a policy says otherwise. */
    private static final String DEVICE = "feedfacefeedface";

    @Test
    void a_user_is_gone_from_all_environments_and_nobody_else_is() {
        var shop = tenant();
        var blog = tenant();
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        track(blog, otter, "Read");
        properties(shop, otter);
        properties(shop, heron);

        var job = delete(new Name(true, otter));

        assertThat(everything(shop)).noneMatch(row -> row.contains(otter));
        assertThat(everything(blog)).noneMatch(row -> row.contains(otter));
        assertThat(everything(shop)).anyMatch(row -> row.contains(heron));
        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.counts())
                .containsEntry("users", 1L)
                .containsEntry("events", 3L)
                .containsEntry("properties", 1L);
        assertThat(sql.number("select count(*) from erasure_target")).isZero();
        assertThat(shop.rows("select content from changelog where object_id = ?", job.id()))
                .hasSize(2)
                .noneMatch(row -> row.contains(otter));
    }

    @Test
    void an_identity_takes_its_devices_along_and_what_was_set_aside() {
        var shop = tenant();
        var device = device();
        browse(shop, Tenant.ORIGIN, device, identify(otter), click());
        browse(shop, "https://elsewhere.example", device, click());

        var job = delete(new Name(true, otter));

        assertThat(everything(shop)).isEmpty();
        assertThat(job.counts())
                .containsEntry("events", 2L)
                .containsEntry("quarantined", 1L)
                .containsEntry("links", 1L);
    }

    @Test
    void who_was_deleted_does_not_come_back_under_any_name() {
        var shop = tenant();
        var device = device();
        browse(shop, Tenant.ORIGIN, device, identify(otter));
        delete(new Name(true, otter));

        suppressed(track(shop, otter, "Bought"));
        suppressed(browse(shop, Tenant.ORIGIN, device, click()));
        suppressed(browse(shop, Tenant.ORIGIN, device(), identify(otter)));
        suppressed(properties(shop, otter));
        accepted(track(shop, heron, "Bought"));

        assertThat(everything(shop)).noneMatch(row -> row.contains(otter)).noneMatch(row -> row.contains(device));
        assertThat(shop.rows("select * from suppressed where environment = ?", key(shop)))
                .isNotEmpty()
                .noneMatch(row -> row.contains(otter) || row.contains(device));
        assertThat(shop.rows("""
                        select outcome, sum(n) from tally where environment = ? and reason = 'SUPPRESSED' group by outcome
                        """, key(shop))).containsExactly("dropped | 4");
    }

    @Test
    void a_device_that_others_share_is_deleted_and_may_send_again() {
        var shop = tenant();
        var shared = device();
        browse(shop, Tenant.ORIGIN, shared, identify(otter), click());
        browse(shop, Tenant.ORIGIN, shared, identify(heron), click());

        delete(new Name(true, otter));

        assertThat(shop.rows("select * from event where environment = ? and user_id = ?", key(shop), shared))
                .isEmpty();
        accepted(browse(shop, Tenant.ORIGIN, shared, click()));
        suppressed(browse(shop, Tenant.ORIGIN, device(), identify(otter)));
    }

    @Test
    void a_user_id_means_its_only_identity_as_well() {
        var shop = tenant();
        var first = device();
        var second = device();
        var shared = device();
        browse(shop, Tenant.ORIGIN, first, identify(otter));
        browse(shop, Tenant.ORIGIN, second, identify(otter), click());
        browse(shop, Tenant.ORIGIN, shared, identify(heron));
        browse(shop, Tenant.ORIGIN, shared, identify(heron + "-too"));

        delete(new Name(false, first));
        delete(new Name(false, shared));

        assertThat(everything(shop)).noneMatch(row -> row.contains(otter) || row.contains(shared));
        suppressed(track(shop, otter, "Bought"));
        accepted(track(shop, heron, "Bought"));
    }

    @Test
    void an_anonymous_id_is_found_as_it_is_kept() {
        var shop = tenant();
        browse(shop, Tenant.ORIGIN, "jane.doe@mail.example", click());
        assertThat(shop.rows("select user_id from event where environment = ?", key(shop)))
                .hasSize(1)
                .allMatch(row -> row.startsWith("h:"));

        delete(new Name(false, "jane.doe@mail.example"));

        assertThat(everything(shop)).isEmpty();
        suppressed(browse(shop, Tenant.ORIGIN, "jane.doe@mail.example", click()));
    }

    @Test
    void a_device_goes_also_where_a_later_policy_knows_it_by_another_handle() {
        var shop = tenant();
        browse(shop, Tenant.ORIGIN, DEVICE, identify(otter), click());
        namesAreSecret(shop);
        browse(shop, Tenant.ORIGIN, DEVICE, click());
        assertThat(handles(shop)).hasSize(2);

        delete(new Name(true, otter));

        assertThat(everything(shop)).isEmpty();
        suppressed(browse(shop, Tenant.ORIGIN, DEVICE, click()));
        publish(shop, PolicyDocument.balanced());
        suppressed(browse(shop, Tenant.ORIGIN, DEVICE, click()));
    }

    @Test
    void a_device_goes_also_where_it_was_another_handle_before_it_was_linked() {
        var shop = tenant();
        browse(shop, Tenant.ORIGIN, DEVICE, click());
        namesAreSecret(shop);
        browse(shop, Tenant.ORIGIN, DEVICE, identify(otter), click());
        assertThat(handles(shop)).hasSize(2);

        delete(new Name(true, otter));

        assertThat(everything(shop)).isEmpty();
        publish(shop, PolicyDocument.balanced());
        suppressed(browse(shop, Tenant.ORIGIN, DEVICE, click()));
    }

    /** Such rows are there since a Weir that hashed users as they were kept. */
    @Test
    void who_was_put_on_the_list_by_the_handle_as_it_was_kept_does_not_come_back() throws GeneralSecurityException {
        var shop = tenant();
        browse(shop, Tenant.ORIGIN, DEVICE, click());
        delete(new Name(false, DEVICE));
        var mac = Mac.getInstance("HmacSHA256");
        var secret = shop.rows("select hash_key from environment where key = ?", key(shop))
                .get(0);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var half = ByteBuffer.wrap(mac.doFinal(("suppressed\0user\0" + DEVICE).getBytes(StandardCharsets.UTF_8)));
        shop.change(
                "update suppressed set subject = ? where environment = ?",
                new UUID(half.getLong(), half.getLong()),
                key(shop));

        suppressed(browse(shop, Tenant.ORIGIN, DEVICE, click()));
    }

    /** A policy that takes the device's handle for something personal. */
    private static void namesAreSecret(Tenant tenant) {
        var rule = Map.<String, Object>of("pattern", "feedfacefeed", "label", "secret", "action", "mask");
        publish(tenant, Tenant.balancedWith(Map.of("text", List.of(rule))));
    }

    private static void publish(Tenant tenant, PolicyDocument policy) {
        tenant.publish(policy);
        Renewal.now();
    }

    private static List<String> handles(Tenant tenant) {
        return tenant.rows("select distinct user_id from event where environment = ?", key(tenant));
    }

    @Test
    void deleting_again_changes_nothing() {
        var shop = tenant();
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        delete(new Name(true, otter));
        var before = everything(shop);

        var again = delete(new Name(true, otter));

        assertThat(again.counts()).containsEntry("events", 0L).containsEntry("properties", 0L);
        assertThat(everything(shop)).isEqualTo(before);
    }

    @Test
    void many_events_are_looked_at_step_by_step() {
        var shop = tenant();
        track(shop, otter, "Bought");
        // As if others had sent in between: more numbers than one step looks at.
        shop.change(
                "update event_cursor set last_sequence = ? where environment = ?",
                2L * UserDeletion.EVENTS + 7,
                key(shop));
        track(shop, otter, "Bought");

        assertThat(delete(new Name(true, otter)).counts()).containsEntry("events", 2L);
        assertThat(everything(shop)).isEmpty();
    }

    @Test
    void a_device_that_a_server_with_a_key_named_goes_from_the_beginning_and_does_not_come_back() {
        var shop = tenant();
        shop.requireKey(CanonicalJson.sha256(KEY));
        var theirs = device();
        accepted(segment(shop, KEY, null, theirs));
        // As if others had sent in between: more numbers than one step looks at.
        shop.change(
                "update event_cursor set last_sequence = ? where environment = ?",
                2L * UserDeletion.EVENTS + 7,
                key(shop));
        accepted(segment(shop, KEY, otter, theirs));
        accepted(segment(shop, KEY, heron, device()));
        assertThat(sql.number("select count(*) from identity_link where environment = ?", key(shop)))
                .isZero();

        var count = admin().does(
                        () -> requests.ask(Set.of(new Name(true, otter)), WHY).orElseThrow());
        var job = released(count);
        JobsAtWork.all();

        assertThat(jobs.of(count.id()).orElseThrow().counts()).containsEntry("events", 2L);
        assertThat(jobs.of(job.id()).orElseThrow().counts()).containsEntry("events", 2L);
        assertThat(everything(shop)).hasSize(1).allMatch(row -> row.contains(heron));
        suppressed(segment(shop, KEY, null, theirs));
    }

    @Test
    void a_device_with_which_a_server_named_others_too_is_deleted_and_may_send_again() {
        var shop = tenant();
        shop.requireKey(CanonicalJson.sha256(KEY));
        var shared = device();
        accepted(segment(shop, KEY, heron, shared));
        accepted(segment(shop, KEY, otter, shared));
        accepted(segment(shop, KEY, heron, device()));

        delete(new Name(true, otter));

        assertThat(everything(shop)).hasSize(1).allMatch(row -> row.contains(heron) && !row.contains(shared));
        accepted(segment(shop, KEY, null, shared));
    }

    @Test
    void what_anybody_can_say_makes_no_device_somebody_elses() {
        var shop = tenant();
        var others = device();
        var linked = device();
        accepted(segment(shop, "", null, others));
        accepted(segment(shop, "", otter, others));
        browse(shop, Tenant.ORIGIN, linked, identify(heron), click());

        var job = delete(new Name(true, otter));

        assertThat(job.counts()).containsEntry("events", 1L);
        accepted(segment(shop, "", null, others));
        shop.requireKey(CanonicalJson.sha256(KEY));
        accepted(segment(shop, KEY, heron + "-too", linked));
        delete(new Name(true, heron + "-too"));
        accepted(browse(shop, Tenant.ORIGIN, linked, click()));
        assertThat(everything(shop)).anyMatch(row -> row.contains(linked) && row.contains(heron));
    }

    @Test
    void a_deletion_that_is_called_off_forgets_whom_it_was_about() {
        var job = ask(new Name(true, otter));

        assertThat(admin().does(() -> jobs.cancel(job.id()))).isEqualTo(Jobs.Cancelled.DONE);

        assertThat(sql.number("select count(*) from erasure_target where job = ?", job.id()))
                .isZero();
    }

    @Test
    void what_events_shared_is_swept_when_the_deletion_is_called_off_in_the_middle() {
        var shop = tenant();
        var job = ask(new Name(true, otter));
        sql.change("update job set counts = '{\"events\":1}' where id = ?", job.id());

        assertThat(admin().does(() -> jobs.cancel(job.id()))).isEqualTo(Jobs.Cancelled.DONE);

        assertThat(sql.number("select count(*) from job where kind = ? and environment = ?", Erasures.SWEEP, key(shop)))
                .isEqualTo(1);
    }

    @Test
    void a_sweep_that_failed_is_asked_for_again() {
        var shop = tenant();
        jobs.askOnce(Erasures.SWEEP, shop.environment());
        // As if it had been tried in vain so often.
        sql.change("update job set attempts = 10 where kind = ? and environment = ?", Erasures.SWEEP, key(shop));

        JobsAtWork.all();

        assertThat(shop.rows(
                        "select state from job where kind = ? and environment = ? order by state",
                        Erasures.SWEEP,
                        key(shop)))
                .containsExactly("done", "failed");
    }
}
