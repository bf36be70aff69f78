package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.proof.Statement;
import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.WholeToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cycle from its opening to its report, as programs see it; what the conventions of all operations ask is asked elsewhere. */
@QuarkusTest
class ReviewsResourceTest {

    private static final String HOME = "/api/v1/reviews";

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private String ada = "";
    private String eve = "";

    @BeforeEach
    void an_admin_and_an_auditor() {
        ada = WholeToken.of("programmed-ada", Role.ADMIN, sql);
        eve = WholeToken.of("programmed-eve", Role.AUDITOR, sql);
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static Response send(String token, String path, Map<String, ?> body) {
        return with(token).contentType("application/json").body(body).post(path);
    }

    private static Response edit(String token, String thing, String what, Map<String, ?> body) {
        return with(token)
                .contentType("application/json")
                .header("If-Match", with(token).get(thing).header("ETag"))
                .body(body)
                .post(thing + what);
    }

    private Response opened() {
        return send(
                ada,
                HOME,
                Map.of(
                        "name", "Programmed",
                        "due", LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                        "matters", List.of("privacy"),
                        "environments", List.of("development")));
    }

    @Test
    void a_cycle_is_opened_signed_confirmed_closed_and_reported() {
        var opened = opened();
        assertThat(opened.statusCode()).isEqualTo(201);
        var cycle = opened.header("Location").replaceFirst("^https?://[^/]+", "");
        assertThat(with(ada).get(cycle).<String>path("tasks[0].title")).isEqualTo("Privacy rules of development");
        var task = cycle + "/tasks/1";
        var look = with(ada).get(task);
        assertThat(CanonicalJson.hash(look.path("evidence"))).isEqualTo(look.path("evidenceSha256"));
        assertThat(look.<Boolean>path("changed")).isFalse();
        assertThat(with(ada).get(cycle + "/report").statusCode()).isEqualTo(404);
        assertThat(with(ada).get(HOME + "/mine").jsonPath().getList("cycle", Integer.class))
                .contains(opened.<Integer>path("number"));

        var signed = edit(ada, task, "/sign", Map.of("outcome", "needs-work", "words", "Too much is kept"));
        assertThat(signed.<String>path("state")).isEqualTo("signed");
        assertThat(send(eve, task + "/counter-sign", Map.of()).statusCode()).isEqualTo(428);
        var hash = signed.<String>path("signature.sha256");
        assertThat(send(eve, task + "/counter-sign", Map.of("hash", "another")).statusCode())
                .isEqualTo(412);
        assertThat(send(eve, task + "/counter-sign", Map.of("hash", hash)).<String>path("counterSigned.by.name"))
                .isEqualTo("programmed-eve");
        assertThat(send(eve, task + "/counter-sign", Map.of("hash", hash)).statusCode())
                .isEqualTo(412);
        var closed = edit(ada, cycle, "/close", Map.of());
        assertThat(closed.<String>path("state")).isEqualTo("closed");

        var report = with(eve).get(cycle + "/report");
        var statement =
                Statement.of(report.path("note"), log.key().orElseThrow()).orElseThrow();
        assertThat(CanonicalJson.sha256(statement.content()))
                .isEqualTo(report.path("sha256"))
                .isEqualTo(closed.path("closed.report"));
        assertThat(report.<String>path("report.tasks[0].signature.words")).isEqualTo("Too much is kept");
        assertThat(report.<String>path("report.tasks[0].evidenceSha256"))
                .isEqualTo(CanonicalJson.hash(report.path("report.tasks[0].evidence")));
    }

    @Test
    void the_signed_file_is_the_report_of_the_interface() {
        var cycle = opened().<Integer>path("number");
        edit(ada, HOME + "/" + cycle, "/close", Map.of("reason", "It was a mistake"));

        var file = SignedIn.as(Role.DEVELOPER).request().get("/console/reviews/" + cycle + "/report.txt");

        assertThat(file.header("Content-Disposition")).contains("weir-review-" + cycle + ".txt");
        assertThat(file.asString())
                .isEqualTo(with(ada).get(HOME + "/" + cycle + "/report").path("note"));
    }

    @Test
    void what_can_not_be_opened_is_refused_in_words() {
        var wrong = send(ada, HOME, Map.of("name", "Q1", "due", "soon", "matters", List.of("access")));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.<String>path("detail")).startsWith("Say by which day");

        var replay = send(ada, HOME, Map.of("name", "Q1", "due", "2026-01-01", "matters", List.of("replay")));
        assertThat(replay.statusCode()).isEqualTo(422);
        assertThat(replay.<String>path("detail")).startsWith("Say what is to be reviewed");
    }
}
