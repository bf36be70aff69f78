package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.environment.Environments;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.Endpoints.Endpoint;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever takes a file away is in the log: by a page and by a program. */
@QuarkusTest
class ExportsAreToldTest {

    @Inject
    ChangeLog log;

    @Inject
    Environments environments;

    @ParameterizedTest
    @CsvSource({
        "/console/changelog/export.ndjson, changelog, ndjson, ''",
        "/console/changelog/export.csv?kind=app-id&environment=production, changelog, csv, ''",
        "/console/definitions/export?kind=yaml, catalog, yaml, ''",
        "/console/development/code/file, policy-file, inforce, development",
        "/console/development/artifacts/{app}, artifact-pack, {app}, development",
        "/api/v1/changelog/export.ndjson, changelog, ndjson, ''",
        "/api/v1/changelog/export.csv?kind=app-id&environment=production, changelog, csv, ''",
        "/api/v1/definitions/export?kind=csv, catalog, csv, ''",
        "/api/v1/policy/development/code?of=draft, policy-file, draft, development",
        "/api/v1/artifacts/development/{app}, artifact-pack, {app}, development",
        "/console/development/policy/1.json, policy-file, revision-1, development",
        "/console/reviews/{number}/report.txt, review-cycle, {number}, ''",
        "/api/v1/reviews/{number}/report, review-cycle, {number}, ''",
    })
    void who_takes_a_file_away_is_told(String written, String kind, String named, String environment) {
        var app = environments
                .named("development")
                .orElseThrow()
                .working(Instant.now())
                .get(0)
                .id()
                .digits();
        var cycle = written.contains("{number}") ? closedCycle() : "";
        var address = written.replace("{app}", app).replace("{number}", cycle);
        var file = named.replace("{app}", app).replace("{number}", cycle);
        var auditor = SignedIn.as(Role.AUDITOR);
        boolean program = address.startsWith("/api/");
        var request = program
                ? SignedIn.anonymous()
                        .header("Authorization", "Bearer " + auditor.token("Export of " + kind + " " + file, "read"))
                : auditor.request();
        long before = newest().sequence();

        request.get(address).then().statusCode(200);

        var told = newest();
        assertThat(told.sequence()).isEqualTo(before + 1);
        assertThat(told.action()).isEqualTo("exported");
        assertThat(told.kind()).isEqualTo(kind);
        assertThat(told.object()).isEqualTo(file);
        assertThat(told.environment()).isEqualTo(environment);
        assertThat(told.means()).isEqualTo(program ? "token" : "session");
        if (address.contains("app-id")) {
            assertThat(told.after().get("kind")).isEqualTo("app-id");
            assertThat(told.after().get("environment")).isEqualTo("production");
        }
    }

    /** A review cycle that nobody has signed anything of. */
    private static String closedCycle() {
        var admin = SignedIn.as(Role.ADMIN).token("Closes a cycle", "all");
        var opened = SignedIn.anonymous()
                .header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "To be exported",
                        "due",
                        LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                        "matters",
                        List.of("privacy"),
                        "environments",
                        List.of("development")))
                .post("/api/v1/reviews");
        opened.then().statusCode(201);
        var cycle = opened.path("number").toString();
        SignedIn.anonymous()
                .header("Authorization", "Bearer " + admin)
                .header("If-Match", opened.header("ETag"))
                .contentType("application/json")
                .body(Map.of("reason", "Only its report is wanted"))
                .post("/api/v1/reviews/" + cycle + "/close")
                .then()
                .statusCode(200);
        return cycle;
    }

    /** Addresses of files that {@link #who_takes_a_file_away_is_told} takes. */
    private static final Set<String> TOLD = Set.of(
            "/console/changelog/export.ndjson",
            "/console/changelog/export.csv",
            "/console/definitions/export",
            "/console/{environment}/code/file",
            "/console/{environment}/artifacts/{app}",
            "/console/{environment}/policy/{number}.json",
            "/console/reviews/{number}/report.txt",
            "/api/v1/changelog/export.ndjson",
            "/api/v1/changelog/export.csv",
            "/api/v1/definitions/export",
            "/api/v1/policy/{environment}/code",
            "/api/v1/artifacts/{environment}/{app}");

    private static final String PROOF =
            "hashes and signatures, of nobody and nothing; whoever keeps them outside fetches them again and again";

    /** Files that are taken away untold, and why. */
    private static final Map<String, String> UNTOLD = Map.of(
            "/console/changelog/key", PROOF,
            "/console/changelog/checkpoints/{size}", PROOF,
            "/console/changelog/proofs/consistency", PROOF,
            "/console/changelog/proofs/inclusion", PROOF,
            "/api/v1/snippets/{environment}/{app}/{way}", "what every page of a site carries",
            "/api/v1/changelog/key", PROOF,
            "/api/v1/changelog/checkpoints/{size}", PROOF);

    /** Whatever the console answers to GET and is no page, and the interface and is no JSON, is a file. */
    @Test
    void a_new_file_is_told_or_it_is_said_why_not() {
        var files = Endpoints.all().stream()
                .filter(endpoint -> endpoint.method().equals("GET"))
                .filter(ExportsAreToldTest::file)
                .map(Endpoint::path)
                .collect(Collectors.toSet());

        assertThat(files)
                .isEqualTo(
                        Stream.concat(TOLD.stream(), UNTOLD.keySet().stream()).collect(Collectors.toSet()));
    }

    private static boolean file(Endpoint endpoint) {
        var kinds = endpoint.code()
                .tryGetAnnotationOfType(Produces.class)
                .or(() -> endpoint.code().getOwner().tryGetAnnotationOfType(Produces.class))
                .map(produces -> Set.of(produces.value()))
                .orElse(Set.of(MediaType.APPLICATION_JSON));
        boolean program = endpoint.path().startsWith("/api/v1/");
        return (program || endpoint.path().startsWith("/console"))
                && !endpoint.page()
                && !kinds.contains(MediaType.SERVER_SENT_EVENTS)
                && !(program && kinds.equals(Set.of(MediaType.APPLICATION_JSON)));
    }

    private Row newest() {
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
    }
}
