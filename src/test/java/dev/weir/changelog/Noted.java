package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.changelog.proof.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each operation was seen to write. Nobody else may write meanwhile. */
final class Noted {

    private final ChangeLog log;
    private final String[] secrets;
    private final Map<String, Set<String>> seen = new TreeMap<>();

    /** @param secrets what no row may hold, besides keys, tokens and hashes of passwords */
    Noted(ChangeLog log, String... secrets) {
        this.log = log;
        this.secrets = secrets;
    }

    /** The number of the newest row. */
    long newest() {
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).sequence();
    }

    /** What came after that row was written by this operation. */
    void since(long before, String method, String path) {
        var written = log.find(Filter.ALL, Long.MAX_VALUE, 100).stream()
                .filter(row -> row.sequence() > before)
                .toList();
        told(written);
        seen.computeIfAbsent(ChangeTable.operation(method, path), unknown -> new TreeSet<>())
                .addAll(written.stream()
                        .map(row -> row.kind() + " " + row.action())
                        .collect(Collectors.toSet()));
    }

    Map<String, Set<String>> seen() {
        return seen;
    }

    /** Each row says who it was, and none holds a secret. */
    private void told(List<Row> rows) {
        for (Row row : rows) {
            assertThat(row.actor()).isNotEmpty();
            assertThat(row.content() + row.personal())
                    .doesNotContain(secrets)
                    .doesNotContain("wsk_", "wpt_", "wdk_", "$2");
        }
    }
}
