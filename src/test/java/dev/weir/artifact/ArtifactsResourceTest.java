package dev.weir.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.Actor;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Program;
import dev.weir.testsupport.SignedIn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The artifact pack of an App ID, as a program and as a person take it away. */
@QuarkusTest
class ArtifactsResourceTest {

    private static Program program = new Program("");
    private static String place = "";
    private static String app = "";

    @Inject
    ChangeLog log;

    @BeforeEach
    void an_environment_with_two_revisions() {
        if (place.isEmpty()) {
            program = Program.of(Role.ADMIN, "Packs");
            place = "with-packs";
            program.environment(place, "Packs & more");
            app = program.app(place);
            program.asks()
                    .header("If-Match", "\"0\"")
                    .body(Map.of("label", "Shop <b>one</b>", "origins", List.of("https://shop.example")))
                    .put("/api/v1/environments/" + place + "/app-ids/" + app)
                    .then()
                    .statusCode(200);
            published("{\"version\":1,\"events\":[\"typed a secret\"],\"retention\":{\"events\":90}}");
        }
    }

    private static void published(String policy) {
        var draft = "/api/v1/policy/" + place + "/draft";
        var tag = program.asks().get(draft).header("ETag");
        var next = program.asks().header("If-Match", tag).body(policy).put(draft);
        assertThat(next.statusCode()).as(next.asString()).isEqualTo(200);
        var done = program.asks()
                .header("If-Match", next.header("ETag"))
                .body(Map.of("reason", "The pack is to have it"))
                .post("/api/v1/policy/" + place + "/publish");
        assertThat(done.statusCode()).as(done.asString()).isBetween(200, 201);
    }

    private static Response pack() {
        return program.asks().get("/api/v1/artifacts/" + place + "/" + app);
    }

    @Test
    void it_holds_what_the_runbook_lists_as_it_is_in_force_and_says_what_there_is_not() throws Exception {
        var answer = pack();

        assertThat(answer.contentType()).isEqualTo("application/zip");
        var files = PackTest.files(answer.asByteArray());
        assertThat(files.keySet())
                .contains(
                        "README.md",
                        "SHA256SUMS",
                        "manifest.json",
                        "app-id.json",
                        "snippet/direct.html",
                        "snippet/consent.html",
                        "snippet/gtm.html",
                        "snippet/content-security-policy.txt",
                        "privacy/rules.md",
                        "privacy/environment.weir.yaml",
                        "privacy/policy.json",
                        "definitions/definitions.yaml",
                        "definitions/owners.md",
                        "identity/README.md",
                        "server/README.md",
                        "server/curl.sh",
                        "server/track.py",
                        "server/Track.java",
                        "server/track.mjs",
                        "governance/README.md",
                        "governance/revisions.json",
                        "consent/README.md");
        assertThat(PackTest.file(files, "README.md"))
                .contains("Session replay configuration | **nothing**")
                .contains("Packs \\& more")
                .contains("Shop \\<b\\>one\\</b\\>")
                .contains("https://shop.example")
                .doesNotContain("__");
        assertThat(files.values()).noneMatch(text -> text.contains("__APP_ID__") || text.contains("__SERVER__"));
        assertThat(PackTest.file(files, "privacy/rules.md")).contains("The custom event “typed a secret” is dropped.");
        assertThat(PackTest.file(files, "governance/README.md"))
                .contains("The custom event “typed a secret” is dropped.")
                .contains("Events are kept for 90 days.")
                .contains("The pack is to have it");
        assertThat(PackTest.file(files, "identity/README.md")).contains("One device may use 10 identities.");
        assertThat(PackTest.file(files, "consent/README.md")).contains("Events are captured unless consent is denied.");
        assertThat(PackTest.file(files, "server/README.md")).contains(app).contains("requires no server key");
        assertThat(PackTest.file(files, "snippet/direct.html"))
                .isEqualTo(program.asks()
                        .get("/api/v1/snippets/" + place + "/" + app + "/direct")
                        .asString());
    }

