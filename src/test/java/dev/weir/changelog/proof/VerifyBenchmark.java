package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.CanonicalJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the offline verifier takes for a million rows. Prints it and asserts nothing about it; not part of the build:
 * {@code ./mvnw test -Dtest=VerifyBenchmark}. Writes about 900 MB into a temporary folder.
 */
class VerifyBenchmark {

    private static final int ROWS = 1_000_000;

    @Test
    void a_million_rows(@TempDir Path folder) throws IOException {
        var key = SigningKey.fresh();
        var export = folder.resolve("weir-changelog.ndjson");
        var note = written(key, export);
        var keyFile = Files.writeString(folder.resolve("key"), key.verifier().line() + "\n");
        var checkpoint = Files.writeString(folder.resolve("checkpoint"), note);

        long begun = System.nanoTime();
        int status =
                Verify.run(List.of(keyFile.toString(), export.toString(), checkpoint.toString()), stream(), stream());
        long millis = (System.nanoTime() - begun) / 1_000_000;

        assertThat(status).isZero();
        stream().printf("%d rows, %d MB: verified in %d ms%n", ROWS, Files.size(export) >> 20, millis);
    }

    private static PrintStream stream() {
        return System.out;
    }

    private static String written(SigningKey key, Path export) throws IOException {
        var tree = new MerkleTree();
        var last = Verification.BEGINNING;
        try (BufferedWriter out = Files.newBufferedWriter(export, StandardCharsets.UTF_8)) {
            for (long sequence = 1; sequence <= ROWS; sequence++) {
                var name = Sealed.fresh("Ada Otter");
                var content = Logs.content(sequence, last, name.commitment(), "value " + sequence);
                last = CanonicalJson.sha256(content);
                tree.append(HexFormat.of().parseHex(last));
                out.write(Export.line(new Row(content, last, Map.of(name.commitment(), name))));
                out.write('\n');
            }
            var root = HexFormat.of().formatHex(tree.root());
            var note = key.note(new Checkpoint(key.verifier().name(), ROWS, root, last, Logs.BEGAN));
            out.write(Export.end(note) + "\n");
            return note;
        }
    }
}
