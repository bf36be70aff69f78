package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.database.DatabaseException;
import dev.weir.database.Sql;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PolicyPagesTest {

    @Inject
    Sql sql;

    private static Policies as(String role) {
        return new Policies(SignedIn.as(role), "development");
    }

    private long epoch() {
        return sql.number("select epoch from governing_epoch where id = 1");
    }

    @Test
    void a_new_environment_is_governed_by_the_balanced_preset_from_the_start() {
        var production = new Policies(SignedIn.as(Role.AUDITOR), "production");

        production
                .get("/policy/1")
                .then()
                .statusCode(200)
                .body(containsString("Default policy for a new environment"), containsString("by Weir"));
        assertThat(production.get("/policy/1.json").asString())
                .isEqualTo(PolicyDocument.balanced().canonical());
    }

    @Test
    void publishing_makes_a_revision_with_a_reason_and_wakes_the_data_plane() {
        var person = as(Role.ADMIN).fresh().blocking("published_own");
        long before = person.inForce();
        long epoch = epoch();

        var answer = person.publish("Keep the campaign's key out");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/policy/" + (before + 1) + "?done=published");
        assertThat(epoch()).isEqualTo(epoch + 1);
        var json = person.get("/policy/" + (before + 1) + ".json");
        assertThat(json.asString()).contains("\"published_own\"");
        assertThat(json.header("ETag")).isEqualTo('"' + CanonicalJson.sha256(json.asString()) + '"');
        person.get("/policy/" + (before + 1))
                .then()
                .body(containsString("Keep the campaign"), containsString("The parameter “published_own” is removed"))
                .body(containsString(CanonicalJson.sha256(json.asString())));
        person.get("/privacy").then().body(containsString("The draft says what is in force"));
    }

    @Test
    void whoever_publishes_what_tightens_is_offered_to_apply_that_revision_to_what_is_stored() {
        var person = as(Role.ADMIN).fresh().blocking("offered_own");
        long before = person.inForce();
        long number = before + 1;
        person.publish("Also where it came in before").then().statusCode(303);
        var offer = "/redaction?revision=" + number;

        person.get("/policy/" + number + "?done=published")
                .then()
                .body(containsString("href=\"/console/development" + offer + "\""));
        person.get(offer)
                .then()
                .statusCode(200)
                .body(
                        containsString("name=\"revision\" value=\"" + number + "\""),
                        not(containsString("is not in force")));
        var asked = Map.of("revision", String.valueOf(number));
        assertThat(person.post("/redaction/count", asked).header("Location")).contains("/console/jobs/");
        JobsAtWork.all();

        // Back again: that only loosens, and what was offered is of no use any more.
        person.post("/policy/" + before + "/restore", Map.of("seen", String.valueOf(number), "reason", "Back again"))
                .then()
                .statusCode(303);
        person.get("/policy/" + (number + 1) + "?done=published")
                .then()
                .body(not(containsString("/redaction?revision=")));
        person.get(offer).then().body(containsString("Revision " + number + " is not in force"));
        person.post("/redaction/count", asked)
                .then()
                .statusCode(409)
                .body(containsString("Another revision is in force"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  no  "})
    void without_a_reason_nothing_is_published(String reason) {
        var person = as(Role.ADMIN).fresh().blocking("reasonless_own");
        long before = person.inForce();

        person.publish(reason).then().statusCode(422).body(containsString("Give a reason of 3 to 1000 characters"));

        assertThat(person.inForce()).isEqualTo(before);
        person.fresh();
    }

    @Test
    void with_no_change_there_is_nothing_to_publish() {
        var person = as(Role.ADMIN).fresh();

        person.get("/policy/publish").then().body(containsString("There is nothing to publish"));
        person.publish("For no reason").then().statusCode(422).body(containsString("There is nothing to publish"));
    }

    @Test
    void a_critical_environment_wants_its_key_typed() {
        var person = new Policies(SignedIn.as(Role.ADMIN), "production").fresh().blocking("critical_own");

        person.post("/policy/publish", Map.of("version", person.version(), "reason", "A reason", "key", "prod"))
                .then()
                .statusCode(422)
                .body(containsString("Type the key of this environment to confirm"));

        assertThat(person.publish("A reason").statusCode()).isEqualTo(303);
    }

    @Test
    void an_architect_publishes_what_tightens_and_no_more() {
        var architect = as(Role.ARCHITECT).fresh().blocking("architect_own");
        assertThat(architect.publish("It only tightens").statusCode()).isEqualTo(303);
        architect.edit("text/settings", Map.of("detector-email", "mask")).then().statusCode(303);

        architect
                .get("/policy/publish")
                .then()
                .body(
                        containsString("an Admin has to publish it"),
                        not(containsString("action=\"/console/development/policy/publish\"")));
        architect.publish("It loosens").then().statusCode(403).body(containsString("Only an Admin can publish this"));

        assertThat(as(Role.ADMIN).publish("An Admin looked at it").statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.DEVELOPER, Role.AUDITOR})
    void who_may_look_reads_revisions_and_publishes_none(String role) {
        as(Role.ADMIN).fresh().blocking("looked_at_own");
        var person = as(role);

        person.get("/policy").then().statusCode(200).body(containsString("is in force"));
        person.get("/policy/1").then().statusCode(200).body(not(containsString("Roll back to this revision")));
        person.get("/policy/publish").then().statusCode(200).body(not(containsString("name=\"reason\"")));
        assertThat(person.publish("I may not").statusCode()).isEqualTo(403);
        assertThat(person.post("/policy/1/restore", Map.of("seen", "1", "reason", "I may not"))
                        .statusCode())
                .isEqualTo(403);
        as(Role.ADMIN).fresh();
    }

    @Test
    void an_earlier_revision_comes_back_as_a_new_one() {
        var person = as(Role.ADMIN).fresh().blocking("rolled_back_own");
        long first = person.inForce();
        var canonical = person.canonical();
        person.publish("A mistake").then().statusCode(303);

        person.get("/policy/" + first + "/restore")
                .then()
                .statusCode(200)
                .body(containsString("No longer: The parameter “rolled_back_own”"));
        person.post("/policy/" + first + "/restore", Map.of("seen", first + 1, "reason", "It was a mistake"))
                .then()
                .statusCode(303);

        assertThat(person.inForce()).isEqualTo(first + 2);
        assertThat(person.canonical()).isEqualTo(canonical);
        person.get("/policy").then().body(containsString("restores " + first));
        person.get("/privacy").then().body(containsString("The draft says what is in force"));
    }

    @Test
    void a_draft_begun_on_an_older_revision_is_refused_and_shows_both_differences() {
        var person = as(Role.ADMIN).fresh().blocking("older_own");
        long first = person.inForce();
        person.publish("To roll back from").then().statusCode(303);
        person.blocking("kept_own");
        person.post("/policy/" + first + "/restore", Map.of("seen", first + 1, "reason", "Back to before"))
                .then()
                .statusCode(303);

        person.publish("Too late")
                .then()
                .statusCode(409)
                .body(containsString("Another revision has been published since"));
        person.get("/privacy")
                .then()
                .body(
                        containsString("No longer: The parameter “older_own”"),
                        containsString("The parameter “kept_own” is removed"));

        person.edit("rebase", Map.of()).then().statusCode(303);
        assertThat(person.publish("Looked at both").statusCode()).isEqualTo(303);
        assertThat(person.canonical()).contains("kept_own").contains("older_own");
    }

    @Test
    void of_many_who_publish_at_once_one_does() throws Exception {
        var person = as(Role.ADMIN).fresh().blocking("raced_own");
        long before = person.inForce();
        var version = person.version();
        var start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(6);

        List<Integer> answers = new ArrayList<>();
        try {
            Callable<Integer> attempt = () -> {
                start.await();
                return person.post("/policy/publish", Map.of("version", version, "reason", "At the same time"))
                        .statusCode();
            };
            var all = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(attempt));
            }
            start.countDown();
            for (var one : all) {
                answers.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answers).containsOnlyOnce(303).contains(409).allMatch(status -> status == 303 || status == 409);
        assertThat(person.inForce()).isEqualTo(before + 1);
    }

    @Test
    void the_database_refuses_to_change_or_remove_a_revision() {
        var before = as(Role.AUDITOR).get("/policy/1.json").asString();

        assertThatThrownBy(() -> sql.change("update policy_revision set reason = 'another' where number = 1"))
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> sql.change("delete from policy_revision where number = 1"))
                .isInstanceOf(DatabaseException.class);

        assertThat(as(Role.AUDITOR).get("/policy/1.json").asString()).isEqualTo(before);
    }

    @Test
    void a_revision_that_is_not_there_is_not_found() {
        as(Role.ADMIN).get("/policy/999999").then().statusCode(404);
        as(Role.ADMIN).get("/policy/999999.json").then().statusCode(404);
    }
}
