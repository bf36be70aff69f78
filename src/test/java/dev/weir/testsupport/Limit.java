package dev.weir.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A limit as docs/limits.md has it. The figure comes from there and not from the test: where the two part, the test is red. */
public final class Limit {

    private static final Path TABLE = Path.of("docs/limits.md");
    private static final Pattern FIGURE = Pattern.compile("([0-9][0-9,]*)(?: ?(KiB|MiB))?");

    private final String row;
    private final long most;

    private Limit(String row, long most) {
        this.row = row;
        this.most = most;
    }

    /** One row of the table. */
    public record Row(String what, String limit, String setting) {

        long figure(int place) {
            var found = FIGURE.matcher(limit)
                    .results()
                    .skip(place)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such figure: " + what));
            long number = Long.parseLong(found.group(1).replace(",", ""));
            var unit = Optional.ofNullable(found.group(2)).orElse("");
            return unit.equals("KiB") ? number << 10 : unit.equals("MiB") ? number << 20 : number;
        }
    }

    /** Whether so many, or something so long, is taken. */
    @FunctionalInterface
    public interface Taking {
        boolean takes(long many) throws Exception;
    }

    public static List<Row> rows() {
        try (var lines = Files.lines(TABLE)) {
            return lines.filter(line -> line.startsWith("| ") && !line.startsWith("| What |"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> new Row(cells[1].strip(), cells[2].strip(), cells[4].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Row row(String beginning) {
        var found =
                rows().stream().filter(row -> row.what().startsWith(beginning)).toList();
        assertThat(found)
                .as("rows of docs/limits.md that begin with " + beginning)
                .hasSize(1);
        return found.get(0);
    }

    /** That of the test which asks. */
    public static Limit here() {
        var edge = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.flatMap(frame -> edges(frame.getDeclaringClass(), frame.getMethodName()))
                        .findFirst())
                .orElseThrow(() -> new AssertionError("the test has no @Edge"));
        var row = row(edge.value());
        assertThat(edge.lowered() == 0 || row.setting().startsWith("`"))
                .as("only a setting is lowered")
                .isTrue();
        return new Limit(edge.value(), edge.lowered() == 0 ? row.figure(edge.figure()) : edge.lowered());
    }

    private static Stream<Edge> edges(Class<?> type, String method) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(one -> one.getName().equals(method) && one.isAnnotationPresent(Edge.class))
                .map(one -> one.getAnnotation(Edge.class));
    }

    public long most() {
        return most;
    }

    /** Just as much is taken, and one more is not. */
    public void isTheLastTaken(Taking taking) {
        try {
            assertThat(taking.takes(most)).as("%s: %d is taken", row, most).isTrue();
            assertThat(taking.takes(most + 1))
                    .as("%s: %d is taken", row, most + 1)
                    .isFalse();
        } catch (Exception e) {
            throw new AssertionError(row, e);
        }
    }
}
