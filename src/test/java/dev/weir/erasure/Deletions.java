package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Erasing.Name;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What tests of deletions do: somebody comes to the shop, and somebody asks for somebody to be forgotten. */
abstract class Deletions {

    static final String WHY = "They asked to be forgotten";

    /** Where an application begins anew, with its classes, the database and who was deleted from it may still be there. */
    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis() % 100_000_000 * 1_000);

    private static final CompiledPolicy POLICY = CompiledPolicy.of(PolicyDocument.balanced(), new byte[0]);

    @Inject
    Requests requests;

    @Inject
    Jobs jobs;

    @Inject
    Sql sql;

    /** Somebody whom no other test knows. */
    final String otter = "otter-" + next();

    final long number = 6_200_000 + NAMES.incrementAndGet() % 100_000;

    final String heron = "heron-" + next();

    @AfterEach
    void no_job_is_left() {
        JobsAtWork.all();
    }

    static void suppressed(Response answer) {
        answer.then().body("dropped.SUPPRESSED", Matchers.is(1), "accepted", Matchers.is(0));
    }

    static void accepted(Response answer) {
        answer.then().body("accepted", Matchers.is(1));
    }

    Job delete(Name name) {
        var job = ask(name);
        JobsAtWork.all();
        return jobs.of(job.id()).orElseThrow();
    }

    Job ask(Name name) {
        return released(admin().does(() -> requests.ask(Set.of(name), WHY).orElseThrow()));
    }

    /** Counted, and released by the same person: it is not much. The deletion has not begun. */
    Job released(Job count) {
        JobsAtWork.all();
        var released = admin().does(() -> requests.release(count.id()));
        assertThat(released.why()).isEqualTo(Requests.Why.DONE);
        return released.job().orElseThrow();
    }

    Acting admin() {
        return Acting.as("erasure-admin", Role.ADMIN, sql);
    }

    static Tenant tenant() {
        var tenant = Tenant.of("production", PolicyDocument.balanced(), Tenant.ORIGIN);
        Renewal.now();
        return tenant;
    }

    static String key(Tenant tenant) {
        return tenant.environment().value();
    }

    /** Of one length, so that none begins with another one, and without a number that could be somebody's. */
    private static String next() {
        return Long.toString(100_000_000_000L + NAMES.incrementAndGet(), Character.MAX_RADIX);
    }

    /** An anonymous id as the collector makes them, but one of those that are kept as they were sent: one in ten could be a card's number. */
    static String device() {
        return Stream.generate(() -> String.valueOf(5_000_000_000_000_000L + NAMES.incrementAndGet()))
                .filter(id -> POLICY.handle(id).equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** But counts, which know nobody. */
    static List<String> everything(Tenant tenant) {
        return Stream.of("event", "identity_link", "subject_property")
                .flatMap(
                        table -> tenant.rows("select * from " + table + " where environment = ?", key(tenant)).stream())
                .toList();
    }

    static Response track(Tenant tenant, String identity, String event) {
        return post("/api/track", tenant, "\"event\":\"" + event + "\",\"identity\":\"" + identity + "\"");
    }

    /** As a client of Segment does, which names a device beside a user and links nobody; {@code key} is the password, or empty. */
    static Response segment(Tenant tenant, String key, @Nullable String identity, String device) {
        var who = identity == null ? "" : "\"userId\":\"" + identity + "\",";
        var answer = given().auth()
                .preemptive()
                .basic(tenant.app(), key)
                .contentType("application/json")
                .body("{\"batch\":[{\"type\":\"track\",\"event\":\"Bought\"," + who + "\"anonymousId\":\"" + device
                        + "\"}]}")
                .post("/v1/batch");
        answer.then().statusCode(200);
        return answer;
    }

    static Response properties(Tenant tenant, String identity) {
        return post(
                "/api/add_user_properties",
                tenant,
                "\"identity\":\"" + identity + "\",\"properties\":{\"plan\":\"gold\"}");
    }

    static Response browse(Tenant tenant, String origin, String device, String... events) {
        var answer = given().contentType("text/plain")
                .header("Origin", origin)
                .body("{\"v\":1,\"user\":\"" + device + "\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":"
                        + "\"https://shop.example/cart\"},\"events\":[" + String.join(",", events) + "]}")
                .post("/api/collect/" + tenant.app());
        answer.then().statusCode(200);
        return answer;
    }

    static String identify(String identity) {
        return event("identify", "\"identity\":\"" + identity + "\"");
    }

    static String click() {
        return event("click", "\"text\":\"Buy\",\"path\":[{\"t\":\"button\",\"n\":1,\"k\":1}]");
    }

    private static Response post(String path, Tenant tenant, String rest) {
        var answer = given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\"," + rest + "}")
                .post(path);
        answer.then().statusCode(200);
        return answer;
    }

    private static String event(String type, String rest) {
        return "{\"id\":\"d" + NAMES.incrementAndGet() + "\",\"at\":1764000000000,\"type\":\"" + type + "\"," + rest
                + "}";
    }
}
