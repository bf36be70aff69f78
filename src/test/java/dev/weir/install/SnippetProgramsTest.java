package dev.weir.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Programs;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The code for servers, run as it is copied, by the real programs. */
@QuarkusTest
class SnippetProgramsTest {

    private static final String KEY = "wsk_of-this-test-only";

    private final Snippets snippets = new Snippets();
    private final Tenant tenant = Tenant.development();

    @TempDir
    Path folder;

    enum Program {
        CURL("curl", "curl.sh") {
            @Override
            List<String> command(Path file) {
                Programs.find("curl", "curl");
                return List.of("/bin/sh", file.toString());
            }
        },
        PYTHON("python", "track.py") {
            @Override
            List<String> command(Path file) {
                return List.of(Programs.find("python3", "python3").toString(), file.toString());
            }
        },
        JAVA("java", "Track.java") {
            @Override
            List<String> command(Path file) {
                return List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), file.toString());
            }
        },
        NODE("node", "track.mjs") {
            @Override
            List<String> command(Path file) {
                return List.of(Programs.node().toString(), file.toString());
            }
        };

        final String way;
        final String file;

        Program(String way, String file) {
            this.way = way;
            this.file = file;
        }

        abstract List<String> command(Path file);
    }

    @ParameterizedTest
    @EnumSource
    void each_stores_one_event_and_no_second_one_when_it_runs_again(Program program) throws Exception {
        Renewal.now();

        assertThat(run(program, false, "")).matches("(?s).*accepted[\"']: ?1.*");
        assertThat(run(program, false, "")).matches("(?s).*duplicate[\"']: ?1.*");

        assertThat(tenant.rows(
                        "select name, identity from event where environment = ?",
                        tenant.environment().value()))
                .containsExactly("Subscription Renewed | user-4711");
    }

    @ParameterizedTest
    @EnumSource
    void each_takes_a_required_server_key_from_its_surroundings(Program program) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
        tenant.requireKey(HexFormat.of().formatHex(digest));
        Renewal.now();

        run(program, true, "another");
        assertThat(stored()).isZero();

        run(program, true, KEY);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void every_way_of_the_page_is_run_here() {
        assertThat(snippets.server(new AppId(tenant.app()), SignedIn.base(), false))
                .extracting(code -> code.way().id())
                .containsExactlyInAnyOrder(
                        List.of(Program.values()).stream().map(one -> one.way).toArray(String[]::new));
    }

    private long stored() {
        return tenant.number(
                "select count(*) from event where environment = ?",
                tenant.environment().value());
    }

    private String run(Program program, boolean keyRequired, String key) throws IOException, InterruptedException {
        var code = snippets.server(new AppId(tenant.app()), SignedIn.base(), keyRequired).stream()
                .filter(one -> one.way().id().equals(program.way))
                .findFirst()
                .orElseThrow();
        var builder = new ProcessBuilder(program.command(Files.writeString(folder.resolve(program.file), code.text())));
        builder.environment().put("WEIR_SERVER_KEY", key);
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s has ended", program)
                .isTrue();
        return said;
    }
}
