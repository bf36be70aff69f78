package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.identity.LinkCuts;
import dev.weir.identity.LinkCuts.Why;
import dev.weir.jobs.Job;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Erasing.Name;
import dev.weir.store.IdentityLinks.Link;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cut link means for whoever reads links: deletions, limits, what comes in afterwards. On both databases. */
@QuarkusTest
@TestProfile(Alone.class)
class CutLinksTest {

    private static final String WHY = "It was the browser of the reading room";

    private static final String KEY = "wsk_right";

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    LinkCuts cuts;

    @Inject
    Requests requests;

    @Inject
    LateDeletion late;

    @Inject
    Sql sql;

    private final String otter = "cut-otter-" + NAMES.incrementAndGet();
    private final String heron = "cut-heron-" + NAMES.incrementAndGet();

    private final String device = Deletions.device();

    private HeldClock clock;
    private Tenant shop;

    @BeforeEach
    void a_shop() {
        clock = HeldClock.atThisMoment();
        shop = tenant(PolicyDocument.balanced());
    }

    /** None that is dated in the days to which a test has put the clock. */
    @AfterEach
    void no_job_is_left() {
        JobsAtWork.all();
        sql.change("delete from job");
        sql.change("delete from cut_target");
    }

    @Test
    void who_is_asked_for_by_name_is_shown_with_when_and_how_and_others_by_a_hash() {
        browse(shop, identify(otter));
        given().contentType("application/json")
                .body(Map.of("app_id", shop.app(), "user_id", "4711", "identity", otter))
                .post("/api/v1/identify")
                .then()
                .statusCode(200);

        var found = links(new Name(true, otter));
        var ofDevice = links(new Name(false, device));

        assertThat(found).extracting(Link::user).containsExactlyInAnyOrder(device, "4711");
        assertThat(found).allSatisfy(link -> {
            assertThat(link.linked()).isTrue();
            assertThat(link.cut()).isEmpty();
            assertThat(link.app()).contains(shop.app());
            assertThat(link.since()).isCloseTo(clock.instant(), within(1, ChronoUnit.MILLIS));
            assertThat(link.alias()).startsWith("h:").doesNotContain(otter);
        });
        assertThat(found)
                .extracting(link -> link.door().orElseThrow())
                .containsExactlyInAnyOrder("collect", "identify");
        assertThat(ofDevice)
                .extracting(Link::id)
                .containsExactly(of(found, device).id());
        assertThat(links(new Name(true, heron))).isEmpty();
    }

    @Test
    void the_count_is_of_events_that_do_not_name_the_identity_themselves() {
        browse(shop, click(), click());
        browse(shop, identify(otter), click());
        browse(shop, Deletions.device(), List.of(click()));

        var count = counted(ask("cut-ada", new Name(true, otter)));

        assertThat(count.counts()).containsEntry("events", 3L);
    }

    @Test
    void a_device_whose_link_was_cut_is_not_deleted_with_who_was_linked_to_it() {
        browse(shop, click());
        browse(shop, identify(otter), click());

        cut(new Name(true, otter));
        delete(new Name(true, otter));

        assertThat(events()).hasSize(2).allMatch(row -> row.startsWith("click"));
        accepted(browse(shop, click()));
    }

    @Test
    void a_link_that_was_restored_takes_its_device_along_as_if_it_had_never_been_cut() {
        browse(shop, click());
        browse(shop, identify(otter));
        var before = links(new Name(true, otter));
        cut(new Name(true, otter));
        clock.pass(Duration.ofHours(1));

        var became = admin("cut-ada")
                .does(() -> cuts.restore(
                        place(), new Name(true, otter), before.get(0).id(), WHY));

        assertThat(became).isEqualTo(Why.DONE);
        assertThat(links(new Name(true, otter))).isEqualTo(before);
        delete(new Name(true, otter));
        assertThat(events()).isEmpty();
    }

    @Test
    void limits_count_anew() {
        shop = tenant(Tenant.balancedWith(Map.of("identity", Map.of("perDevice", 1L))));
        browse(shop, identify(otter));
        browse(shop, identify(heron)).then().body("dropped.IDENTITY_LIMIT", Matchers.is(1));

        cut(new Name(true, otter));

        accepted(browse(shop, identify(heron)));
        assertThat(links(new Name(false, device)).stream().filter(Link::linked)).hasSize(1);
    }

