package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One rule followed through what was published, and things followed by programs: who, when, why, and who agreed. */
@QuarkusTest
class OneRuleHistoryTest {

    private static String token = "";

    private final String key = "follow-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    Sql sql;

    private SignedIn ada;
    private Policies policies;

    /** Revision 2 blocks two events, 3 has nothing to do with it, 4 allows one of them again: asked for, and agreed to. */
    @BeforeEach
    void an_environment_with_four_revisions() {
        SignedIn.account("follow-ada", "Follow Ada", Role.ADMIN);
        ada = SignedIn.signIn("follow-ada", SignedIn.PASSWORD);
        if (token.isEmpty()) {
            token = ada.token("History", "all");
        }
        done(ada.request()
                .formParams(Map.of("key", key, "name", key, "kind", "production", "critical", "critical"))
                .post("/console/environments"));
        policies = new Policies(ada, key);
        done(policies.edit("events/add", Map.of("values", "order placed\ncart opened")));
        done(policies.publish("It names customers"));
        done(policies.edit("retention/settings", Map.of("events", "90", "quarantine", "14")));
        done(policies.publish("Shorter"));
        done(policies.edit("events/remove", Map.of("index", "0")));
        done(policies.post("/changes", Map.of("version", policies.version(), "reason", "It names nobody any more")));
        SignedIn.account("follow-bob", "Follow Bob", Role.ADMIN);
        var bob = new Policies(SignedIn.signIn("follow-bob", SignedIn.PASSWORD), key);
        var hash = api("/api/v1/changes/" + key + "/1").getString("hash");
        done(bob.post("/changes/1/approve", Map.of("hash", hash)));
        done(bob.post("/changes/1/publish", Map.of("key", key)));
    }

    private static void done(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
    }

    private Response asked(String token, String address) {
        return SignedIn.anonymous()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token)
                .get(address);
    }

    private JsonPath api(String address) {
        return asked(token, address).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void a_page_says_who_added_and_who_removed_it_when_why_and_who_agreed() {
        var history = "/privacy/events/history?rule=events&about=";

        policies.get("/privacy/events")
                .then()
                .body(containsString("/privacy/events/history?rule=events&amp;about=cart+opened"));
        policies.get("/privacy/events/history")
                .then()
                .body(containsString("/privacy/events/history?rule=events&amp;about=order+placed"));
        policies.get(history + "order placed")
                .then()
                .statusCode(200)
                .body(containsString("<code>order placed</code>"))
                .body(
                        containsString("It names customers"),
                        containsString("The custom event “order placed” is dropped."))
                .body(containsString("It names nobody any more"), containsString("No longer:"))
                .body(containsString("Asked for by Follow Ada"), containsString("agreed to by Follow Bob"))
                .body(not(containsString("Shorter")), not(containsString("“cart opened”")));
        policies.get(history + "cart opened")
                .then()
                .body(containsString("It names customers"), not(containsString("It names nobody any more")));
        policies.get(history + "never there").then().statusCode(200).body(containsString("was never there"));
        policies.get("/privacy/pages/history?rule=events&about=x").then().statusCode(404);
        policies.get("/privacy/events/history?rule=nothing").then().statusCode(404);
        policies.get("/allowed")
                .then()
                .body(containsString("/privacy/events/history?rule=events&amp;about=order+placed"));
    }

    @Test
    void a_program_reads_the_same_page_by_page() {
        var home = "/api/v1/policy/" + key + "/history";

        var all = api(home + "?rule=events&about=order+placed");
        assertThat(all.getList("revision")).containsExactly(4, 2);
        assertThat(all.getList("[0].changes.path")).containsExactly("events");
        assertThat(all.getString("[0].changes[0].before")).isEqualTo("order placed");
        assertThat(all.getString("[0].reason")).isEqualTo("It names nobody any more");
        assertThat(all.getInt("[0].request")).isEqualTo(1);
        assertThat(all.getString("[0].askedBy")).isEqualTo("Follow Ada");
        assertThat(all.getString("[0].agreedBy")).isEqualTo("Follow Bob");
        assertThat(all.getString("[0].publishedBy")).isEqualTo("Follow Bob");
        assertThat(all.getString("[1].askedBy")).isNull();
        assertThat(all.getString("[1].publishedBy")).isEqualTo("Follow Ada");

        var first = asked(token, home + "?rule=events&about=order+placed&limit=1");
        assertThat(first.jsonPath().getList("revision")).containsExactly(4);
        var next = first.header("Link").replaceFirst("<([^>]+)>.*", "$1");
        assertThat(api(next).getList("revision")).containsExactly(2);
        assertThat(asked(token, next).header("Link")).isNull();

        assertThat(api(home).getList("revision")).containsExactly(4, 3, 2, 1);
        assertThat(api(home + "?part=retention").getList("revision")).containsExactly(3, 1);
        assertThat(api(home + "?rule=urls.parameters.names&about=token").getList("first"))
                .containsExactly(true);
        assertThat(asked(token, home + "?part=nothing").statusCode()).isEqualTo(400);
        assertThat(asked(token, home + "?rule=nothing").statusCode()).isEqualTo(400);
    }

    @Test
    void versions_of_a_thing_are_read_by_program() {
        done(ada.request()
                .formParams(Map.of("name", "Renamed", "version", "0", "critical", "critical"))
                .post("/console/environments/" + key));
        var home = "/api/v1/history/environment/" + key;

        var all = api(home);
        assertThat(all.getString("[0].changed.name.after")).isEqualTo("Renamed");
        assertThat(all.getBoolean("[0].present")).isTrue();
        assertThat(all.getString("[1].since.name.before")).isEqualTo(key);
        assertThat(all.getString("[1].since.name.after")).isEqualTo("Renamed");
        assertThat(all.getString("[1].actor.name")).isEqualTo("Follow Ada");
        var first = asked(token, home + "?limit=1");
        assertThat(api(first.header("Link").replaceFirst("<([^>]+)>.*", "$1")).getString("[0].action"))
                .isEqualTo("created");
        assertThat(asked(token, "/api/v1/history/environment/nothing-here").statusCode())
                .isEqualTo(404);
        assertThat(asked(token, "/api/v1/history/pond/" + key).statusCode()).isEqualTo(404);
    }

    @Test
    void a_developer_reads_of_environments_that_are_their_own() {
        var login = "follow-dev-" + key;
        SignedIn.account(login, "Follow Developer", Role.DEVELOPER);
        var hers = SignedIn.signIn(login, SignedIn.PASSWORD).token("History", "read");
        var policy = "/api/v1/policy/" + key + "/history?rule=events&about=order+placed";
        var thing = "/api/v1/history/environment/" + key;
        assertThat(asked(hers, policy).jsonPath().getList("revision")).isEmpty();
        assertThat(asked(hers, thing).statusCode()).isEqualTo(404);

        sql.change(
                "insert into account_environment (account, environment) select id, ? from account where login = ?",
                key,
                login);

        assertThat(asked(hers, policy).jsonPath().getList("revision")).containsExactly(4, 2);
        assertThat(asked(hers, thing).statusCode()).isEqualTo(200);
        assertThat(asked(hers, "/api/v1/history/matcher/catalog").statusCode()).isEqualTo(404);
    }
}