    @Test
    void each_hash_is_true_and_the_policy_is_the_one_that_is_enforced() throws Exception {
        var answer = pack();

        var files = PackTest.files(answer.asByteArray());
        var sums = PackTest.file(files, "SHA256SUMS");
        assertThat(sums.lines()).hasSize(files.size() - 2).allSatisfy(line -> {
            var parts = line.split("  ", 2);
            assertThat(CanonicalJson.sha256(PackTest.file(files, parts[1])))
                    .as(parts[1])
                    .isEqualTo(parts[0]);
        });
        assertThat(answer.header("ETag")).isEqualTo("\"" + CanonicalJson.sha256(sums) + "\"");
        assertThat(answer.header("Repr-Digest")).startsWith("sha-256=:");
        String hash = program.asks().get("/api/v1/policy/" + place).path("hash");
        assertThat(CanonicalJson.sha256(PackTest.file(files, "privacy/policy.json")))
                .isEqualTo(hash);
        var manifest = new ObjectMapper().readTree(PackTest.file(files, "manifest.json"));
        assertThat(manifest.at("/revision/hash").asText()).isEqualTo(hash);
        assertThat(manifest.at("/revision/number").asLong()).isEqualTo(revision());
        SignedIn.anonymous()
                .header("Authorization", "Bearer " + program.token())
                .contentType("application/yaml")
                .body(PackTest.file(files, "privacy/environment.weir.yaml").getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/policy/" + place + "/code/drift")
                .then()
                .statusCode(200);
    }

    @Test
    void what_the_change_log_says_of_the_revision_is_in_it_and_the_checkpoint_that_seals_it() throws Exception {
        var told = publication();
        var checkpoint = covered(told);

        var files = PackTest.files(pack().asByteArray());

        assertThat(PackTest.file(files, "governance/README.md"))
                .contains("Row " + told.sequence() + ",")
                .contains(told.hash());
        assertThat(PackTest.file(files, "governance/changelog.key"))
                .isEqualTo(log.key().orElseThrow().line() + "\n");
        assertThat(PackTest.file(files, "governance/checkpoint.txt")).isEqualTo(checkpoint.note());
    }

    @Test
    void the_same_content_is_the_same_bytes_for_whoever_takes_it_and_nobody_takes_what_they_have() {
        // Once a checkpoint seals the revision it stays the same, whatever else is written.
        covered(publication());
        var first = pack();
        var second = SignedIn.as(Role.AUDITOR).request().get("/console/" + place + "/artifacts/" + app);
        int told = taken();

        var third = program.asks()
                .header("If-None-Match", first.header("ETag"))
                .get("/api/v1/artifacts/" + place + "/" + app);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(second.header("Content-Disposition")).contains("weir-" + place + "-" + app + ".zip");
        assertThat(third.statusCode()).isEqualTo(304);
        assertThat(third.asByteArray()).isEmpty();
        assertThat(taken()).isEqualTo(told);
    }

    @Test
    void another_revision_is_another_pack() {
        var before = pack().header("ETag");

        published("{\"version\":1,\"events\":[\"typed a secret\",\"another one\"],\"retention\":{\"events\":90}}");

        assertThat(pack().header("ETag")).isNotEqualTo(before);
    }

    @Test
    void a_server_key_is_asked_for_and_never_in_it() {
        var keyed = program.keyed(place);

        var answer = program.asks()
                .get("/api/v1/artifacts/" + place + "/" + keyed.app())
                .asString();

        assertThat(answer)
                .contains("requires its server key")
                .contains("WEIR_SERVER_KEY")
                .doesNotContain(keyed.key())
                .doesNotContain(CanonicalJson.sha256(keyed.key()));
    }

    @Test
    void for_an_app_id_that_has_retired_or_is_elsewhere_there_is_none() {
        var retired = program.retired(place);

        program.asks().get("/api/v1/artifacts/" + place + "/" + retired).then().statusCode(404);
        program.asks().get("/api/v1/artifacts/development/" + app).then().statusCode(404);
    }

    @Test
    void the_page_of_the_snippet_offers_it() {
        var page = SignedIn.as(Role.DEVELOPER).request().get("/console/" + place + "/snippet?app=" + app);

        assertThat(page.asString()).contains("href=\"/console/" + place + "/artifacts/" + app + "\"");
    }

    private static long revision() {
        return ((Number) program.asks().get("/api/v1/policy/" + place).path("number")).longValue();
    }

    /** The row of the revision in force. */
    private Row publication() {
        return log.find(about("policy", place), Long.MAX_VALUE, 50).stream()
                .filter(row -> Long.valueOf(revision()).equals(row.after().get("revision")))
                .findFirst()
                .orElseThrow();
    }

    /** A checkpoint is signed every 100 rows: adds as many as it takes. */
    private ChangeLog.Checkpoint covered(Row row) {
        while (log.checkpointOver(row.sequence()).isEmpty()) {
            QuarkusTransaction.requiringNew()
                    .run(() -> log.write(Entry.of(Actor.SYSTEM, "tried", Thing.of("artifact-pack", "none"))));
        }
        return log.checkpointOver(row.sequence()).orElseThrow();
    }

    private int taken() {
        return log.find(about("artifact-pack", app), Long.MAX_VALUE, 1000).size();
    }

    private static Filter about(String kind, String object) {
        return new Filter("", kind, object, place, Optional.empty(), Optional.empty());
    }
}
