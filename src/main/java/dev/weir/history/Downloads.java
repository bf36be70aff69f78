package dev.weir.history;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.CanonicalJson;
import dev.weir.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The log as files. What is cut off on the way is found out: a whole export ends with a checkpoint. */
@ApplicationScoped
class Downloads {

    private static final List<String> COLUMNS = List.of(
            "sequence",
            "time",
            "actor",
            "name",
            "means",
            "instrument",
            "action",
            "kind",
            "object",
            "environment",
            "before",
            "after",
            "reason",
            "correlation",
            "hash");

    private final History history;

    Downloads(History history) {
        this.history = history;
    }

    /** The whole log, for the offline verifier. */
    Response ndjson() {
        history.exported("ndjson", Filter.ALL);
        return file("application/x-ndjson", "weir-changelog.ndjson", out -> history.export(line -> write(out, line)));
    }

    /** For a spreadsheet: nothing in it can be a formula. */
    Response csv(Filter filter) {
        history.exported("csv", filter);
        return file("text/csv;charset=UTF-8", "weir-changelog.csv", out -> {
            write(out, cells(COLUMNS));
            history.each(filter, row -> write(out, cells(values(row))));
        });
    }

    Response key() {
        return text(
                "weir-changelog.key",
                history.key().orElseThrow(() -> Problem.notFound("The change log has no row yet, and so no key.")));
    }

    Response checkpoint(long size) {
        var found = history.checkpoints(size == Long.MAX_VALUE ? size : size + 1, 1);
        return found.stream()
                .filter(checkpoint -> checkpoint.size() == size)
                .findFirst()
                .map(Downloads::text)
                .orElseThrow(() -> Problem.notFound("There is no checkpoint over so many rows."));
    }

    Response consistency(long from, long to) {
        return proof("weir-consistency-" + from + "-" + to + ".json", history.consistency(from, to));
    }

    Response inclusion(long row, long size) {
        return proof("weir-inclusion-" + row + "-" + size + ".json", history.inclusion(row, size));
    }

    private static Response proof(String name, Optional<String> line) {
        var text = line.orElseThrow(() -> Problem.notFound("There are not so many rows."));
        return Response.ok((text + "\n").getBytes(StandardCharsets.UTF_8), "application/json")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static Response text(ChangeLog.Checkpoint checkpoint) {
        return text("weir-checkpoint-" + checkpoint.size() + ".txt", checkpoint.note());
    }

    private static Response text(String name, String text) {
        return Response.ok(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static Response file(String type, String name, Consumer<BufferedWriter> content) {
        StreamingOutput streaming = stream -> written(stream, content);
        return Response.ok(streaming, type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static void written(OutputStream stream, Consumer<BufferedWriter> content) throws IOException {
        try (var out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16)) {
            content.accept(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> values(Row row) {
        var json = RowView.json(row);
        return List.of(
                String.valueOf(row.sequence()),
                row.at().toString(),
                row.actor(),
                row.actorName().orElse(RowView.ERASED),
                row.means(),
                row.instrument(),
                row.action(),
                row.kind(),
                row.object(),
                row.environment(),
                CanonicalJson.write(json.get("before")),
                CanonicalJson.write(json.get("after")),
                row.reasoned() ? row.reason().orElse(RowView.ERASED) : "",
                row.correlation(),
                row.hash());
    }

    private static String cells(List<String> values) {
        return values.stream().map(Downloads::cell).collect(Collectors.joining(","));
    }

    /** Always quoted; what a spreadsheet would take for a formula begins with an apostrophe. */
    static String cell(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + value.replace("\"", "\"\"") + "\"";
    }
}
