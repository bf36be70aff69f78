package dev.weir.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Erasure keys as an Admin's program makes and drops them. */
@QuarkusTest
class ErasureKeysResourceTest {

    private static final String HOME = "/api/v1/erasure/keys/";

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static int believed(String app, String key) {
        var pair = Base64.getEncoder().encodeToString((app + ":" + key).getBytes(StandardCharsets.UTF_8));
        return SignedIn.anonymous()
                .header("Authorization", "Basic " + pair)
                .post("/api/public/v0/auth_token")
                .statusCode();
    }

    private static Response send(String admin, String method, String app, String match) {
        return with(admin).header("If-Match", match).request(method, HOME + app);
    }

    @Test
    void a_key_is_made_replaced_and_dropped_and_is_in_one_answer_alone() {
        SignedIn.account("keys-ada", "Keys Ada", Role.ADMIN);
        var admin = SignedIn.signIn("keys-ada", SignedIn.PASSWORD).token("Erasure keys", "all");
        var place = "keyed-" + CanonicalJson.sha256("keys" + System.nanoTime()).substring(0, 8);
        with(admin)
                .contentType("application/json")
                .body(Map.of("key", place, "name", "Keyed", "kind", "staging"))
                .post("/api/v1/environments");
        String app =
                with(admin).get("/api/v1/environments/" + place + "/app-ids").path("[0].id");
        var none = with(admin).get(HOME + app);
        assertThat(none.<Boolean>path("made")).isFalse();

        var first = with(admin)
                .header("If-Match", none.header("ETag"))
                .header("Idempotency-Key", place)
                .post(HOME + app);
        String key = first.path("key");
        assertThat(key).startsWith("wdk_");
        assertThat(first.header("Cache-Control")).contains("no-store");
        assertThat(believed(app, key)).isEqualTo(200);
        var again = with(admin)
                .header("If-Match", none.header("ETag"))
                .header("Idempotency-Key", place)
                .post(HOME + app);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.<String>path("key")).isNull();
        assertThat(with(admin).get(HOME + app).header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(with(admin).get(HOME + app).asString())
                .contains("\"made\":true")
                .doesNotContain(key);

        assertThat(send(admin, "DELETE", app, none.header("ETag")).statusCode()).isEqualTo(412);
        var second = send(admin, "POST", app, first.header("ETag"));
        assertThat(believed(app, key)).isEqualTo(401);
        assertThat(believed(app, second.path("key"))).isEqualTo(200);
        assertThat(send(admin, "DELETE", app, first.header("ETag")).statusCode())
                .isEqualTo(412);
        assertThat(send(admin, "DELETE", app, second.header("ETag")).<Boolean>path("made"))
                .isFalse();
        assertThat(believed(app, second.path("key"))).isEqualTo(401);
        assertThat(with(admin).get(HOME + "none").statusCode()).isEqualTo(404);
    }
}
