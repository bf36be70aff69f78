package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed verifier, as an auditor runs it: Java and one file, nothing of Weir's beside it. */
class VerifyJarIT {

    /** Where the build puts its jars: {@code weir.jar} lies one folder deeper. */
    private static final Path TARGET =
            Path.of(System.getProperty("weir.jar")).resolveSibling("..").normalize();

    private final Logs log = new Logs().with(40);
    private final String held = log.note();

    /** Key, older checkpoint, packed verifier, and a log that has grown to 100 rows since. */
    private void given(Path folder) throws IOException {
        log.with(60);
        Files.writeString(folder.resolve("key"), log.key.verifier().line() + "\n");
        Files.writeString(folder.resolve("checkpoint"), held);
        Files.writeString(folder.resolve("newer"), log.note());
        Files.write(folder.resolve("log"), log.export());
        Files.copy(jar(), folder.resolve("weir-verify.jar"));
    }

    /** The same log up to a row, another one from there on, every hash right and the right key. */
    private Logs rewritten(int from) {
        var again = new Logs(log.key);
        log.rows.subList(0, from - 1).forEach(again::add);
        while (again.rows.size() < 100) {
            again.add("forged");
        }
        return again;
    }

    @Test
    void whatever_is_done_to_an_export_the_jar_finds_it(@TempDir Path folder) throws IOException, InterruptedException {
        given(folder);
        var flipped = log.export();
        flipped[flipped.length / 2] ^= 4;
        var removed = new ArrayList<>(log.rows);
        removed.remove(12);
        var moved = new ArrayList<>(log.rows);
        Collections.swap(moved, 20, 70);
        var shorter = new Logs(log.key);
        log.rows.subList(0, 39).forEach(shorter::add);

        assertThat(run(folder, log.export())).startsWith("0 INTACT: 100 rows");
        assertThat(run(folder, flipped)).startsWith("1 BROKEN at row ");
        assertThat(run(folder, Logs.export(removed, log.note()))).startsWith("1 BROKEN at row 13: ");
        assertThat(run(folder, Logs.export(moved, log.note()))).startsWith("1 BROKEN at row 21: ");
        assertThat(run(folder, Logs.export(log.rows.subList(0, 98), log.note())))
                .startsWith("1 BROKEN at row 99: ");
        assertThat(run(folder, shorter.export())).startsWith("1 BROKEN at row 40: ");
        assertThat(run(folder, rewritten(30).export()))
                .startsWith("1 BROKEN at row 1: ")
                .contains("written again");
    }

    @Test
    void the_jar_checks_a_proof_with_an_older_checkpoint(@TempDir Path folder)
            throws IOException, InterruptedException {
        given(folder);
        var forged = rewritten(30);

        assertThat(proof(folder, consistency(log), "checkpoint", "newer"))
                .startsWith("0 PROVEN: rows 1 to 40 of the 100 are those");
        assertThat(proof(folder, consistency(log), "newer")).startsWith("2 UNABLE: none of the checkpoints is over 40");
        Files.writeString(folder.resolve("forged"), forged.note());
        assertThat(proof(folder, consistency(forged), "checkpoint", "forged")).startsWith("1 BROKEN: ");
        assertThat(proof(folder, inclusion(log), "newer")).startsWith("0 PROVEN: row 17 of the 100 says:");
        assertThat(proof(folder, inclusion(log), "forged")).startsWith("1 BROKEN: ");
        assertThat(run(folder, "export", consistency(log), "checkpoint", "newer"))
                .startsWith("1 BROKEN: this is a proof and not the log");
    }

    private static byte[] consistency(Logs log) {
        var prover = Prover.ofConsistency(40, 100);
        log.rows.forEach(row -> prover.take(row.hash()));
        return (prover.consistency(40, 100) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] inclusion(Logs log) {
        var prover = Prover.ofInclusion(17, 100);
        log.rows.forEach(row -> prover.take(row.hash()));
        return (prover.inclusion(17, 100, log.rows.get(16).content()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-verify.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String run(Path folder, byte[] export) throws IOException, InterruptedException {
        return run(folder, "export", export, "checkpoint");
    }

    private static String proof(Path folder, byte[] proof, String... checkpoints)
            throws IOException, InterruptedException {
        return run(folder, "proof.json", proof, checkpoints);
    }

    private static String run(Path folder, String name, byte[] content, String... checkpoints)
            throws IOException, InterruptedException {
        Files.write(folder.resolve(name), content);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", "weir-verify.jar", "key", name));
        command.addAll(List.of(checkpoints));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
