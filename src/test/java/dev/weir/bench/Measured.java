package dev.weir.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which code was measured, for the head of what a benchmark prints. */
final class Measured {

    private Measured() {}

    /** The commit, and whether something of it was changed since. */
    static String code() throws IOException, InterruptedException {
        var commit = said(List.of("git", "rev-parse", "--short=12", "HEAD"));
        var changes = said(List.of("git", "status", "--porcelain", "--untracked-files=no"));
        return "commit " + commit + (changes.isEmpty() ? "" : ", with changes");
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said.strip() : "unknown";
    }
}
