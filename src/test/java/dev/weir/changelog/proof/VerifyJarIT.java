package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed verifier, as an auditor runs it: Java and one file, nothing of Weir's beside it. */
class VerifyJarIT {

    /** Where the build puts its jars: {@code weir.jar} lies one folder deeper. */
    private static final Path TARGET =
            Path.of(System.getProperty("weir.jar")).resolveSibling("..").normalize();

    @Test
    void the_jar_runs_alone(@TempDir Path folder) throws IOException, InterruptedException {
        var log = new Logs().with(3);
        Files.writeString(folder.resolve("key"), log.key.verifier().line() + "\n");
        Files.writeString(folder.resolve("checkpoint"), log.note());
        Files.write(folder.resolve("log"), log.export());
        Files.write(folder.resolve("short"), Logs.export(log.rows.subList(0, 2), log.note()));
        Files.copy(jar(), folder.resolve("weir-verify.jar"));

        assertThat(run(folder, "log")).startsWith("0 INTACT: 3 rows");
        assertThat(run(folder, "short")).startsWith("1 BROKEN at row 3");
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-verify.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String run(Path folder, String export) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", "weir-verify.jar", "key", export, "checkpoint"));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
