package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an export, the offline verifier finds it; and where it can say which row it was, it does. */
class VerifyTest {

    private static final int OLD = 40;
    private static final int ROWS = 100;

    private final Logs log = new Logs().with(OLD);
    private final Checkpoint held = log.checkpoint();
    private final byte[] export = log.with(ROWS - OLD).export();

    private Optional<Fault> check(byte[] bytes) {
        return check(bytes, held);
    }

    private Optional<Fault> check(byte[] bytes, Checkpoint checkpoint) {
        try {
            return Export.check(
                    new ByteArrayInputStream(bytes), log.key.verifier(), new Verification(List.of(checkpoint)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_was_written_is_intact() {
        assertThat(check(export)).isEmpty();
        assertThat(check(export, log.checkpoint())).isEmpty();
    }

    /** With its line feed. */
    @Test
    @Edge("one line of an export")
    void a_line_is_as_long_as_the_table_says_and_no_byte_longer() {
        int rest = first(longest(0));

        Limit.here().isTheLastTaken(bytes -> {
            var one = longest(Math.toIntExact(bytes) - rest);
            assertThat(first(one)).isEqualTo((int) bytes);
            return check(one.export(), one.checkpoint()).isEmpty();
        });
    }

    private Logs longest(int name) {
        var one = new Logs(log.key);
        var sealed = Sealed.fresh("x".repeat(name));
        var content = Logs.content(1, Verification.BEGINNING, sealed.commitment(), "value");
        one.add(new Row(content, CanonicalJson.sha256(content), Map.of(sealed.commitment(), sealed)));
        return one;
    }

    private static int first(Logs one) {
        var text = new String(one.export(), StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void every_flipped_bit_of_some_lines_is_found() {
        int begin = new String(export, StandardCharsets.UTF_8).indexOf("\n");
        for (int at = begin - 1; at < begin + 1200; at++) {
            for (int bit = 0; bit < 8; bit++) {
                assertFlipIsFound(at, bit);
            }
        }
        for (int at = export.length - 500; at < export.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                assertFlipIsFound(at, bit);
            }
        }
    }

    @Test
    void a_flipped_bit_anywhere_is_found() {
        long seed = 20261127;
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            assertFlipIsFound(random.nextInt(export.length), random.nextInt(8));
        }
    }

    private void assertFlipIsFound(int at, int bit) {
        var damaged = export.clone();
        damaged[at] ^= (byte) (1 << bit);
        assertThat(check(damaged)).as("byte %d, bit %d", at, bit).isPresent();
    }

    @Test
    void a_removed_row_is_named() {
        long seed = 17;
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            var rows = new ArrayList<>(log.rows);
            int gone = random.nextInt(rows.size());
            rows.remove(gone);

            var fault = check(Logs.export(rows, log.note())).orElseThrow();

            assertThat(fault.row()).as("seed %d", seed).isEqualTo(gone + 1);
        }
    }

    @Test
    void rows_in_another_order_are_named() {
        long seed = 18;
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            var rows = new ArrayList<>(log.rows);
            int one = random.nextInt(rows.size() - 1);
            int other = random.nextInt(one + 1, rows.size());
            Collections.swap(rows, one, other);

            var fault = check(Logs.export(rows, log.note())).orElseThrow();

            assertThat(fault.row()).as("seed %d", seed).isEqualTo(one + 1);
        }
    }

    @Test
    void a_row_that_comes_twice_is_named() {
        var rows = new ArrayList<>(log.rows);
        rows.add(31, rows.get(30));

        assertThat(check(Logs.export(rows, log.note())).orElseThrow().row()).isEqualTo(32);
    }

    @Test
    void a_tail_that_is_cut_off_is_found_wherever_it_is_cut() {
        for (int rows = 0; rows < ROWS; rows++) {
            assertThat(check(Logs.export(log.rows.subList(0, rows), log.note())))
                    .as("%d rows", rows)
                    .isPresent();
        }
        long seed = 19;
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            assertThat(check(Arrays.copyOf(export, random.nextInt(export.length))))
                    .as("seed %d", seed)
                    .isPresent();
        }
    }

    @Test
    void a_tail_that_is_cut_off_by_who_has_the_key_is_found_with_a_checkpoint_beyond_it() {
        var shorter = new Logs(log.key);
        log.rows.subList(0, OLD - 1).forEach(shorter::add);

        var fault = check(shorter.export()).orElseThrow();

        assertThat(fault.row()).isEqualTo(OLD);
        assertThat(fault.words()).contains("signed over 40 rows");
    }

    @Test
    void a_log_that_was_written_again_from_a_row_on_is_found_even_with_the_right_key() {
        for (int forged = 1; forged <= OLD; forged++) {
            var again = rewritten(forged);

            var fault = check(again.export()).orElseThrow();

            assertThat(fault.words()).contains("the log has been written again");
            assertThat(fault.row()).isEqualTo(1);
        }
    }

    @Test
    void two_checkpoints_say_between_which_rows_the_log_was_written_again() {
        var young = new Logs(log.key);
        log.rows.subList(0, 20).forEach(young::add);

        var verification = new Verification(List.of(young.checkpoint(), held));
        Optional<Fault> fault = Optional.empty();
        for (Row row : rewritten(30).rows) {
            fault = fault.isPresent() ? fault : verification.next(row);
        }

        assertThat(fault.orElseThrow().row()).isEqualTo(21);
        assertThat(fault.orElseThrow().words()).startsWith("this row or one up to row 40");
    }

    @Test
    void without_the_key_nobody_can_write_even_the_rows_after_the_checkpoint_again() {
        var again = rewritten(OLD + 5);
        var forged = new Logs(SigningKey.fresh());
        again.rows.forEach(forged::add);

        assertThat(check(Logs.export(again.rows, log.note()))).isPresent();
        assertThat(check(Logs.export(again.rows, forged.note()))).isPresent();
    }

    /** The same log up to a row, another one from there on, every hash right. */
    private Logs rewritten(int from) {
        var again = new Logs(log.key);
        log.rows.subList(0, from - 1).forEach(again::add);
        while (again.rows.size() < ROWS) {
            again.add("forged");
        }
        return again;
    }

    @Test
    void erased_values_are_counted_and_break_nothing() {
        var rows = new ArrayList<Row>();
        log.rows.forEach(row -> rows.add(row.sequence() % 2 == 0 ? row : new Row(row.content(), row.hash(), Map.of())));
        var verification = new Verification(List.of(held));

        rows.forEach(row -> assertThat(verification.next(row)).isEmpty());

        assertThat(verification.erased()).isEqualTo(ROWS / 2);
        assertThat(verification.untold()).isEqualTo(ROWS / 2);
        assertThat(check(Logs.export(rows, log.note()))).isEmpty();
    }

    @Test
    void another_value_can_not_be_put_in_the_place_of_an_erased_one() {
        var row = log.rows.get(6);
        var other = Sealed.fresh("Eve Stoat");
        var commitment = row.personal().keySet().iterator().next();
        var rows = new ArrayList<>(log.rows);

        rows.set(6, new Row(row.content(), row.hash(), Map.of(commitment, other)));
        assertThat(check(Logs.export(rows, log.note())).orElseThrow().row()).isEqualTo(7);

        rows.set(6, new Row(row.content(), row.hash(), Map.of(other.commitment(), other)));
        assertThat(check(Logs.export(rows, log.note())).orElseThrow().row()).isEqualTo(7);
    }

    @Test
    void equal_values_have_commitments_that_do_not_tell() {
        assertThat(Sealed.fresh("Ada").commitment())
                .isNotEqualTo(Sealed.fresh("Ada").commitment());
        var known = new Sealed("000102030405060708090a0b0c0d0e0f", "Ada");
        assertThat(known.commitment())
                .isEqualTo(CanonicalJson.sha256(
                        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000fAda"));
    }

    @Test
    void a_key_is_written_in_one_way_only() {
        var line = log.key.verifier().line();

        assertThat(LogKey.parse(line).line()).isEqualTo(line);
        for (int at = 0; at < line.length(); at++) {
            var damaged = line.substring(0, at) + (char) (line.charAt(at) ^ 1) + line.substring(at + 1);
            assertThat(parsed(damaged)).as(damaged).isFalse();
        }
    }

    private static boolean parsed(String line) {
        try {
            LogKey.parse(line);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void the_program_says_what_it_found(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("k"), log.key.verifier().line() + "\n");
        var old = Files.writeString(folder.resolve("c"), log.key.note(held));
        var whole = Files.write(folder.resolve("e"), export);
        var rows = new ArrayList<>(log.rows);
        rows.remove(12);
        var cut = Files.write(folder.resolve("f"), Logs.export(rows, log.note()));

        assertThat(run(key, whole, old)).startsWith("0 INTACT: 100 rows of weir-changelog/");
        assertThat(run(key, whole, old)).contains("cover rows 1 to 40", "Keep a new checkpoint");
        assertThat(run(key, cut, old)).startsWith("1 BROKEN at row 13: ");
        assertThat(run(key, whole, whole)).startsWith("1 This checkpoint is damaged");
        assertThat(run(old, whole, old)).startsWith("2 This is no public key");
        assertThat(run(key, folder.resolve("nothing"), old)).startsWith("2 A file can't be read");
        assertThat(run(key, whole)).startsWith("2 Checks an export");
    }

    @Test
    void a_true_proof_under_the_name_of_the_log_is_refused(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("k"), log.key.verifier().line() + "\n");
        var old = Files.writeString(folder.resolve("c"), log.key.note(held));
        var newer = Files.writeString(folder.resolve("n"), log.note());
        var prover = Prover.ofConsistency(OLD, ROWS);
        log.rows.forEach(row -> prover.take(row.hash()));
        var served = prover.consistency(OLD, ROWS) + "\n";

        assertThat(run(key, Files.writeString(folder.resolve("weir-changelog.ndjson"), served), old, newer))
                .startsWith("1 BROKEN: this is a proof and not the log");
        assertThat(run(key, Files.writeString(folder.resolve("weir-consistency-40-100.json"), served), old, newer))
                .startsWith("0 PROVEN: ");
        assertThat(run(key, Files.write(folder.resolve("log.json"), export), old, newer))
                .startsWith("1 BROKEN: this is no proof");
    }

    /** Whichever comes first: nobody may be told that one of the two is the log. */
    @Test
    void two_checkpoints_over_as_many_rows_that_differ_are_named(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("k"), log.key.verifier().line() + "\n");
        var old = Files.writeString(folder.resolve("c"), log.key.note(held));
        var one = Files.writeString(folder.resolve("one"), log.note());
        var other =
                Files.writeString(folder.resolve("other"), rewritten(OLD + 5).note());
        var prover = Prover.ofConsistency(OLD, ROWS);
        log.rows.forEach(row -> prover.take(row.hash()));
        var proof = Files.writeString(folder.resolve("p.json"), prover.consistency(OLD, ROWS) + "\n");
        var whole = Files.write(folder.resolve("e"), export);

        for (var file : List.of(proof, whole)) {
            for (var fork : List.of(List.of(one, other), List.of(other, one))) {
                assertThat(run(key, file, old, fork.get(0), fork.get(1)))
                        .startsWith("1 BROKEN: two of your checkpoints are over 100 rows and say different things");
            }
            assertThat(run(key, file, old, one, one)).startsWith("0 ");
        }
    }

    private static String run(Path... arguments) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = Verify.run(Arrays.stream(arguments).map(Path::toString).toList(), stream, stream);
        return status + " " + out.toString(StandardCharsets.UTF_8);
    }
}