    @Test
    void what_was_said_before_the_cut_makes_no_link_whenever_it_comes_and_what_is_said_after_it_does() {
        browse(shop, identify(otter));
        cut(new Name(true, otter));
        clock.pass(Duration.ofDays(2));

        accepted(browse(shop, identify(otter)));
        assertThat(links(new Name(true, otter))).singleElement().satisfies(link -> {
            assertThat(link.linked()).isFalse();
            assertThat(link.cut()).isPresent();
        });

        accepted(browse(shop, identify(otter, clock.instant())));
        assertThat(links(new Name(true, otter))).singleElement().satisfies(link -> {
            assertThat(link.linked()).isTrue();
            assertThat(link.cut()).isPresent();
            assertThat(link.since()).isAfter(link.cut().orElseThrow().at());
        });
    }

    @Test
    void an_old_retry_takes_no_device_along_though_who_it_names_was_deleted_since() {
        browse(shop, click());
        browse(shop, identify(otter));
        cut(new Name(true, otter));
        delete(new Name(true, otter));
        assertThat(events()).hasSize(1);
        clock.pass(Duration.ofDays(2));

        shop.requireKey(CanonicalJson.sha256(KEY));
        Renewal.now();
        serverSays("2025-11-24T16:00:00Z");

        assertThat(events()).hasSize(1);
        accepted(browse(shop, click()));
        assertThat(shop.rows("select user_id, identity from identity_cut where environment = ?", key()))
                .containsExactly("null | null");
        // What it says of today is another matter.
        serverSays(clock.instant().toString());
        assertThat(events()).isEmpty();
    }

