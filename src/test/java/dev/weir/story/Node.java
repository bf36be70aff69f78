package dev.weir.story;

import dev.weir.testsupport.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Weir as people run it: the packaged program in a process of its own, started and ended by the test. */
final class Node implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("(https?://\\S+/console/setup\\?token=\\S+)");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (https?://\\S+?)[\"\\s].*");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Thread reader;
    private final CompletableFuture<String> address = new CompletableFuture<>();
    private final CompletableFuture<String> link = new CompletableFuture<>();
    private final List<String> log = new ArrayList<>();

    private Node(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "weir-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** The profile is that of the README's first command, unless the settings name another. */
    static Node start(Path folder, Map<String, String> settings) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dquarkus.profile=dev");
        command.add("-Dquarkus.http.port=" + Ports.free());
        command.add("-Dweir.data-dir=" + folder);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(System.getProperty("weir.jar", "target/quarkus-app/quarkus-run.jar"));
        return new Node(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    String address() {
        return await(address, "an address to listen on");
    }

    /** As printed: the test reads it as a person would. */
    String setUpLink() {
        return await(link, "a set-up link");
    }

    /** From now on no file of the program may become longer, as on a full disk; a negative number takes that back. Linux alone can. */
    void filesUpTo(long bytes) throws IOException, InterruptedException {
        var limit = (bytes < 0 ? "unlimited" : String.valueOf(bytes)) + ":unlimited";
        var done = new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + limit)
                .inheritIO()
                .start()
                .waitFor();
        if (done != 0) {
            throw new AssertionError("prlimit ended with " + done);
        }
    }

    /** Waits for the program to end of itself, and for the last line of its log. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Weir did not end:\n" + log());
        }
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return process.exitValue();
    }

    /** All that was logged up to now. */
    synchronized String log() {
        return String.join("\n", log);
    }

    /** Without a chance to tidy up; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        end();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        } catch (IOException e) {
            note("the log ended: " + e.getClass().getSimpleName());
        }
        var ended = new IllegalStateException("Weir ended:\n" + log());
        address.completeExceptionally(ended);
        link.completeExceptionally(ended);
    }

    private void note(String line) {
        synchronized (this) {
            log.add(line);
        }
        var found = LINK.matcher(line);
        if (found.find()) {
            link.complete(found.group(1));
        }
        var listening = LISTENING.matcher(line + " ");
        if (listening.find()) {
            address.complete(listening.group(1));
        }
    }

    private String await(CompletableFuture<String> coming, String what) {
        try {
            return coming.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Weir did not print " + what + ":\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
