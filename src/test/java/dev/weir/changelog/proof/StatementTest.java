package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed beside the log with its key: nobody can change it, and nobody can take it for a checkpoint, or a checkpoint for it. */
class StatementTest {

    private static final Statement SAID = new Statement("review-report", "{\"words\":\"in order, says Zoë\"}");

    private final Logs log = new Logs().with(3);
    private final LogKey key = log.key.verifier();

    @Test
    void what_was_signed_is_read_back() {
        assertThat(Statement.of(log.key.note(SAID), key)).contains(SAID);
    }

    @Test
    void every_flipped_bit_is_found() {
        var note = log.key.note(SAID).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < note.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var damaged = note.clone();
                damaged[at] ^= (byte) (1 << bit);

                assertThat(Statement.of(new String(damaged, StandardCharsets.UTF_8), key))
                        .as("byte %d, bit %d", at, bit)
                        .isEmpty();
            }
        }
    }

    @Test
    void another_key_signs_nothing_of_ours() {
        var other = new Logs().with(1).key;

        assertThat(Statement.of(other.note(SAID), key)).isEmpty();
        assertThat(Statement.of(other.note(SAID).replace(other.verifier().name(), key.name()), key))
                .isEmpty();
    }

    @Test
    void a_statement_is_no_checkpoint_and_a_checkpoint_no_statement() {
        var text = log.checkpoint().text().replace("\n", " ").strip();

        assertThat(Checkpoint.of(log.key.note(new Statement("checkpoint", text)), key))
                .isEmpty();
        assertThat(Statement.of(log.note(), key)).isEmpty();
        assertThat(Checkpoint.of(log.note(), key)).isPresent();
    }

    @Test
    void more_than_one_line_can_not_be_stated() {
        assertThatThrownBy(() -> new Statement("review-report", "one\ntwo"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Statement("review report", "one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Statement("review-report", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_program_says_whether_it_is_as_it_was_signed(@TempDir Path folder) throws IOException {
        var written = Files.writeString(folder.resolve("key"), key.line() + "\n");
        var whole = Files.writeString(folder.resolve("whole"), log.key.note(SAID));
        var changed =
                Files.writeString(folder.resolve("changed"), log.key.note(SAID).replace("in order", "no order"));

        assertThat(run(written, whole))
                .startsWith("0 SIGNED: a review-report of " + key.name())
                .contains(CanonicalJson.sha256(SAID.content()));
        assertThat(run(written, changed)).startsWith("1 BROKEN: ");
        assertThat(run(whole, whole)).startsWith("2 This is no public key");
        assertThat(run(written, folder.resolve("nothing"))).startsWith("2 A file can't be read");
    }

    private static String run(Path key, Path statement) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = Verify.run(List.of(key.toString(), statement.toString()), stream, stream);
        return status + " " + out.toString(StandardCharsets.UTF_8);
    }
}
