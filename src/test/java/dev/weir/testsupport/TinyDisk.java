package dev.weir.testsupport;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A disk of a few megabytes in memory, which a test can fill to the last byte and make room on again. Mostly only root may have one. */
public final class TinyDisk implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final long PATIENCE_SECONDS = 60;

    private final Path place;
    private final Path filler;

    private TinyDisk(Path place) {
        this.place = place;
        this.filler = place.resolve("filler");
    }

    /** On an empty folder. Empty where we may have none: the caller then brings about the failure in another way, and says so. */
    public static Optional<TinyDisk> at(Path place, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(place);
        boolean made = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString()) == 0;
        return made ? Optional.of(new TinyDisk(place)) : Optional.empty();
    }

    /** One that was made elsewhere. */
    public static TinyDisk madeAt(Path place) {
        return new TinyDisk(place);
    }

    public Path place() {
        return place;
    }

    public void fill() throws IOException {
        FileStore store = Files.getFileStore(place);
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (store.getUsableSpace() > 0) {
                out.write(new byte[(int) Math.min(CHUNK, store.getUsableSpace())]);
            }
        } catch (IOException e) {
            if (store.getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws IOException {
        try {
            // Lazily: whoever still has a file open there loses nothing that is needed.
            run("umount", "-l", place.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return -1; // There is no such program.
        }
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end", e);
        }
        return process.exitValue();
    }
}
