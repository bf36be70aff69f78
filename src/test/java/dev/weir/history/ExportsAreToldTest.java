package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.environment.Environments;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
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
    })
    void who_takes_a_file_away_is_told(String written, String kind, String named, String environment) {
        var app = environments
                .named("development")
                .orElseThrow()
                .working(Instant.now())
                .get(0)
                .id()
                .digits();
        var address = written.replace("{app}", app);
        var file = named.replace("{app}", app);
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

    private Row newest() {
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
    }
}