    /** Whose device this is, when that was so: of somebody who was deleted. */
    private void serverSays(String timestamp) {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + KEY)
                .body(Map.of("app_id", shop.app(), "user_id", device, "identity", otter, "timestamp", timestamp))
                .post("/api/v1/identify")
                .then()
                .body("dropped.SUPPRESSED", Matchers.is(1));
        late.look();
        JobsAtWork.all();
    }

    @Test
    void a_cut_holds_in_whichever_form_a_policy_keeps_the_handle() {
        var rule = Map.<String, Object>of("pattern", device, "label", "secret", "action", "mask");
        browse(shop, identify(otter));
        shop.publish(Tenant.balancedWith(Map.of("text", List.of(rule))));
        Renewal.now();
        browse(shop, identify(otter));
        assertThat(shop.rows("select user_id from identity_link where environment = ?", key()))
                .hasSize(2);
        assertThat(links(new Name(true, otter))).hasSize(1);

        cut(new Name(true, otter));
        clock.pass(Duration.ofDays(2));
        accepted(browse(shop, identify(otter)));

        assertThat(shop.rows("select user_id from identity_link where environment = ?", key()))
                .isEmpty();
    }

    @Test
    void above_the_limit_another_admin_cuts_it_and_another_one_restores_it() {
        browse(shop, identify(otter));
        var count = counted(ask("cut-ada", new Name(true, otter)));
        sql.change("update job set counts = '{\"events\":1001}' where id = ?", count.id());

        assertThat(release("cut-ada", count)).isEqualTo(Why.NEEDS_ANOTHER);
        assertThat(links(new Name(true, otter))).allMatch(Link::linked);
        admin("cut-ada").letsIn(admin("cut-carol"), clock.instant().minus(Duration.ofHours(1)), sql);
        assertThat(release("cut-carol", count)).isEqualTo(Why.NEEDS_ANOTHER);
        assertThat(release("cut-bob", count)).isEqualTo(Why.DONE);
        assertThat(release("cut-bob", count)).isEqualTo(Why.NOT_WAITING);

        var link = links(new Name(true, otter)).get(0);
        assertThat(restore("cut-bob", link)).isEqualTo(Why.NEEDS_ANOTHER);
        assertThat(restore("cut-ada", link)).isEqualTo(Why.DONE);
        assertThat(restore("cut-ada", link)).isEqualTo(Why.NOT_CUT);
    }

    @Test
    void the_change_log_tells_of_both_and_names_nobody() {
        browse(shop, identify(otter));
        var link = links(new Name(true, otter)).get(0);
        cut(new Name(true, otter));
        restore("cut-ada", link);

        var told = shop.rows(
                "select action, content from changelog where object_kind = 'identity-link' and object_id = ? order by sequence",
                link.id().toString());

        assertThat(told).hasSize(2).noneMatch(row -> row.contains(otter) || row.contains(device));
        assertThat(told.get(0)).startsWith("cut | ").contains("\"events\":0");
        assertThat(told.get(1)).startsWith("restored | ");
        assertThat(sql.number("select count(*) from cut_target where environment = ?", key()))
                .isZero();
    }

    @Test
    void what_waits_is_forgotten_with_who_is_deleted_meanwhile() {
        browse(shop, identify(otter));
        var count = counted(ask("cut-ada", new Name(true, otter)));

        delete(new Name(true, otter));

        assertThat(release("cut-bob", count)).isEqualTo(Why.NOT_WAITING);
        assertThat(sql.number("select count(*) from cut_target where environment = ?", key()))
                .isZero();
    }

    private static Link of(List<Link> links, String user) {
        return links.stream()
                .filter(link -> link.user().equals(user))
                .findFirst()
                .orElseThrow();
    }

    private List<Link> links(Name name) {
        return admin("cut-ada").does(() -> cuts.links(place(), name));
    }

    private Job ask(String login, Name name) {
        var link = links(name).get(0);
        return admin(login)
                .does(() -> cuts.ask(place(), name, link.id(), WHY))
                .job()
                .orElseThrow();
    }

    private Job counted(Job count) {
        JobsAtWork.all();
        return cuts(count);
    }

    private Job cuts(Job count) {
        return admin("cut-ada").does(() -> cuts.waiting(place())).stream()
                .filter(job -> job.id().equals(count.id()))
                .findFirst()
                .orElseThrow();
    }

    private Why release(String login, Job count) {
        return admin(login).does(() -> cuts.release(place(), count.id()));
    }

    private Why restore(String login, Link link) {
        return admin(login).does(() -> cuts.restore(place(), new Name(true, otter), link.id(), WHY));
    }

    private void cut(Name name) {
        assertThat(release("cut-ada", counted(ask("cut-ada", name)))).isEqualTo(Why.DONE);
    }

    private void delete(Name name) {
        var ada = admin("cut-ada");
        var count = ada.does(() -> requests.ask(Set.of(name), WHY).orElseThrow());
        JobsAtWork.all();
        assertThat(ada.does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.DONE);
        JobsAtWork.all();
    }

    private Acting admin(String login) {
        return Acting.as(login, Role.ADMIN, sql);
    }

    private List<String> events() {
        return shop.rows("select type, user_id from event where environment = ? order by sequence", key());
    }

    private EnvironmentKey place() {
        return shop.environment();
    }

    private String key() {
        return shop.environment().value();
    }

    private static Tenant tenant(PolicyDocument policy) {
        var tenant = Tenant.of("production", policy, Tenant.ORIGIN);
        Renewal.now();
        return tenant;
    }

    private static void accepted(Response answer) {
        answer.then().body("accepted", Matchers.is(1));
    }

    private static String identify(String identity) {
        return identify(identity, Instant.ofEpochMilli(1_764_000_000_000L));
    }

    private static String identify(String identity, Instant at) {
        return event("identify", at.toEpochMilli(), "\"identity\":\"" + identity + "\"");
    }

    private static String click() {
        return event("click", 1_764_000_000_000L, "\"text\":\"Buy\",\"path\":[{\"t\":\"button\",\"n\":1,\"k\":1}]");
    }

    private static String event(String type, long at, String rest) {
        return "{\"id\":\"c" + NAMES.incrementAndGet() + "\",\"at\":" + at + ",\"type\":\"" + type + "\"," + rest + "}";
    }

    private Response browse(Tenant tenant, String... events) {
        return browse(tenant, device, List.of(events));
    }

    private static Response browse(Tenant tenant, String device, List<String> events) {
        var answer = given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("{\"v\":1,\"user\":\"" + device + "\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":"
                        + "\"https://shop.example/cart\"},\"events\":[" + String.join(",", events) + "]}")
                .post("/api/collect/" + tenant.app());
        answer.then().statusCode(200);
        return answer;
    }
}
