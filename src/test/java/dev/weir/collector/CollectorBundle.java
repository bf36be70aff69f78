package dev.weir.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The collector as the build made it, and a twin whose policy is switched off, built by the same esbuild. */
final class CollectorBundle {

    private static final ConcurrentHashMap<String, String> OPEN = new ConcurrentHashMap<>();

    private CollectorBundle() {}

    static String governed() {
        try (var in = Objects.requireNonNull(
                CollectorBundle.class.getResourceAsStream("/collector/collector.js"),
                "the build has made no collector")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges nothing but consent: what it sends is what the page would lose without a policy in the browser. */
    static String open() {
        return OPEN.computeIfAbsent("open", key -> build(Path.of("src/test/collector/open-engine.ts")));
    }

    /** As the server hands it out. */
    static String served(String bundle, String app, String policy) {
        return "(()=>{const __WEIR__={\"app\":\"" + app + "\",\"hash\":\"" + Integer.toHexString(policy.hashCode())
                + "\",\"policy\":" + policy + "};" + bundle + "})()";
    }

    private static String build(Path engine) {
        try {
            var folder = Files.createTempDirectory("collector");
            try (Stream<Path> sources = Files.list(Path.of("src/main/collector"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    Files.copy(source, folder.resolve(source.getFileName()));
                }
            }
            Files.writeString(folder.resolve("engine.ts"), Files.readString(engine));
            var out = folder.resolve("out.js");
            var process = new ProcessBuilder(
                            esbuild().toString(),
                            folder.resolve("collector.ts").toString(),
                            "--bundle",
                            "--format=iife",
                            "--target=es2022",
                            "--define:EXPLAIN=false",
                            "--charset=utf8",
                            "--log-level=warning",
                            "--outfile=" + out)
                    .inheritIO()
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("esbuild failed");
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The build's; or the one that {@code -Desbuild} names. */
    private static Path esbuild() throws IOException {
        var own = System.getProperty("esbuild");
        if (own != null) {
            return Path.of(own);
        }
        try (Stream<Path> files = Files.walk(Path.of("target/esbuild"))) {
            return files.filter(file -> file.endsWith("bin/esbuild") || file.endsWith("esbuild.exe"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
