package dev.weir.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bundles TypeScript for a browser test with the esbuild that the build has unpacked: what the page runs is what ships. */
public final class Bundle {

    private static final Path SOURCES = Path.of("src/main/collector");
    private static final Path UNPACKED = Path.of("target/esbuild");

    private Bundle() {}

    /** A script that puts the exports of {@code entry} (a file of the collector) into the global {@code name}. */
    public static String of(String entry, String name) {
        return of(entry, name, false);
    }

    /** {@code explained}: with an engine that names its reasons; what ships does not. */
    public static String of(String entry, String name, boolean explained) {
        return run(
                SOURCES.resolve(entry).toString(),
                "--bundle",
                "--minify",
                "--format=iife",
                "--global-name=" + name,
                "--target=es2022",
                "--define:EXPLAIN=" + explained,
                "--charset=utf8");
    }

    private static String run(String... arguments) {
        try {
            var command = new ArrayList<>(List.of(esbuild().toString()));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var script = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("esbuild failed");
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path esbuild() throws IOException {
        try (var files = Files.walk(UNPACKED)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("esbuild(\\.exe)?") && Files.isRegularFile(file))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no esbuild in target/esbuild: run a Maven build first"));
        }
    }
}
