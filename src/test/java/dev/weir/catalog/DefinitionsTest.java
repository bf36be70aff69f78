package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.testsupport.Acting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DefinitionsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    DefinitionRows rows;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    @Inject
    Definitions definitions;

    /** In a transaction that nobody else sees and that is rolled back. */
    @Test
    void there_are_so_many_definitions_and_no_more() {
        var ada = Acting.as("defining-many", Role.ADMIN, sql);
        var form = new Form(name(), "click", "text equals \"Buy\"", "", "", "", "", "high", "team", "");
        var details = form.read().details().orElseThrow();

        var outcome = ada.does(() -> {
            QuarkusTransaction.begin();
            try {
                var then = Instant.parse("2026-01-01T00:00:00Z");
                for (long i = rows.count(); i < Definitions.MOST; i++) {
                    sql.change(
                            "insert into definition (id, name, sort_name, type, filter, category, tags, description, context, criticality,"
                                    + " status, search_text, authors, created_by, created_by_name, created_at, changed_by, changed_by_name,"
                                    + " changed_at) values (?, 'Many', 'many', 'click', '', '', '', '', '', 'low', 'archived', '', '', 'a', 'A',"
                                    + " ?, 'a', 'A', ?)",
                            "many-" + i,
                            then,
                            then);
                }
                return definitions.create(details, true).outcome();
            } finally {
                QuarkusTransaction.rollback();
            }
        });

        assertThat(outcome).isEqualTo(Outcome.TOO_MANY);
    }

    private static Map<String, Object> body(String name) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("type", "click");
        body.put("filter", "selector matches \".add-to-cart-btn\" and not path starts with \"/test\"");
        body.put("category", "Shop");
        body.put("tags", List.of("cart", "funnel"));
        body.put("owner", Map.of("kind", "team", "name", "Growth"));
        return body;
    }

    private static String name() {
        return "Definition " + COUNT.incrementAndGet();
    }

    private static Response create(Map<String, Object> body) {
        return given().contentType("application/json").body(body).post("/api/v1/definitions");
    }

    private static Response move(String id, long version, String status) {
        return given().contentType("application/json")
                .header("If-Match", "\"" + version + "\"")
                .body(Map.of("status", status, "reason", "because"))
                .post("/api/v1/definitions/" + id + "/status");
    }

    private static Response change(String id, long version, Map<String, Object> body) {
        return given().contentType("application/json")
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .put("/api/v1/definitions/" + id);
    }

    /** Somebody else's shared definition, in review. */
    private Definition inReview(Optional<Owner> owner) {
        var form = new Form(name(), "click", "text equals \"Buy\"", "", "", "", "", "high", "team", "");
        var details = form.read().details().orElseThrow();
        var hand = new Hand("somebody", "Somebody", java.time.Instant.parse("2026-01-01T00:00:00Z"));
        var made = new Definition(
                "id-" + COUNT.incrementAndGet(),
                new Details(
                        details.name(),
                        details.type(),
                        details.filter(),
                        "",
                        List.of(),
                        "",
                        "",
                        Criticality.HIGH,
                        owner),
                Status.IN_REVIEW,
                false,
                java.util.Set.of("somebody"),
                hand,
                hand,
                Optional.empty(),
                0);
        rows.add(made);
        return made;
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_definition_is_drafted_found_and_changed() {
        var name = name();

        var made = create(body(name));
        String id = made.path("id");
        var changed = change(id, 0, body(name + " again"));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"0\"");
        assertThat(made.header("Location")).endsWith("/api/v1/definitions/" + id);
        assertThat(changed.statusCode()).isEqualTo(200);
        var read = JsonPath.from(given().get("/api/v1/definitions/" + id).asString());
        assertThat(read.getString("name")).isEqualTo(name + " again");
        assertThat(read.getString("filter"))
                .isEqualTo("selector matches \".add-to-cart-btn\" and not path starts with \"/test\"");
        assertThat(read.getString("status")).isEqualTo("draft");
        assertThat(read.getList("tags")).isEqualTo(List.of("cart", "funnel"));
        assertThat(read.getString("owner.name")).isEqualTo("Growth");
        assertThat(read.getLong("version")).isEqualTo(1);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void each_change_writes_a_row_of_the_change_log() {
        var name = name();
        String id = create(body(name)).path("id");
        change(id, 0, body(name + " again"));
        change(id, 1, body(name + " again"));
        move(id, 1, "in-review");

        var rows =
                log.find(new Filter("", "definition", id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 10);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).content()).contains("in-review");
        assertThat(rows.get(1).content()).contains(name + " again");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void of_two_who_read_the_same_version_the_second_changes_nothing() {
        var name = name();
        String id = create(body(name)).path("id");

        var first = change(id, 0, body(name + " first"));
        var second = change(id, 0, body(name + " second"));
        var neither = given().contentType("application/json").body(body(name)).put("/api/v1/definitions/" + id);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.contentType()).startsWith("application/problem+json");
        assertThat(neither.statusCode()).isEqualTo(428);
        assertThat(given().get("/api/v1/definitions/" + id).<String>path("name"))
                .isEqualTo(name + " first");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void a_shared_name_is_taken_once_whatever_its_case() {
        var name = name();
        create(body(name));

        assertThat(create(body(name.toUpperCase(java.util.Locale.ROOT))).statusCode())
                .isEqualTo(409);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void nobody_verifies_what_they_wrote_themselves() {
        String id = create(body(name())).path("id");
        move(id, 0, "in-review");

        var answer = move(id, 1, "verified");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(given().get("/api/v1/definitions/" + id).<String>path("status"))
                .isEqualTo("in-review");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void nobody_verifies_what_they_own_themselves() {
        var definition = inReview(Optional.of(new Owner(false, "Ada")));

        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(403);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void who_hands_their_own_to_a_team_does_not_verify_it_then() {
        var definition = inReview(Optional.of(new Owner(false, "Ada")));
        var body = body(definition.name());
        body.put("filter", "text equals \"Buy\"");
        assertThat(change(definition.id(), 0, body).<String>path("status")).isEqualTo("in-review");

        assertThat(move(definition.id(), 1, "verified").statusCode()).isEqualTo(403);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void an_owner_is_an_account_and_stays_one_under_another_name() {
        var definition = inReview(Optional.of(new Owner(false, "Ada before she married", "ada")));

        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(403);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void who_let_its_owner_in_a_moment_ago_may_be_the_owner_and_does_not_verify_it() {
        var olga = Acting.as("let-in-" + COUNT.incrementAndGet(), Role.ARCHITECT, sql);
        var definition = inReview(Optional.of(new Owner(false, "Olga", olga.subject())));
        var account = olga.subject().substring("local:".length());
        sql.change(
                "insert into let_in (account, let_in_by, way, let_in_at) values (?, 'ada', 'link', ?)",
                account,
                java.time.Instant.now().minusSeconds(60));

        var refused = move(definition.id(), 0, "verified");
        sql.change("delete from let_in where account = ?", account);
        var verified = move(definition.id(), 0, "verified");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.asString()).contains("It takes a second person");
        assertThat(verified.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"description, draft", "context, draft", "criticality, verified", "category, verified"})
    @TestSecurity(user = "ada", roles = Role.ARCHITECT)
    void what_it_is_said_to_be_is_verified_with_it_and_how_it_is_filed_is_not(String field, String status) {
        var definition = inReview(Optional.of(new Owner(true, "Growth")));
        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(200);
        var body = body(definition.name());
        body.put("filter", "text equals \"Buy\"");
        body.put(field, "low");

        assertThat(change(definition.id(), 1, body).<String>path("status")).isEqualTo(status);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void whose_account_an_owner_is_is_kept_where_it_is_known() {
        var olga = Acting.as("owner-" + COUNT.incrementAndGet(), Role.DEVELOPER, sql);
        var name = sql.first(
                        "select name from account where 'local:' || id = ?", row -> row.getString(1), olga.subject())
                .orElseThrow();
        var body = body(name());
        body.put("owner", Map.of("kind", "person", "name", "Ada"));
        String mine = create(body).path("id");
        body.put("name", name());
        body.put("owner", Map.of("kind", "person", "name", name));
        String hers = create(body).path("id");

        assertThat(owner(mine)).isEqualTo("ada");
        assertThat(owner(hers)).isEqualTo(olga.subject());
    }

    private String owner(String id) {
        return rows.find(id, "").orElseThrow().details().owner().orElseThrow().subject();
    }

    /** In the log a name stands beside the row and never in it: else it could not be taken away. */
    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void the_name_of_an_owner_is_erased_with_the_person_or_with_the_row() {
        var login = "erased-" + COUNT.incrementAndGet();
        var olga = Acting.as(login, Role.DEVELOPER, sql);
        var body = body(name());
        body.put("owner", Map.of("kind", "person", "name", "Person " + login));
        String id = create(body).path("id");
        body.put("owner", Map.of("kind", "person", "name", "Somebody Else"));
        change(id, 0, body);

        assertThat(told(id))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.content()).doesNotContain("Person " + login, "Somebody Else"));
        assertThat(opened(told(id).get(1), true)).contains("person:Person " + login);
        assertThat(opened(told(id).get(0), false)).contains("person:Person " + login);
        assertThat(opened(told(id).get(0), true)).contains("person:Somebody Else");

        log.erasePerson(olga.subject(), Actor.SYSTEM, "She asked for it");
        assertThat(opened(told(id).get(1), true)).isEmpty();
        assertThat(opened(told(id).get(0), false)).isEmpty();
        assertThat(opened(told(id).get(0), true)).contains("person:Somebody Else");
        log.eraseRow(told(id).get(0).sequence(), Actor.SYSTEM, "They asked for it");
        assertThat(opened(told(id).get(0), true)).isEmpty();
    }

    private List<Row> told(String id) {
        return log.find(new Filter("", "definition", id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 10);
    }

    private static Optional<String> opened(Row row, boolean after) {
        return row.open((after ? row.after() : row.before()).get("owner"));
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ARCHITECT)
    void what_nobody_owns_is_not_verified() {
        var definition = inReview(Optional.empty());

        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"draft", "deprecated", "archived"})
    @TestSecurity(user = "ada", roles = Role.ARCHITECT)
    void only_what_is_in_review_is_verified(String status) {
        String id = create(body(name())).path("id");
        if (!status.equals("draft")) {
            move(id, 0, "archived");
        }

        assertThat(move(id, status.equals("draft") ? 0 : 1, "verified").statusCode())
                .isEqualTo(409);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ARCHITECT)
    void what_was_verified_is_a_draft_again_when_it_means_something_else_and_stays_verified_otherwise() {
        var definition = inReview(Optional.of(new Owner(true, "Growth")));
        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(200);
        var body = body(definition.name());
        body.put("filter", "text equals \"Buy\"");

        var same = change(definition.id(), 1, body);
        body.put("owner", null);
        var unowned = change(definition.id(), 2, body);
        body.put("filter", "text equals \"Sell\"");
        var other = change(definition.id(), 2, body);

        assertThat(same.<String>path("status")).isEqualTo("verified");
        assertThat(unowned.statusCode()).isEqualTo(422);
        assertThat(other.<String>path("status")).isEqualTo("draft");
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void what_is_in_review_is_a_draft_again_when_it_means_something_else_and_stays_in_review_otherwise() {
        var definition = inReview(Optional.of(new Owner(true, "Growth")));
        var body = body(definition.name());
        body.put("filter", "text equals \"Buy\"");

        var same = change(definition.id(), 0, body);
        body.put("filter", "text equals \"Sell\"");
        var other = change(definition.id(), 1, body);

        assertThat(same.<String>path("status")).isEqualTo("in-review");
        assertThat(other.<String>path("status")).isEqualTo("draft");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ARCHITECT)
    void authors_are_who_wrote_since_it_was_verified_last() {
        var definition = inReview(Optional.of(new Owner(true, "Growth")));
        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(200);
        assertThat(authors(definition)).isEmpty();
        var body = body(definition.name());
        body.put("filter", "text equals \"Sell\"");

        change(definition.id(), 1, body);
        move(definition.id(), 2, "in-review");

        // Who wrote what was verified may look at what is new; who wrote that may not.
        assertThat(authors(definition)).containsExactly("ada");
        assertThat(move(definition.id(), 3, "verified").statusCode()).isEqualTo(403);
    }

    private java.util.Set<String> authors(Definition definition) {
        return rows.find(definition.id(), "").orElseThrow().authors();
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_developer_neither_verifies_nor_touches_what_is_verified() {
        var definition = inReview(Optional.of(new Owner(true, "Growth")));

        assertThat(move(definition.id(), 0, "verified").statusCode()).isEqualTo(403);

        rows.change(new Definition(
                definition.id(),
                definition.details(),
                Status.VERIFIED,
                false,
                definition.authors(),
                definition.created(),
                definition.changed(),
                Optional.of(definition.changed()),
                0));
        assertThat(change(definition.id(), 1, body(name())).statusCode()).isEqualTo(403);
        assertThat(move(definition.id(), 1, "deprecated").statusCode()).isEqualTo(403);
    }

    @Test
    @TestSecurity(user = "otto", roles = Role.AUDITOR)
    void an_auditor_reads_and_changes_nothing() {
        var definition = inReview(Optional.empty());

        assertThat(given().get("/api/v1/definitions/" + definition.id()).statusCode())
                .isEqualTo(200);
        assertThat(create(body(name())).statusCode()).isEqualTo(403);
        assertThat(change(definition.id(), 0, body(name())).statusCode()).isEqualTo(403);
        assertThat(move(definition.id(), 0, "draft").statusCode()).isEqualTo(403);
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_personal_draft_is_seen_by_its_author_and_goes_nowhere_before_it_is_shared() {
        var name = name();
        var body = body(name);
        body.put("personal", true);
        String id = create(body).path("id");

        assertThat(rows.find(id, "somebody else")).isEmpty();
        assertThat(rows.inUse()).extracting(Definition::id).doesNotContain(id);
        assertThat(move(id, 0, "in-review").statusCode()).isEqualTo(409);
        var shared = given().header("If-Match", "\"0\"").post("/api/v1/definitions/" + id + "/share");
        assertThat(shared.<Boolean>path("personal")).isFalse();
        assertThat(move(id, 1, "in-review").statusCode()).isEqualTo(200);
        assertThat(rows.find(id, "somebody else")).isPresent();
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void a_list_is_read_page_by_page_and_searched() {
        var mark = "mark" + COUNT.incrementAndGet();
        for (int i = 0; i < 5; i++) {
            var body = body(name());
            body.put("description", "50% of " + mark);
            create(body);
        }

        var first = given().queryParam("q", "50% " + mark).get("/api/v1/definitions?limit=3");
        var second = given().queryParam("q", mark)
                .queryParam("cursor", first.<String>path("next"))
                .get("/api/v1/definitions?limit=3");

        assertThat(first.jsonPath().getList("definitions")).hasSize(3);
        assertThat(first.header("Link")).contains("cursor=").contains("next");
        assertThat(second.jsonPath().getList("definitions")).hasSize(2);
        assertThat(second.<String>path("next")).isNull();
        assertThat(first.jsonPath().getList("definitions.id"))
                .doesNotContainAnyElementsOf(second.jsonPath().getList("definitions.id"));
        assertThat(given().queryParam("q", "5_% " + mark)
                        .get("/api/v1/definitions")
                        .jsonPath()
                        .getList("definitions"))
                .isEmpty();
        assertThat(given().queryParam("cursor", "nonsense!")
                        .get("/api/v1/definitions")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void what_is_wrong_is_said_field_by_field_and_never_quoted() {
        var body = body("");
        body.put("type", "hover");
        body.put("filter", "colour equals \"s3cret\"");

        var answer = create(body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<String>path("detail"))
                .contains("name:", "type:", "filter: At character 1")
                .doesNotContain("s3cret");
    }
}
