package dev.weir.bench;

import dev.weir.testsupport.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is measured: started in a process of its own, asked until it answers 200, and ended. */
final class Packaged implements AutoCloseable {

    /** What docs/operations.md advises: enough for what may wait, and no more. So is everybody else started. */
    static final List<String> JVM = List.of("-Xmx256m");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private double secondsToFirstAnswer;

    private Packaged(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Weir as people run it. */
    static Packaged weir(Path folder, Map<String, String> settings, byte[] first) throws IOException {
        return weir(java(), folder, settings, first);
    }

    /** With another Java. */
    static Packaged weir(String java, Path folder, Map<String, String> settings, byte[] first) throws IOException {
        int port = Ports.free();
        var command = new ArrayList<>(List.of(java));
        command.addAll(JVM);
        command.add("-Dquarkus.profile=prod");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dweir.data-dir=" + folder);
        for (var whose : List.of("", "address-", "identity-")) {
            command.add("-Dweir.ingest.rate." + whose + "per-second=100000000");
            command.add("-Dweir.ingest.rate." + whose + "burst=100000000");
        }
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(System.getProperty("weir.jar", "target/quarkus-app/quarkus-run.jar"));
        return started(command, port, folder, first);
    }

    /** Another main class, of {@code classes} or of this class path; it gets the port as its first argument. */
    static Packaged main(String main, Path folder, byte[] first, String classes, String... arguments)
            throws IOException {
        int port = Ports.free();
        var path = (classes.isEmpty() ? "" : classes + File.pathSeparator) + System.getProperty("java.class.path");
        var command = new ArrayList<>(List.of(java()));
        command.addAll(JVM);
        command.addAll(List.of("-cp", path, main));
        command.add(String.valueOf(port));
        command.addAll(List.of(arguments));
        return started(command, port, folder, first);
    }

    /** Any other program that stays until it is ended. */
    static Packaged program(List<String> command, int port, Path folder, byte[] first) throws IOException {
        return started(command, port, folder, first);
    }

    private static Packaged started(List<String> command, int port, Path folder, byte[] first) throws IOException {
        Files.createDirectories(folder);
        long start = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log.txt").toFile()))
                .start();
        var packaged = new Packaged(process, port);
        while (!packaged.answers200(first)) {
            if (ended(process, 5) || System.nanoTime() - start > PATIENCE.toNanos()) {
                packaged.close();
                throw new IOException("it did not come up, see " + folder.resolve("log.txt"));
            }
        }
        packaged.secondsToFirstAnswer = (System.nanoTime() - start) / 1e9;
        return packaged;
    }

    /** Whether it ends within that many milliseconds. */
    private static boolean ended(Process process, long within) throws IOException {
        try {
            return process.waitFor(within, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    int port() {
        return port;
    }

    double secondsToFirstAnswer() {
        return secondsToFirstAnswer;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The most memory that was ever resident, in MiB; Linux alone tells. */
    long peakMemory() throws IOException {
        var status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    private boolean answers200(byte[] request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
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
}
