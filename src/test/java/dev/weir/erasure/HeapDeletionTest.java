package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.AppId;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heap's interface: keys, tokens, requests and how far they are. */
@QuarkusTest
@TestProfile(Alone.class)
class HeapDeletionTest extends Deletions {

    @Inject
    Erasures erasures;

    @Test
    void a_program_with_a_key_deletes_and_asks_how_far_it_is() {
        var shop = tenant();
        track(shop, otter, "Bought");
        track(shop, heron, "Bought");
        var token = token(shop, secret(shop));

        var asked = request(token, "{\"users\":[{\"identity\":\"" + otter + "\"},{\"user_id\":" + number + "}]}");
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

    @Test
    void of_two_admins_who_look_at_the_same_key_the_second_neither_replaces_nor_drops_the_first_one_s() {
        var app = new AppId(tenant().app());
        admin().does(() -> erasures.makeKey(app, Erasures.NO_KEY));
        long seen = version(app);
        admin().does(() -> erasures.makeKey(app, seen));
        var hers = erasures.keyHash(app);

        for (long late : new long[] {seen, Erasures.NO_KEY}) {
            assertThat(admin().does(() -> erasures.makeKey(app, late)))
                    .isEqualTo(Erasures.Made.not(Erasures.Keyed.OUTDATED));
            assertThat(admin().does(() -> erasures.dropKey(app, late))).isEqualTo(Erasures.Keyed.OUTDATED);
        }

        assertThat(erasures.keyHash(app)).isEqualTo(hers).isPresent();
        long last = version(app);
        assertThat(admin().does(() -> erasures.dropKey(app, last))).isEqualTo(Erasures.Keyed.DONE);
        // One that comes after it is another one, and not the one that was looked at.
        admin().does(() -> erasures.makeKey(app, Erasures.NO_KEY));
        assertThat(admin().does(() -> erasures.dropKey(app, last))).isEqualTo(Erasures.Keyed.OUTDATED);
    }

    private long version(AppId app) {
        return admin().does(() -> erasures.keys()).getOrDefault(app.digits(), Erasures.NO_KEY);
    }

    private String secret(Tenant tenant) {
        var app = new AppId(tenant.app());
        long seen = version(app);
        return admin().does(() -> erasures.makeKey(app, seen).key().orElseThrow());
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
}
