package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What writes what, as docs/changelog.md says: operations, and {@code kind action} of the rows that each writes. */
final class ChangeTable {

    private static final Pattern ROW = Pattern.compile("\\| `(POST|PUT|PATCH|DELETE) (\\S+)` \\| (.+) \\|");
    private static final Pattern WORDS = Pattern.compile("`([a-z-]+ [a-z-]+)`");

    private ChangeTable() {}

    /** The operations whose text begins like one of these. */
    static Map<String, Set<String>> of(String... beginnings) {
        try (var lines = Files.lines(Path.of("docs/changelog.md"))) {
            var table = new TreeMap<String, Set<String>>();
            lines.map(ROW::matcher).filter(row -> row.matches()).forEach(row -> {
                var words = WORDS.matcher(row.group(3))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(words.isEmpty())
                        .as(row.group())
                        .isEqualTo(row.group(3).startsWith("nothing: "));
                table.put(row.group(1) + " " + row.group(2), words);
            });
            table.keySet().removeIf(operation -> Stream.of(beginnings).noneMatch(operation::startsWith));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operation that an address belongs to: of several the one that leaves the least open. */
    static String operation(String method, String path) {
        var found = of(method + " ").keySet().stream()
                .filter(operation -> (method + " " + path).matches(operation.replaceAll("\\{\\w+}", "[^/]+")))
                .sorted((one, other) -> Long.compare(open(one), open(other)))
                .findFirst();
        assertThat(found).as(method + " " + path).isPresent();
        return found.orElseThrow();
    }

    private static long open(String operation) {
        return operation.chars().filter(c -> c == '{').count();
    }
}
