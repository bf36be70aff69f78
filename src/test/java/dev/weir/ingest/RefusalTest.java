package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Reason;
import dev.weir.store.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| (dropped|quarantined|flagged) \\|.*");

    @Test
    void the_page_and_the_program_know_the_same_reasons() throws IOException {
        var page = Files.readAllLines(Path.of("docs/http-api.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        var program = Arrays.stream(Refusal.values())
                .collect(Collectors.toMap(
                        Refusal::name, one -> one.effect().name().toLowerCase(Locale.ROOT)));

        assertThat(page).isEqualTo(program);
    }

    @Test
    void no_reason_of_ingestion_is_called_like_one_of_the_policys() {
        var policys = Arrays.stream(Reason.values()).map(Enum::name).toList();

        assertThat(Arrays.stream(Refusal.values()).map(Enum::name)).doesNotContainAnyElementsOf(policys);
    }
}
