package dev.weir.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that does not know whether it was heard sends again, with the same key. */
@QuarkusTest
class IdempotencyTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Sql sql;

    private String token;
    private String name;

    @BeforeEach
    void a_program_of_a_developer() {
        int number = MADE.incrementAndGet();
        SignedIn.account("again-" + number, "Again " + number, Role.DEVELOPER);
        token = SignedIn.signIn("again-" + number, SignedIn.PASSWORD).token("Retries", "all");
        name = "Sent again " + number;
    }

    private Response create(String with, String key, String called) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + with)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(Map.of("name", called, "type", "click", "filter", "text equals \"Buy\"", "personal", true))
                .post("/api/v1/definitions");
    }

    private long definitions() {
        return sql.number("select count(*) from definition where name = ?", name);
    }

    @Test
    void the_same_request_is_answered_as_before_and_not_done_again() {
        var first = create(token, "key-1", name);
        var second = create(token, "key-1", name);

        first.then().statusCode(201).header("Idempotent-Replayed", nullValue());
        second.then().statusCode(201).header("Idempotent-Replayed", equalTo("true"));
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(definitions()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_answered_as_before_as_well() {
        create(token, "key-2", "").then().statusCode(422);
        create(token, "key-2", "")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("Idempotent-Replayed", equalTo("true"));
    }

    @Test
    void a_key_belongs_to_one_request_of_one_person_and_has_a_form() {
        create(token, "key-3", name).then().statusCode(201);

        create(token, "key-3", name + ", another").then().statusCode(422).contentType("application/problem+json");
        create(token, "k".repeat(256), name).then().statusCode(400);
        var other = SignedIn.as(Role.ADMIN).token("Another's", "all");
        create(other, "key-3", name).then().statusCode(201).header("Idempotent-Replayed", nullValue());
        assertThat(definitions()).isEqualTo(2);
    }

    /** A name for signing in may be another's tomorrow, and at some identity providers it is somebody else's today. */
    @Test
    @TestSecurity(
            user = "casey",
            roles = Role.DEVELOPER,
            attributes = @SecurityAttribute(key = "weir.subject", value = "https://idp.example#casey-1"))
    void a_key_belongs_to_who_somebody_is_and_not_to_how_they_are_called() {
        given().header("Idempotency-Key", "key-10")
                .contentType("application/json")
                .body(Map.of("name", name, "type", "click", "filter", "text equals \"Buy\"", "personal", true))
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);

        assertThat(sql.list(
                        "select subject_hash from idempotency_key where key_hash = ?",
                        row -> row.getString(1),
                        CanonicalJson.sha256("key-10")))
                .containsExactly(CanonicalJson.sha256("https://idp.example#casey-1"));
    }

    @Test
    void what_was_refused_because_of_who_asked_is_not_remembered() {
        var check = SignedIn.as(Role.DEVELOPER).token("Asking", "check");

        create(check, "key-4", name).then().statusCode(403);
        var all = SignedIn.as(Role.DEVELOPER).token("Doing", "all");
        create(all, "key-4", name).then().statusCode(201).header("Idempotent-Replayed", nullValue());
    }

    @Test
    void after_a_day_it_is_forgotten() {
        var clock = HeldClock.atThisMoment();
        create(token, "key-5", name).then().statusCode(201);

        clock.pass(Idempotency.REMEMBERED);

        create(token, "key-5", name).then().statusCode(201).header("Idempotent-Replayed", nullValue());
        assertThat(definitions()).isEqualTo(2);
    }

    @Test
    void whoever_never_comes_again_is_forgotten_with_the_next_key_of_anybody() {
        var clock = HeldClock.atThisMoment();
        sql.change(
                "insert into idempotency_key (subject_hash, key_hash, request_hash, created_at) values ('gone', 'k', 'r', ?)",
                clock.instant().minus(Idempotency.REMEMBERED));

        create(token, "key-7", name).then().statusCode(201);

        assertThat(sql.number("select count(*) from idempotency_key where subject_hash = 'gone'"))
                .isZero();
    }

    @Test
    void so_many_keys_of_one_person_are_remembered_and_no_more() {
        create(token, "key-8", name).then().statusCode(201);
        var person = sql.first(
                        "select subject_hash from idempotency_key where key_hash = ?",
                        row -> row.getString(1),
                        CanonicalJson.sha256("key-8"))
                .orElseThrow();
        var now = HeldClock.atThisMoment().instant();
        for (int i = 1; i < Idempotency.MOST; i++) {
            sql.change(
                    "insert into idempotency_key (subject_hash, key_hash, request_hash, created_at) values (?, ?, 'r', ?)",
                    person,
                    "k" + i,
                    now);
        }

        create(token, "key-9", name).then().statusCode(429).header("Retry-After", "3600");
        create(token, "key-8", name).then().statusCode(201).header("Idempotent-Replayed", equalTo("true"));
        assertThat(definitions()).isEqualTo(1);
    }

    @Test
    void of_many_at_once_one_is_done() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var start = new CyclicBarrier(8);
            var sent = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 8; i++) {
                sent.add(threads.submit(() -> {
                    start.await();
                    return create(token, "key-6", name).statusCode();
                }));
            }
            var answers = new HashSet<Integer>();
            for (var one : sent) {
                answers.add(one.get());
            }

            assertThat(answers).contains(201).isSubsetOf(201, 409);
            assertThat(definitions()).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }
}
