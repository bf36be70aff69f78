package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bar that docs/detectors.md promises, on the corpora and on generated values. */
class AccuracyTest {

    private static final List<Accuracy.Row> ROWS = Accuracy.measure();

    @Test
    void addresses_cards_and_numbers_of_persons_accounts_and_networks_are_found() {
        for (var kind : List.of("email", "card", "ssn", "iban", "ip")) {
            assertThat(share(kind)).as("%s: %s", kind, wrong(kind)).isGreaterThanOrEqualTo(0.99);
        }
    }

    @Test
    void telephone_numbers_are_found() {
        for (var row : ROWS) {
            if (row.kind.equals("phone")) {
                assertThat(row.share()).as("%s: %s", row.source, row.wrong).isGreaterThanOrEqualTo(0.9);
            }
        }
    }

    @Test
    void clean_texts_are_left_alone() {
        assertThat(share("clean")).as(wrong("clean")).isGreaterThanOrEqualTo(0.99);
        for (var row : ROWS) {
            if (row.kind.startsWith("clean") && row.source.equals("generated")) {
                assertThat(row.share()).as("%s: %s", row.kind, row.wrong).isGreaterThanOrEqualTo(0.99);
            }
        }
    }

    @Test
    void the_corpora_are_those_that_were_measured() throws IOException, NoSuchAlgorithmException {
        var folder = Path.of("src/test/resources/pii");
        for (var line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
            var parts = line.split(" +", 2);
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(parts[1])));
            assertThat(HexFormat.of().formatHex(digest)).as(parts[1]).isEqualTo(parts[0]);
        }
        for (var corpus :
                List.of("commonregex", "commons-validator", "libphonenumber", "presidio-recognizers", "validatorjs")) {
            try (var files = Files.list(folder.resolve(corpus))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as(corpus)
                        .anyMatch(name -> name.startsWith("LICENSE"));
            }
        }
    }

    private static double share(String kind) {
        var rows = ROWS.stream().filter(row -> row.kind.startsWith(kind)).toList();
        return rows.stream().mapToInt(row -> row.right).sum()
                / (double) rows.stream().mapToInt(row -> row.total).sum();
    }

    private static String wrong(String kind) {
        return ROWS.stream()
                .filter(row -> row.kind.startsWith(kind))
                .flatMap(row -> row.wrong.stream())
                .limit(50)
                .toList()
                .toString();
    }
}
