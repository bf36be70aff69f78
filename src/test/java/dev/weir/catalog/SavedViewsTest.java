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
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SavedViewsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Query CLICKS = new Query("", "", "click", "", "", "");
    private static final String HOME = "/api/v1/definitions/views";

    @Inject
    SavedViews views;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private Acting somebody(String role) {
        return Acting.as("viewer-" + COUNT.incrementAndGet(), role, sql);
    }

    private List<String> told(String id) {
        return log
                .find(new Filter("", "saved-view", id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 10)
                .stream()
                .map(Row::action)
                .toList();
    }

    private static Response send(String method, String path, String match, Map<String, ?> body) {
        var request = given().contentType("application/json").body(body);
        return (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_view_is_saved_changed_and_removed_by_a_program_and_each_change_is_told() {
        var name = "Clicks of the shop " + COUNT.incrementAndGet();

        var made = send("POST", HOME, "", Map.of("name", name, "query", Map.of("type", "click", "category", "Shop")));
        String id = made.path("id");
        var one = HOME + "/" + id;
        var other = Map.of("name", name + " again", "shared", true, "query", Map.of("tag", "cart"));
        int blind = send("PUT", one, "", other).statusCode();
        int late = send("PUT", one, "\"7\"", other).statusCode();
        var changed = send("PUT", one, "\"0\"", other);
        var listed = given().get(HOME).jsonPath();
        int early = send("DELETE", one, "\"0\"", Map.of()).statusCode();
        int removed = send("DELETE", one, "\"1\"", Map.of()).statusCode();

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"0\"");
        assertThat(made.header("Location")).endsWith(one);
        assertThat(made.<Boolean>path("shared")).isFalse();
        assertThat(made.<String>path("query.category")).isEqualTo("Shop");
        assertThat(List.of(blind, late)).containsExactly(428, 412);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"1\"");
        assertThat(listed.getString("views.find { it.id == '" + id + "' }.query.tag"))
                .isEqualTo("cart");
        assertThat(listed.getBoolean("views.find { it.id == '" + id + "' }.mine"))
                .isTrue();
        assertThat(List.of(early, removed)).containsExactly(412, 204);
        assertThat(given().get(one).statusCode()).isEqualTo(404);
        assertThat(told(id)).containsExactly("removed", "changed", "created");
    }

    @Test
    void whom_a_view_asks_for_is_erased_with_the_person() {
        var dora = somebody(Role.DEVELOPER);
        var login = "asked-for-" + COUNT.incrementAndGet();
        var olga = Acting.as(login, Role.DEVELOPER, sql);
        var hers = new Query("", "", "", "", "Person " + login, "");
        var view = dora.does(() -> views.save("Hers", hers, false)).view().orElseThrow();
        var filter = new Filter("", "saved-view", view.id(), "", Optional.empty(), Optional.empty());
        var row = log.find(filter, Long.MAX_VALUE, 1).get(0);

        assertThat(row.content()).doesNotContain(login);
        assertThat(row.open(row.after().get("filter"))).contains("owner=Person+" + login);
        log.erasePerson(olga.subject(), Actor.SYSTEM, "She asked for it");
        assertThat(log.find(filter, Long.MAX_VALUE, 1).get(0).open(row.after().get("filter")))
                .isEmpty();
    }

    @Test
    void what_somebody_keeps_to_themselves_nobody_else_sees_not_even_an_admin() {
        var dora = somebody(Role.DEVELOPER);
        var ada = somebody(Role.ADMIN);
        var mine = dora.does(() -> views.save("Mine", CLICKS, false)).view().orElseThrow();

        assertThat(dora.does(() -> views.list())).contains(mine);
        assertThat(ada.does(() -> views.list())).doesNotContain(mine);
        assertThat(ada.does(() -> views.find(mine.id()))).isEmpty();
        assertThat(ada.does(() -> views.change(mine.id(), "Yours", CLICKS, true, 0))
                        .outcome())
                .isEqualTo(ViewOutcome.UNKNOWN);
        assertThat(ada.does(() -> views.remove(mine.id(), 0))).isEqualTo(ViewOutcome.UNKNOWN);
        assertThat(dora.does(() -> views.find(mine.id()))).contains(mine);
    }

    @Test
    void what_is_shared_all_see_its_maker_changes_and_an_admin_may_remove() {
        var dora = somebody(Role.DEVELOPER);
        var nora = somebody(Role.ARCHITECT);
        var ada = somebody(Role.ADMIN);
        var ours = dora.does(() -> views.save("Ours", CLICKS, true)).view().orElseThrow();

        assertThat(somebody(Role.AUDITOR).does(() -> views.list())).contains(ours);
        assertThat(nora.does(() -> views.change(ours.id(), "Hers", CLICKS, true, 0))
                        .outcome())
                .isEqualTo(ViewOutcome.NOT_YOURS);
        assertThat(nora.does(() -> views.remove(ours.id(), 0))).isEqualTo(ViewOutcome.NOT_YOURS);
        assertThat(ada.does(() -> views.change(ours.id(), "Theirs", CLICKS, true, 0))
                        .outcome())
                .isEqualTo(ViewOutcome.NOT_YOURS);
        assertThat(told(ours.id())).containsExactly("created");
        assertThat(ada.does(() -> views.remove(ours.id(), 0))).isEqualTo(ViewOutcome.DONE);
        assertThat(told(ours.id())).containsExactly("removed", "created");
    }

    @Test
    void a_view_that_is_kept_to_oneself_again_is_gone_for_the_others() {
        var dora = somebody(Role.DEVELOPER);
        var ours =
                dora.does(() -> views.save("For a while", CLICKS, true)).view().orElseThrow();

        dora.does(() -> views.change(ours.id(), "For a while", CLICKS, false, 0));

        assertThat(somebody(Role.ADMIN).does(() -> views.find(ours.id()))).isEmpty();
        assertThat(dora.does(() -> views.find(ours.id())).orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void a_name_is_taken_once_for_each_person_whatever_its_case() {
        var dora = somebody(Role.DEVELOPER);
        var first = dora.does(() -> views.save("Funnel", CLICKS, false)).view().orElseThrow();
        var second = dora.does(() -> views.save("Cart", CLICKS, false)).view().orElseThrow();

        assertThat(dora.does(() -> views.save("FUNNEL", CLICKS, false)).outcome())
                .isEqualTo(ViewOutcome.TAKEN);
        assertThat(dora.does(() -> views.change(second.id(), "funnel", CLICKS, false, 0))
                        .outcome())
                .isEqualTo(ViewOutcome.TAKEN);
        assertThat(dora.does(() -> views.change(first.id(), "FUNNEL", CLICKS, false, 0))
                        .outcome())
                .isEqualTo(ViewOutcome.DONE);
        assertThat(somebody(Role.DEVELOPER)
                        .does(() -> views.save("Funnel", CLICKS, true))
                        .outcome())
                .isEqualTo(ViewOutcome.DONE);
    }

    @Test
    void of_many_who_save_the_same_name_at_once_one_does() throws Exception {
        var dora = somebody(Role.DEVELOPER);
        Callable<SavedViews.Result> saving = () -> views.save("At once", CLICKS, false);

        var results = Stream.generate(() -> dora.starts(saving)).limit(8).toList();

        int done = 0;
        for (var result : results) {
            done += result.get().outcome() == ViewOutcome.DONE ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
        assertThat(dora.does(() -> views.list()).stream()
                        .filter(view -> view.name().equals("At once")))
                .hasSize(1);
    }

    @Test
    void nobody_has_more_than_a_hundred() {
        var dora = somebody(Role.DEVELOPER);
        IntStream.range(0, SavedViews.MOST).forEach(i -> dora.does(() -> views.save("Number " + i, CLICKS, false)));

        assertThat(dora.does(() -> views.save("One more", CLICKS, false)).outcome())
                .isEqualTo(ViewOutcome.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "'', click, '', NAMELESS",
        "' ', click, '', NAMELESS",
        "A name, '', '', EMPTY",
        "A name, hover, '', TOO_LONG",
        "A name, session, '', TOO_LONG",
        "A name, click, never, TOO_LONG"
    })
    void what_is_no_view_is_refused(String name, String type, String status, ViewOutcome outcome) {
        var query = new Query("", status, type, "", "", "");

        assertThat(somebody(Role.DEVELOPER)
                        .does(() -> views.save(name, query, false))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void more_than_a_field_holds_is_refused() {
        var dora = somebody(Role.DEVELOPER);

        assertThat(dora.does(() -> views.save("x".repeat(101), CLICKS, false)).outcome())
                .isEqualTo(ViewOutcome.NAMELESS);
        for (var query : List.of(
                new Query("x".repeat(201), "", "", "", "", ""),
                new Query("", "", "", "x".repeat(65), "", ""),
                new Query("", "", "", "", "x".repeat(201), ""),
                new Query("", "", "", "", "", "x".repeat(201)),
                new Query("\0", "", "", "", "", ""))) {
            assertThat(dora.does(() -> views.save("A name", query, false)).outcome())
                    .isEqualTo(ViewOutcome.TOO_LONG);
        }
    }

    @Test
    void the_list_offers_views_and_saves_what_it_shows() {
        var developer = SignedIn.as(Role.DEVELOPER);
        var name = "Verified funnel " + COUNT.incrementAndGet();
        var typed = developer
                .request()
                .header("HX-Request", "true")
                .queryParams("status", "verified", "tag", "funnel")
                .get("/console/definitions")
                .asString();

        var saved = developer
                .request()
                .formParams("name", name, "status", "verified", "tag", "funnel")
                .post("/console/definitions/views");
        var list = developer
                .request()
                .queryParams("status", "verified", "tag", "funnel")
                .get("/console/definitions")
                .asString();
        var kept = developer.request().get("/console/definitions/views").asString();

        assertThat(typed)
                .contains("name=\"status\" value=\"verified\"", "name=\"tag\" value=\"funnel\"", "Save the view");
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(saved.header("Location")).endsWith("/console/definitions?status=verified&tag=funnel");
        assertThat(list).contains("status=verified&amp;tag=funnel\" aria-current=\"page\">" + name);
        assertThat(kept).contains(name, "only you", "Test Developer");
        assertThat(SignedIn.as(Role.ADMIN)
                        .request()
                        .get("/console/definitions/views")
                        .asString())
                .doesNotContain(name);
        assertThat(SignedIn.as(Role.AUDITOR)
                        .request()
                        .queryParam("status", "verified")
                        .get("/console/definitions")
                        .asString())
                .doesNotContain("Save the view");
    }

    @Test
    void a_refusal_says_why_beside_the_views() {
        var developer = SignedIn.as(Role.DEVELOPER);
        var form = Map.of("name", "Twice " + COUNT.incrementAndGet(), "type", "submit");
        developer.request().formParams(form).post("/console/definitions/views");

        var again = developer.request().formParams(form).post("/console/definitions/views");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.asString()).contains("You have a view of this name already.");
    }
}
