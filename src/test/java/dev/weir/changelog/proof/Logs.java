package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log without a database, for tests: rows as Weir writes them, and checkpoints at any size. */
final class Logs {

    static final Instant BEGAN = Instant.parse("2026-03-04T05:06:07.000089Z");

    final SigningKey key;
    final List<Row> rows = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private String last = Verification.BEGINNING;

    Logs() {
        this(SigningKey.fresh());
    }

    Logs(SigningKey key) {
        this.key = key;
    }

    Logs with(int count) {
        for (int i = 0; i < count; i++) {
            add("value " + rows.size());
        }
        return this;
    }

    void add(String value) {
        var name = Sealed.fresh("Ada Otter");
        var content = content(rows.size() + 1, last, name.commitment(), value);
        add(new Row(content, CanonicalJson.sha256(content), Map.of(name.commitment(), name)));
    }

    void add(Row row) {
        rows.add(row);
        tree.append(HexFormat.of().parseHex(row.hash()));
        last = row.hash();
    }

    static String content(long sequence, String previous, String name, String value) {
        var row = new TreeMap<String, @Nullable Object>();
        row.put("action", "label-changed");
        row.put("actor", Map.of("means", "session", "name", Map.of(Row.SEALED, name), "subject", "local:4711"));
        row.put("after", Map.of("label", "é " + value));
        row.put("before", Map.of("label", "\"" + value));
        row.put("correlation", "b4f0c1f2-6d3a-4d55-9a3e-0f6f7f7a1d11");
        row.put("environment", "production");
        row.put("format", 1);
        row.put("object", Map.of("id", "1234567890", "kind", "app-id"));
        row.put("previous", previous);
        row.put("reason", null);
        row.put("sequence", sequence);
        row.put("time", BEGAN.plusSeconds(sequence).toString());
        return CanonicalJson.write(row);
    }

    Checkpoint checkpoint() {
        return new Checkpoint(key.verifier().name(), tree.size(), HexFormat.of().formatHex(tree.root()), last, BEGAN);
    }

    String note() {
        return key.note(checkpoint());
    }

    byte[] export() {
        return export(rows, note());
    }

    static byte[] export(List<Row> rows, String note) {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(Export.line(row)).append('\n'));
        return text.append(Export.end(note)).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
