package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.AppId;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Erasing.Name;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Tenant;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(UserDeletionTest.Alone.class)
class UserDeletionTest {

    /** A deletion goes through all environments: in a database of its own it does not see those of all other tests. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("weir.database.url", "jdbc:h2:mem:user-deletion");
        }
    }

    private static final String WHY = "They asked to be forgotten";

    /** A handle that is kept as it is, unless a policy says otherwise. */
    private static final String DEVICE = "feedfacefeedface";

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    Erasures erasures;

    @Inject
    Requests requests;

    @Inject
    Jobs jobs;

    @Inject
    LateDeletion late;

    @Inject
    Sql sql;

    /** Somebody whom no other test knows. */
    private final String otter = "otter-" + NAMES.incrementAndGet();

    private final String heron = "heron-" + NAMES.incrementAndGet();

    @AfterEach
    void no_job_is_left() {
        JobsAtWork.all();
    }

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

    private void lateDevices() {
        late.look();
        JobsAtWork.all();
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
    void an_architect_asks_and_an_admin_releases_and_nobody_asks_for_more_than_so_many() {
        var shop = tenant();
        track(shop, otter, "Bought");
        var architect = Acting.as("erasure-architect", Role.ARCHITECT, sql);
        var developer = Acting.as("erasure-developer", Role.DEVELOPER, sql);
        var many = IntStream.rangeClosed(0, Requests.MOST)
                .mapToObj(i -> new Name(true, otter + i))
                .collect(Collectors.toSet());
        var one = Set.of(new Name(true, otter));

        assertThatThrownBy(() -> developer.does(() -> requests.ask(one, WHY))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin().does(() -> requests.ask(many, WHY)))
                .isInstanceOf(IllegalArgumentException.class);
        var count = architect.does(() -> requests.ask(one, WHY).orElseThrow());
        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
        JobsAtWork.all();
        assertThatThrownBy(() -> architect.does(() -> requests.release(count.id())))
                .isInstanceOf(ForbiddenException.class);

        assertThat(everything(shop)).anyMatch(row -> row.contains(otter));
        assertThat(jobs.of(count.id()).orElseThrow().counts())
                .containsEntry("users", 1L)
                .containsEntry("events", 1L);
        assertThat(sql.number("select count(*) from suppressed where environment = ?", key(shop)))
                .isZero();
        released(count);
        JobsAtWork.all();
        assertThat(everything(shop)).noneMatch(row -> row.contains(otter));
        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
    }

    @Test
    void what_deletes_more_than_the_limit_is_released_by_an_admin_who_did_not_ask() {
        var other = Acting.as("erasure-other", Role.ADMIN, sql);
        var count = admin().does(
                        () -> requests.ask(Set.of(new Name(true, otter)), WHY).orElseThrow());
        JobsAtWork.all();
        sql.change("update job set counts = '{\"events\":600,\"quarantined\":401}' where id = ?", count.id());

        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        assertThat(other.does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.DONE);
    }

    @Test
    void what_is_declined_called_off_or_waits_too_long_is_forgotten() {
        var architect = Acting.as("erasure-architect", Role.ARCHITECT, sql);
        var name = Set.of(new Name(true, otter));
        var declined = admin().does(() -> requests.ask(name, WHY).orElseThrow());
        var off = architect.does(() -> requests.ask(name, WHY).orElseThrow());
        architect.does(() -> jobs.cancel(off.id()));
        JobsAtWork.all();
        assertThat(architect.does(() -> requests.decline(declined.id()))).isEqualTo(Requests.Why.NOT_YOURS);
        assertThat(admin().does(() -> requests.decline(declined.id()))).isEqualTo(Requests.Why.DONE);
        var own = architect.does(() -> requests.ask(name, WHY).orElseThrow());
        JobsAtWork.all();
        assertThat(architect.does(() -> requests.decline(own.id()))).isEqualTo(Requests.Why.DONE);
        assertThat(sql.number("select count(*) from erasure_target")).isZero();

        var clock = HeldClock.atThisMoment();
        var waits = admin().does(() -> requests.ask(name, WHY).orElseThrow());
        JobsAtWork.all();
        clock.pass(Duration.ofDays(13));
        requests.forget();
        assertThat(sql.number("select count(*) from erasure_target where job = ?", waits.id()))
                .isEqualTo(1);
        clock.pass(Duration.ofDays(2));
        requests.forget();
        assertThat(sql.number("select count(*) from erasure_target")).isZero();
        assertThat(admin().does(() -> requests.release(waits.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
    }

    @Test
    void a_program_with_a_key_deletes_and_asks_how_far_it_is() {
        var shop = tenant();
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        var token = token(shop, secret(shop));

        var asked = request(token, "{\"users\":[{\"identity\":\"" + otter + "\"},{\"user_id\":4711}]}");
        asked.then().statusCode(200);
        String id = asked.jsonPath().getString("deletion_request_id");
        status(token, id).then().statusCode(200).body("status", Matchers.is("pending"));
        JobsAtWork.all();

        status(token, id)
                .then()
                .body("status", Matchers.is("complete"), "users", Matchers.is(2), "events", Matchers.is(1));
        assertThat(everything(shop)).noneMatch(row -> row.contains(otter)).anyMatch(row -> row.contains(heron));
        var other = tenant();
        status(token(other, secret(other)), id).then().statusCode(404);
    }

    @Test
    void without_a_good_key_or_token_nothing_is_done() {
        var shop = tenant();
        var key = secret(shop);

        basic(shop.app(), "wdk_wrong").then().statusCode(401);
        basic("0000000001", key).then().statusCode(401);
        basic("not-an-app", key).then().statusCode(401);
        given().post("/api/public/v0/auth_token").then().statusCode(401);
        var token = token(shop, key);
        var longer = token.replaceFirst("\\.\\d+\\.", ".9999999999999.");
        for (var bad : List.of("", "wat_", "wat_1.2.3", token + "x", longer)) {
            request(bad, "{\"users\":[{\"identity\":\"x\"}]}").then().statusCode(401);
        }
        secret(shop);
        request(token, "{\"users\":[{\"identity\":\"x\"}]}").then().statusCode(401);
    }

    @Test
    void a_token_is_good_for_five_minutes() {
        var shop = tenant();
        var secret = secret(shop);
        var clock = HeldClock.atThisMoment();
        var token = token(shop, secret);

        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        status(token, "nothing-here").then().statusCode(404);
        clock.pass(Duration.ofSeconds(1));

        status(token, "nothing-here").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"users\":{}}",
                "{\"users\":[]}",
                "{\"users\":[{}]}",
                "{\"users\":[{\"identity\":\"\"}]}",
                "{\"users\":[{\"identity\":\"a\",\"user_id\":\"1\"}]}",
                "{\"users\":[{\"identity\":{\"a\":1}}]}",
                "{\"users\":[{\"identity\":\"a\"},{\"email\":\"canary@mail.example\"}]}"
            })
    void what_is_not_of_the_documented_form_deletes_nobody_and_is_not_quoted(String body) {
        var shop = tenant();
        var token = token(shop, secret(shop));
        long before = sql.number("select count(*) from job");

        request(token, body).then().statusCode(400).body(Matchers.not(Matchers.containsString("canary")));

        assertThat(sql.number("select count(*) from job")).isEqualTo(before);
    }

    @Test
    void one_request_names_so_many_users_and_no_more() {
        var shop = tenant();
        var token = token(shop, secret(shop));
        var more = IntStream.rangeClosed(0, Erasures.MOST)
                .mapToObj(i -> "{\"user_id\":" + i + "}")
                .collect(Collectors.joining(","));

        request(token, "{\"users\":[" + more + "]}").then().statusCode(400);
    }

    private static void suppressed(Response answer) {
        answer.then().body("dropped.SUPPRESSED", Matchers.is(1), "accepted", Matchers.is(0));
    }

    private static void accepted(Response answer) {
        answer.then().body("accepted", Matchers.is(1));
    }

    private Job delete(Name name) {
        var job = ask(name);
        JobsAtWork.all();
        return jobs.of(job.id()).orElseThrow();
    }

    private Job ask(Name name) {
        return released(admin().does(() -> requests.ask(Set.of(name), WHY).orElseThrow()));
    }

    /** Counted, and released by the same person: it is not much. The deletion has not begun. */
    private Job released(Job count) {
        JobsAtWork.all();
        var released = admin().does(() -> requests.release(count.id()));
        assertThat(released.why()).isEqualTo(Requests.Why.DONE);
        return released.job().orElseThrow();
    }

    private Acting admin() {
        return Acting.as("erasure-admin", Role.ADMIN, sql);
    }

    private String secret(Tenant tenant) {
        return admin().does(() -> erasures.makeKey(new AppId(tenant.app())).orElseThrow());
    }

    private static String token(Tenant tenant, String key) {
        var answer = basic(tenant.app(), key);
        answer.then().statusCode(200);
        return answer.jsonPath().getString("access_token");
    }

    private static Response basic(String app, String key) {
        var pair = Base64.getEncoder().encodeToString((app + ":" + key).getBytes(StandardCharsets.UTF_8));
        return given().header("Authorization", "Basic " + pair).post("/api/public/v0/auth_token");
    }

    private static Response request(String token, String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post("/api/public/v0/user_deletion");
    }

    private static Response status(String token, String id) {
        return given().header("Authorization", "Bearer " + token).get("/api/public/v0/deletion_status/" + id);
    }

    private static Tenant tenant() {
        var tenant = Tenant.of("production", PolicyDocument.balanced(), Tenant.ORIGIN);
        Renewal.now();
        return tenant;
    }

    private static String key(Tenant tenant) {
        return tenant.environment().value();
    }

    /** An anonymous id as the collector makes them. */
    private static String device() {
        return String.valueOf(5_000_000_000_000_000L + NAMES.incrementAndGet());
    }

    /** But counts, which know nobody. */
    private static List<String> everything(Tenant tenant) {
        return Stream.of("event", "identity_link", "subject_property")
                .flatMap(
                        table -> tenant.rows("select * from " + table + " where environment = ?", key(tenant)).stream())
                .toList();
    }

    private static Response track(Tenant tenant, String identity, String event) {
        return post("/api/track", tenant, "\"event\":\"" + event + "\",\"identity\":\"" + identity + "\"");
    }

    private static Response properties(Tenant tenant, String identity) {
        return post(
                "/api/add_user_properties",
                tenant,
                "\"identity\":\"" + identity + "\",\"properties\":{\"plan\":\"gold\"}");
    }

    private static Response post(String path, Tenant tenant, String rest) {
        var answer = given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\"," + rest + "}")
                .post(path);
        answer.then().statusCode(200);
        return answer;
    }

    private static String identify(String identity) {
        return event("identify", "\"identity\":\"" + identity + "\"");
    }

    private static String click() {
        return event("click", "\"text\":\"Buy\",\"path\":[{\"t\":\"button\",\"n\":1,\"k\":1}]");
    }

    private static String event(String type, String rest) {
        return "{\"id\":\"d" + NAMES.incrementAndGet() + "\",\"at\":1764000000000,\"type\":\"" + type + "\"," + rest
                + "}";
    }

    private static Response browse(Tenant tenant, String origin, String device, String... events) {
        var answer = given().contentType("text/plain")
                .header("Origin", origin)
                .body("{\"v\":1,\"user\":\"" + device + "\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":"
                        + "\"https://shop.example/cart\"},\"events\":[" + String.join(",", events) + "]}")
                .post("/api/collect/" + tenant.app());
        answer.then().statusCode(200);
        return answer;
    }
}
