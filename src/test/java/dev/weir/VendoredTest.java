package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What others wrote is here as they wrote it, with their licence beside it. */
class VendoredTest {

    private static final Path FOLDER = Path.of("src/test/resources/pii");
    private static final Path SUMS = FOLDER.resolve("SHA256SUMS");

    @Test
    void every_file_is_listed_and_is_what_the_list_says() throws IOException {
        var listed = Files.readAllLines(SUMS).stream()
                .map(line -> line.split(" {2}", 2))
                .collect(Collectors.toMap(line -> line[1], line -> line[0]));

        try (var files = Files.walk(FOLDER)) {
            var there = files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(SUMS))
                    .collect(Collectors.toMap(
                            file -> FOLDER.relativize(file).toString().replace('\\', '/'), VendoredTest::sha256));
            assertThat(new TreeMap<>(there)).isEqualTo(new TreeMap<>(listed));
        }
    }

    @Test
    void every_folder_has_its_licence() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            assertThat(folders.filter(Files::isDirectory))
                    .isNotEmpty()
                    .allMatch(folder ->
                            Files.exists(folder.resolve("LICENSE")) || Files.exists(folder.resolve("LICENSE.txt")));
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
