package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a row of the change log back to what it made. */
@QuarkusTest
class RestoreTest {

    private static int made;

    @Inject
    ChangeLog log;

    private SignedIn admin;

    @BeforeEach
    void sign_in() {
        admin = SignedIn.as(Role.ADMIN);
    }

    private Row newest(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0);
    }

    private List<Row> all(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 50);
    }

    private String defined(String name) {
        return log
                .find(new Filter("", "definition", "", "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 50)
                .stream()
                .filter(row -> name.equals(row.after().get("name")))
                .findFirst()
                .orElseThrow()
                .object();
    }

    private static Map<String, String> form(String name, String filter, String version) {
        var form = new HashMap<String, String>();
        form.put("name", name);
        form.put("type", "custom");
        form.put("filter", filter);
        form.put("tags", "shop, funnel");
        form.put("ownerKind", "person");
        form.put("owner", "Growth");
        form.put("version", version);
        return form;
    }

    @Test
    void a_published_policy_leads_to_where_it_is_restored() {
        var key = "restored" + ++made;
        admin.request()
                .formParams(Map.of("key", key, "name", "Restored", "kind", "production", "critical", "critical"))
                .post("/console/environments")
                .then()
                .statusCode(303);
        var first = newest("policy", key).sequence();
        assertThat(new Policies(admin, key)
                        .blocking("restored_later")
                        .publish("Later")
                        .statusCode())
                .isEqualTo(303);

        admin.request()
                .get("/console/changelog/" + first)
                .then()
                .body(containsString("/console/" + key + "/policy/1/restore"), containsString("Restore this version"));
        admin.request().get("/console/" + key + "/policy/1/restore").then().body(containsString("Ask for this change"));
        admin.request()
                .get("/console/changelog/" + newest("draft", key).sequence())
                .then()
                .body(not(containsString("Restore this version")));
        SignedIn.as(Role.AUDITOR)
                .request()
                .get("/console/changelog/" + first)
                .then()
                .body(not(containsString("Restore this version")));
    }

    @Test
    void a_row_of_a_definition_leads_to_that_version_in_its_history() {
        var name = "Restored " + ++made;
        admin.request()
                .formParams(form(name, "event equals \"First\"", ""))
                .post("/console/definitions")
                .then()
                .statusCode(303);
        var id = defined(name);
        admin.request()
                .formParams(form(name, "event equals \"Second\"", "0"))
                .post("/console/definitions/" + id)
                .then()
                .statusCode(303);
        var rows = all("definition", id);
        long first = rows.get(rows.size() - 1).sequence();

        var link = "/console/definitions/" + id + "/history?row=" + first;
        admin.request().get("/console/changelog/" + first).then().body(containsString(link));
        admin.request()
                .get(link)
                .then()
                .statusCode(200)
                .body(containsString("First"), containsString("Restore this version"));
        // Nothing is changed before somebody asks and somebody agrees.
        assertThat(all("definition", id)).hasSize(rows.size());
    }

    @Test
    void a_row_about_something_else_restores_nothing() {
        var name = "Restored " + ++made;
        admin.request().formParams(form(name, "event equals \"First\"", "")).post("/console/definitions");
        var id = defined(name);

        admin.request()
                .get("/console/definitions/" + id + "/history?row=1")
                .then()
                .statusCode(404);
        admin.request()
                .formParams("kind", "definition", "object", id, "row", 1, "version", 0, "reason", "As it was")
                .post("/console/restorations")
                .then()
                .statusCode(422);
    }
}
