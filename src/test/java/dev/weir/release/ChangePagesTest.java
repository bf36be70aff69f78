package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangePagesTest {

    private static int made;

    private Policies ada;
    private Policies bob;

    @BeforeEach
    void a_critical_environment_and_two_admins() {
        var key = "agreed" + ++made;
        var admin = SignedIn.as(Role.ADMIN);
        admin.request()
                .formParams(Map.of("key", key, "name", "Agreed " + key, "kind", "production", "critical", "critical"))
                .post("/console/environments")
                .then()
                .statusCode(303);
        SignedIn.account("second-admin", "Second Admin", Role.ADMIN);
        ada = new Policies(admin, key);
        bob = new Policies(SignedIn.signIn("second-admin", SignedIn.PASSWORD), key);
        assertThat(ada.edit("retention/settings", Map.of("events", "400", "quarantine", "30"))
                        .statusCode())
                .isEqualTo(303);
    }

    private void asked() {
        var answer = ada.post("/changes", Map.of("version", ada.version(), "reason", "A year is not enough"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/changes/1");
    }

    private String hash() {
        return bob.get("/changes/1").asString().replaceFirst("(?s).*name=\"hash\" value=\"([0-9a-f]{64})\".*", "$1");
    }

    private String seen() {
        return bob.get("/changes/1").asString().replaceFirst("(?s).*name=\"seen\" value=\"([0-9a-f]{64})\".*", "$1");
    }

    @Test
    void the_publish_page_says_what_is_needed_and_publishes_nothing_alone() {
        ada.get("/policy/publish")
                .then()
                .statusCode(200)
                .body(containsString("a second person has to approve it"), containsString("Ask for this change"))
                .body(containsString("loosens"), not(containsString("Publish revision")));

        ada.publish("Alone").then().statusCode(403).body(containsString("so that an Admin who isn"));
        assertThat(ada.inForce()).isEqualTo(1);
    }

    @Test
    void two_people_agree_and_the_revision_says_where() {
        asked();
        ada.get("/changes/1")
                .then()
                .body(containsString("an Admin who isn"), not(containsString("/changes/1/approve")));
        ada.post("/changes/1/comment", Map.of("comment", "For the <b>yearly</b> report"))
                .then()
                .statusCode(303);
        bob.get("/changes").then().body(containsString("Request 1"), containsString("A year is not enough"));
        bob.get("/changes/1").then().body(containsString("For the &lt;b&gt;yearly&lt;/b&gt; report"));

        bob.post("/changes/1/approve", Map.of("hash", hash())).then().statusCode(303);
        bob.post("/changes/1/publish", Map.of("key", "wrong"))
                .then()
                .statusCode(422)
                .body(containsString("Type the key of this environment"));
        var done = bob.post("/changes/1/publish", Map.of("key", "agreed" + made));

        assertThat(done.header("Location")).endsWith("/policy/2?done=published");
        bob.get("/policy/2").then().body(containsString("Change request 1"), containsString("A year is not enough"));
        bob.get("/changes/1").then().body(containsString("published"), containsString("Revision 2"));
    }

    @Test
    void one_s_own_request_is_not_approved_through_a_form_of_one_s_own_making() {
        asked();

        ada.post("/changes/1/approve", Map.of("hash", hash()))
                .then()
                .statusCode(403)
                .body(containsString("Nobody approves what they asked for themselves"));
    }

    @Test
    void after_an_edit_the_page_says_that_nothing_counts_any_more() {
        asked();
        var hash = hash();
        bob.post("/changes/1/approve", Map.of("hash", hash)).then().statusCode(303);
        ada.blocking("edited_later");

        bob.get("/changes/1").then().body(containsString("an approval that was given counts no more"));
        bob.get("/changes").then().body(containsString("outdated"));
        bob.post("/changes/1/publish", Map.of("key", "agreed" + made))
                .then()
                .statusCode(409)
                .body(containsString("ask again"));
        assertThat(ada.inForce()).isEqualTo(1);
    }

    @Test
    void a_rejected_request_leaves_the_draft_as_it_is() {
        asked();
        var version = ada.version();

        var seen = seen();
        ada.post("/changes/1/comment", Map.of("comment", "Not half a year"))
                .then()
                .statusCode(303);
        bob.post("/changes/1/reject", Map.of("reason", "Half a year will do", "seen", seen))
                .then()
                .statusCode(409)
                .body(containsString("since you looked at it"), containsString("Half a year will do</textarea>"));
        bob.post("/changes/1/reject", Map.of("reason", "Half a year will do", "seen", seen()))
                .then()
                .statusCode(303);

        assertThat(ada.version()).isEqualTo(version);
        ada.get("/policy/publish").then().body(containsString("Events are kept for 400 days"));
        bob.get("/changes").then().body(containsString("rejected"));
    }

    @Test
    void an_unknown_request_is_not_found() {
        ada.get("/changes/99").then().statusCode(404);
        ada.post("/changes/99/comment", Map.of("comment", "Where?")).then().statusCode(404);
    }
}
