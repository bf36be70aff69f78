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

    private static final Pattern HOLDS = Pattern.compile("\\| `([a-z-]+ [a-z-]+)` \\| ([a-z(), –]+) \\|");
    private static final Set<String> PARTS = Set.of("before", "after", "reason");

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

    /**
     * What rows of one kind and action hold.
     *
     * @param always of before, after and reason
     * @param perhaps those that a row may hold as well
     */
    record Parts(Set<String> always, Set<String> perhaps) {

        boolean allow(Set<String> held) {
            // Where all of it is perhaps, some of it is there: else the row tells nothing.
            boolean silent = held.isEmpty() && !perhaps.isEmpty();
            return !silent
                    && held.containsAll(always)
                    && held.stream().allMatch(part -> always.contains(part) || perhaps.contains(part));
        }

        static Parts of(String text) {
            var always = new TreeSet<String>();
            var perhaps = new TreeSet<String>();
            for (var part : text.split(", ", -1)) {
                (part.startsWith("(") ? perhaps : always).add(part.replaceAll("[()]", ""));
            }
            always.remove("–");
            assertThat(PARTS).as(text).containsAll(always).containsAll(perhaps);
            return new Parts(always, perhaps);
        }
    }

    /** By kind and action. */
    static Map<String, Parts> parts() {
        try (var lines = Files.lines(Path.of("docs/changelog.md"))) {
            var parts = new TreeMap<String, Parts>();
            lines.map(HOLDS::matcher)
                    .filter(row -> row.matches())
                    .forEach(row -> assertThat(parts.put(row.group(1), Parts.of(row.group(2))))
                            .as(row.group())
                            .isNull());
            return parts;
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
