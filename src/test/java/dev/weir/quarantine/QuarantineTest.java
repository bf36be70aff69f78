package dev.weir.quarantine;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.database.Sql;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.Actor;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.store.SetAside;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QuarantineTest {

    private static final String WHY = "It was our own page";
    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final String CANARY = "carla.canary@mail.example";

    private static final AtomicInteger IDS = new AtomicInteger();

    @Inject
    Quarantine quarantine;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    @Test
    void what_is_released_becomes_a_kept_event_exactly_once() throws Exception {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Buy"), click("Sell"));
        var one = sequences(tenant).get(0);
        var admin = admin();

        var kept = new ArrayList<Long>();
        List<Future<Released>> twice = List.of(
                admin.starts(() -> released(tenant, List.of(one))), admin.starts(() -> released(tenant, List.of(one))));
        for (var each : twice) {
            kept.add(each.get().kept());
        }

        assertThat(kept).containsExactlyInAnyOrder(0L, 1L);
        assertThat(rows(tenant)).containsExactly("kept | null", "quarantined | ORIGIN_FENCE");
        assertThat(tallies(tenant)).containsExactly("accepted |  | 1", "quarantined | ORIGIN_FENCE | 1");
    }

    @Test
    void it_goes_through_the_policy_then_in_force() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Order 1234"), pageview("/cart"), pageview("/secret/plan"));
        publish(tenant, Map.of("pages", List.of("/secret*"), "capture", Map.of("text", "drop")));

        var became = admin().does(() -> released(tenant, sequences(tenant)));
        JobsAtWork.all();

        assertThat(became.kept()).isEqualTo(2);
        assertThat(became.dropped()).containsExactly(Map.entry("PAGE_BLOCKED", 1L));
        assertThat(rows(tenant)).containsExactly("kept | null", "kept | null");
        assertThat(tenant.stored().toString()).doesNotContain("Order 1234").doesNotContain("secret/plan");
        assertThat(tenant.number(
                        "select count(*) from event where environment = ? and revision = 2",
                        tenant.environment().value()))
                .isEqualTo(2);
        assertThat(tallies(tenant)).containsExactly("accepted |  | 2", "dropped | PAGE_BLOCKED | 1");
        assertThat(tenant.rows(
                        "select reason, rule, n from dropped where environment = ?",
                        tenant.environment().value()))
                .containsExactly("PAGE_BLOCKED | pages./secret* | 1");
    }

    @Test
    void what_the_policy_sets_aside_again_stays() {
        var asking = Tenant.balancedWith(Map.of(
                "text",
                List.of(Map.of("pattern", "[Pp]roject [A-Z][a-z]+", "label", "project", "action", "quarantine"))));
        var tenant = tenant(asking);
        send(tenant, Tenant.ORIGIN, click("Project Heron"));
        assertThat(rows(tenant)).containsExactly("quarantined | TEXT_QUARANTINE");
        var before = tenant.bodies();

        var same = admin().does(() -> released(tenant, sequences(tenant)));
        assertThat(same.kept() + same.staysAll()).isEqualTo(1);
        assertThat(tenant.bodies()).isEqualTo(before);

        assertThat(tenant.stored().toString()).doesNotContain("Heron");
    }

    @Test
    void what_does_not_carry_what_is_expected_is_set_aside_until_it_is_no_longer_expected() {
        var expected = Map.<String, Object>of("event", "Order Placed", "property", "total", "type", "number");
        var tenant = tenant(Tenant.balancedWith(Map.of("schemas", List.of(expected))));
        tracked(
                        tenant,
                        "\"event\":\"order placed\",\"identity\":\"otter-7\",\"properties\":{\"total\":\"" + CANARY
                                + "\"}")
                .body("accepted", Matchers.equalTo(0))
                .body("quarantined", Matchers.equalTo(1));
        tracked(tenant, "\"event\":\"Order placed\",\"identity\":\"otter-7\",\"properties\":{\"total\":12.5}")
                .body("accepted", Matchers.equalTo(1))
                .body("quarantined", Matchers.equalTo(0));
        // A page judges by no schema: it sends what the server then sets aside.
        send(tenant, Tenant.ORIGIN, event("custom", "\"name\":\"Order placed\",\"properties\":{\"total\":true}"));
        assertThat(rows(tenant))
                .containsExactly("quarantined | SCHEMA_TYPE", "kept | null", "quarantined | SCHEMA_TYPE");
        assertThat(tenant.stored().toString()).contains("[email]").doesNotContain("canary");
        given().header("Authorization", "Bearer " + SignedIn.as(Role.ADMIN).token("Schemas", "all"))
                .get("/api/v1/quarantine/" + tenant.environment() + "/groups")
                .then()
                .statusCode(200)
                .body(
                        Matchers.containsString("schemas.order placed.total"),
                        Matchers.containsString("properties.total"));

        var same = admin().does(() -> released(tenant, sequences(tenant)));
        assertThat(List.of(same.kept(), same.staysAll())).containsExactly(0L, 2L);

        publish(tenant, Map.of());
        var now = admin().does(() -> released(tenant, sequences(tenant)));
        assertThat(now.kept()).isEqualTo(2);
        assertThat(rows(tenant)).containsOnly("kept | null");
    }

    @Test
    void an_identity_that_was_refused_does_not_come_back_with_its_event() {
        var tenant = tenant(PolicyDocument.balanced());
        track(tenant, "\"event\":\"Bought\",\"identity\":\"undefined\"");
        assertThat(rows(tenant)).containsExactly("quarantined | IDENTITY_REFUSED");

        var became = admin().does(() -> released(tenant, sequences(tenant)));

        assertThat(became.kept()).isEqualTo(1);
        assertThat(tenant.rows(
                        "select identity, name from event where environment = ?",
                        tenant.environment().value()))
                .containsExactly("null | Bought");
    }

    @Test
    void what_it_says_of_the_world_is_believed_when_it_is_released() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, event("identify", "\"identity\":\"otter-7\",\"properties\":{\"plan\":\"gold\"}"));
        assertThat(links(tenant)).isEmpty();

        admin().does(() -> released(tenant, sequences(tenant)));

        assertThat(links(tenant)).containsExactly("1234567890123456 | otter-7");
        assertThat(tenant.rows(
                        "select subject, name, value from subject_property where environment = ?",
                        tenant.environment().value()))
                .containsExactly("otter-7 | plan | gold");
    }

    @Test
    void consent_that_nobody_asked_for_is_not_taken_as_given() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Buy"));
        track(tenant, "\"event\":\"Bought\",\"identity\":\"undefined\"");
        publish(tenant, Map.of("consent", Map.of("required", true)));

        var became = admin().does(() -> released(tenant, sequences(tenant)));

        assertThat(became.dropped()).containsExactly(Map.entry("CONSENT_MISSING", 1L));
        assertThat(became.kept()).isEqualTo(1);
    }

    @Test
    void consent_that_was_asked_for_then_was_given() {
        var tenant = tenant(Tenant.balancedWith(Map.of("consent", Map.of("required", true))));
        var batch = batch(click("Buy")).replaceFirst("\\{", "{\"consent\":\"granted\",");
        post(tenant, ELSEWHERE, batch);
        publish(tenant, Map.of("consent", Map.of("required", true), "pages", List.of("/other*")));

        assertThat(admin().does(() -> released(tenant, sequences(tenant))).kept())
                .isEqualTo(1);
    }

    @Test
    void without_a_readable_policy_nothing_is_released() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Buy"));
        tenant.publish("{\"version\":1,\"retention\":", "0".repeat(64));

        assertThat(admin().does(() -> quarantine.release(tenant.environment(), sequences(tenant), WHY)))
                .isEmpty();

        assertThat(rows(tenant)).containsExactly("quarantined | ORIGIN_FENCE");
        tenant.publish(PolicyDocument.balanced());
    }

    @Test
    void what_is_purged_is_gone_with_what_only_it_referred_to() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, pageview("/only/here"));
        send(tenant, Tenant.ORIGIN, pageview("/cart"));
        var aside = sequences(tenant);

        assertThat(admin().does(() -> quarantine.purge(tenant.environment(), aside, WHY)))
                .contains(1);
        assertThat(admin().does(() -> quarantine.purge(tenant.environment(), aside, WHY)))
                .contains(0);
        JobsAtWork.all();

        assertThat(rows(tenant)).containsExactly("kept | null");
        assertThat(tenant.rows(
                        "select content from location where environment = ?",
                        tenant.environment().value()))
                .containsExactly("https://shop.example/cart");
        assertThat(tallies(tenant)).containsExactly("accepted |  | 1", "quarantined | ORIGIN_FENCE | 1");
    }

    /** However often they do it: else one person deletes in many acts what takes two as a shorter retention. */
    @Test
    void of_a_critical_environment_one_person_deletes_so_many_a_day_and_another_one_the_rest() {
        var clock = HeldClock.atThisMoment();
        var tenant = tenant(PolicyDocument.balanced());
        sql.change(
                "update environment set critical = true where key = ?",
                tenant.environment().value());
        send(tenant, ELSEWHERE, click("Buy"), click("Sell"), click("Hold"), click("Rent"));
        var aside = sequences(tenant);
        var ada = Acting.as("purging-ada", Role.ADMIN, sql);
        var bob = Acting.as("purging-bob", Role.ADMIN, sql);
        QuarkusTransaction.requiringNew()
                .run(() -> log.write(Entry.of(
                                new Actor(ada.subject(), "Ada", Actor.Means.SESSION),
                                "purged",
                                Thing.in(
                                        tenant.environment(),
                                        "quarantine",
                                        tenant.environment().value()))
                        .change("events", Quarantine.ALONE - 1L, 0L)));

        assertThat(ada.does(() -> quarantine.purge(tenant.environment(), aside.subList(0, 2), WHY)))
                .isEmpty();
        assertThat(sequences(tenant)).isEqualTo(aside);
        assertThat(ada.does(() -> quarantine.purge(tenant.environment(), aside.subList(0, 1), WHY)))
                .contains(1);
        var page = "/console/" + tenant.environment() + "/quarantine/purge";
        SignedIn.signIn("purging-ada", SignedIn.PASSWORD)
                .request()
                .formParam("why", WHY)
                .formParam("scope", "all")
                .post(page)
                .then()
                .statusCode(403)
                .body(Matchers.containsString("Another Admin deletes more"));
        assertThat(bob.does(() -> quarantine.purge(tenant.environment(), aside.subList(1, 2), WHY)))
                .contains(1);
        clock.pass(Duration.ofDays(1).plusSeconds(1));
        assertThat(ada.does(() -> quarantine.purge(tenant.environment(), aside.subList(2, 4), WHY)))
                .contains(2);
    }

    @Test
    void groups_say_why_and_where_and_how_many() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Buy"), click("Sell"));
        send(tenant, "null", click("Hold"));
        track(tenant, "\"event\":\"Bought\",\"identity\":\"undefined\"");

        assertThat(admin().does(() -> quarantine.groups(tenant.environment())))
                .containsExactlyInAnyOrder(
                        new SetAside.Group("ORIGIN_FENCE", "origin.unlisted", "origin", 2),
                        new SetAside.Group("ORIGIN_FENCE", "origin.null", "origin", 1),
                        new SetAside.Group("IDENTITY_REFUSED", "identity.refused", "identity", 1));
    }

    @Test
    void who_may_not_is_refused_at_the_door() {
        var tenant = tenant(PolicyDocument.balanced());
        var architect = Acting.as("quarantine-architect", Role.ARCHITECT, sql);
        var auditor = Acting.as("quarantine-auditor", Role.AUDITOR, sql);

        assertThatThrownBy(() -> architect.does(() -> quarantine.purge(tenant.environment(), List.of(1L), WHY)))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> auditor.does(() -> quarantine.release(tenant.environment(), List.of(1L), WHY)))
                .isInstanceOf(ForbiddenException.class);
        assertThat(architect.does(() -> released(tenant, List.of(1L))).gone()).isEqualTo(1);
    }

    @Test
    void the_change_log_says_who_and_why_and_what_became_of_it() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Buy"));
        var sequences = sequences(tenant);

        admin().does(() -> released(tenant, sequences));
        admin().does(() -> released(tenant, sequences));

        assertThat(tenant.rows(
                        "select action, content from changelog where object_kind = 'quarantine' and environment = ?",
                        tenant.environment().value()))
                .hasSize(1)
                .allMatch(row -> row.startsWith("released | ") && row.contains("\"kept\":1"));
    }

    @Test
    void the_page_shows_what_is_left_and_takes_a_decision() {
        var tenant = tenant(PolicyDocument.balanced());
        send(tenant, ELSEWHERE, click("Write to " + CANARY), click("Buy"));
        var home = "/console/" + tenant.environment() + "/quarantine";
        var admin = SignedIn.as(Role.ADMIN);

        admin.request()
                .get(home + "?reason=ORIGIN_FENCE")
                .then()
                .statusCode(200)
                .body(
                        Matchers.containsString("[email]"),
                        Matchers.containsString("origin.unlisted"),
                        Matchers.not(Matchers.containsString("canary")));
        admin.request()
                .formParam("scope", "all")
                .formParam("why", "no")
                .post(home + "/release")
                .then()
                .statusCode(422);
        admin.request().formParam("why", WHY).post(home + "/release").then().statusCode(422);
        admin.request()
                .formParam("why", WHY)
                .formParam("event", sequences(tenant).get(0))
                .post(home + "/release")
                .then()
                .statusCode(200)
                .body(Matchers.containsString("Kept: 1."));
        admin.request()
                .formParam("why", WHY)
                .formParam("scope", "all")
                .post(home + "/purge")
                .then()
                .statusCode(200)
                .body(Matchers.containsString("Deleted for good: 1."), Matchers.containsString("Nothing is set aside"));
        admin.request().get(home + "?reason=%3Cb%3E").then().statusCode(400);
    }

    private Released released(Tenant tenant, List<Long> events) {
        return quarantine.release(tenant.environment(), events, WHY).orElseThrow();
    }

    private Acting admin() {
        return Acting.as("quarantine-admin", Role.ADMIN, sql);
    }

    private static Tenant tenant(PolicyDocument policy) {
        var tenant = Tenant.of("production", policy, Tenant.ORIGIN);
        Renewal.now();
        return tenant;
    }

    private static void publish(Tenant tenant, Map<String, @Nullable Object> members) {
        tenant.publish(Tenant.balancedWith(members));
        Renewal.now();
    }

    private static String click(String text) {
        return event(
                "click",
                "\"text\":\"" + text
                        + "\",\"path\":[{\"t\":\"button\",\"n\":1,\"k\":1},{\"t\":\"body\",\"n\":2,\"k\":1}]");
    }

    private static String pageview(String path) {
        return event("pageview", "\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example" + path + "\"}");
    }

    private static String event(String type, String rest) {
        return "{\"id\":\"q" + IDS.incrementAndGet() + "\",\"at\":1764000000000,\"type\":\"" + type + "\"," + rest
                + "}";
    }

    private static String batch(String... events) {
        return "{\"v\":1,\"policy\":\"x\",\"user\":\"1234567890123456\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":"
                + "\"https://shop.example/cart\"},\"events\":[" + String.join(",", events) + "]}";
    }

    private static void send(Tenant tenant, String origin, String... events) {
        post(tenant, origin, batch(events));
    }

    private static void post(Tenant tenant, String origin, String batch) {
        given().contentType("text/plain")
                .header("Origin", origin)
                .body(batch)
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
    }

    private static void track(Tenant tenant, String rest) {
        tracked(tenant, rest);
    }

    private static ValidatableResponse tracked(Tenant tenant, String rest) {
        return given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\"," + rest + "}")
                .post("/api/track")
                .then()
                .statusCode(200);
    }

    private static List<Long> sequences(Tenant tenant) {
        return tenant
                .rows(
                        "select sequence from event where environment = ? and status = 'quarantined' order by sequence",
                        tenant.environment().value())
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private static List<String> rows(Tenant tenant) {
        return tenant.rows(
                "select status, reason from event where environment = ? order by sequence",
                tenant.environment().value());
    }

    private static List<String> links(Tenant tenant) {
        return tenant.rows(
                "select user_id, identity from identity_link where environment = ?",
                tenant.environment().value());
    }

    /** What became of what came in; two hours where the clock strikes in between. */
    private static List<String> tallies(Tenant tenant) {
        return tenant.rows("""
                select outcome, reason, sum(n) from tally
                where environment = ? and outcome in ('accepted', 'quarantined', 'dropped', 'duplicate')
                group by outcome, reason having sum(n) <> 0 order by outcome, reason
                """, tenant.environment().value());
    }
}
