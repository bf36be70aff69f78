package dev.weir.changelog;

import dev.weir.changelog.proof.MerkleTree;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Sealed;
import dev.weir.changelog.proof.Verification;
import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The tables of the log: rows are added and read, personal values may be forgotten. Decides nothing. */
@ApplicationScoped
class LogRows {

    private static final String NEWEST_FIRST = " order by sequence desc limit ?";

    private final Sql sql;

    LogRows(Sql sql) {
        this.sql = sql;
    }

    /** Where the log ends. */
    record Head(long sequence, String hash, String frontier) {

        MerkleTree tree() {
            return MerkleTree.of(sequence, frontier);
        }
    }

    /** A row as it lies in the table: the content, and the columns that repeat what is searched for. */
    record Stored(
            long sequence,
            Instant at,
            String actor,
            String action,
            String kind,
            String object,
            String environment,
            String content,
            String hash) {

        /** Whether somebody who searches finds what was written. */
        boolean findable(Row row) {
            return row.sequence() == sequence
                    && row.at().equals(at)
                    && row.actor().equals(actor)
                    && row.action().equals(action)
                    && row.kind().equals(kind)
                    && row.object().equals(object)
                    && row.environment().equals(environment);
        }
    }

    Head head() {
        return head("");
    }

    /** Until this transaction ends, nobody else writes. */
    Head lockedHead() {
        return head(" for update");
    }

    private Head head(String how) {
        return sql.first(
                        "select sequence, hash, frontier from changelog_head where id = 1" + how,
                        row -> new Head(row.getLong("sequence"), row.getString("hash"), row.getString("frontier")))
                .orElseThrow(() -> new IllegalStateException("the change log has no head"));
    }

    void add(Row row, Map<String, Wording.Personal> personal, MerkleTree tree) {
        sql.change(
                "insert into changelog (sequence, written_at, actor, action, object_kind, object_id, environment, content, hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.sequence(),
                row.at(),
                row.actor(),
                row.action(),
                row.kind(),
                row.object(),
                row.environment().isEmpty() ? null : row.environment(),
                row.content(),
                row.hash());
        personal.forEach((commitment, value) -> sql.change(
                "insert into changelog_personal (sequence, commitment, about, salt, value) values (?, ?, ?, ?, ?)",
                row.sequence(),
                commitment,
                value.about(),
                value.value().salt(),
                value.value().value()));
        sql.change(
                "update changelog_head set sequence = ?, hash = ?, frontier = ? where id = 1",
                row.sequence(),
                row.hash(),
                tree.frontier());
    }

    /** Those that a filter lets through, the newest first, from below {@code before}. */
    List<Row> find(Filter filter, long before, int most) {
        var where = filter.where();
        var arguments = new ArrayList<Object>(List.of(before));
        arguments.addAll(where.arguments());
        arguments.add(most);
        var stored = stored(where.condition() + NEWEST_FIRST, "sequence < ?", arguments);
        if (stored.isEmpty()) {
            return List.of();
        }
        // Rows that a filter lets through may be far apart: not what lies between them.
        var personal = personal(
                "sequence in (?" + ", ?".repeat(stored.size() - 1) + ")",
                stored.stream().map(Stored::sequence).toArray());
        return stored.stream().map(row -> row(row, personal)).toList();
    }

    /** The next of all rows in the order in which they were written. */
    List<Stored> after(long sequence, long last, int most) {
        return stored(" and sequence <= ? order by sequence limit ?", "sequence > ?", List.of(sequence, last, most));
    }

    /** Of the next rows, in the order in which they were written. */
    List<String> hashes(long sequence, long last, int most) {
        return sql.list(
                "select hash from changelog where sequence > ? and sequence <= ? order by sequence limit ?",
                row -> row.getString(1),
                sequence,
                last,
                most);
    }

    private List<Stored> stored(String more, String condition, List<Object> arguments) {
        return sql.list(
                "select sequence, written_at, actor, action, object_kind, object_id, environment, content, hash"
                        + " from changelog where " + condition + more,
                row -> new Stored(
                        row.getLong("sequence"),
                        Sql.instant(row, "written_at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("object_kind"),
                        row.getString("object_id"),
                        Objects.requireNonNullElse(row.getString("environment"), ""),
                        row.getString("content"),
                        row.getString("hash")),
                arguments.toArray());
    }

    static Row row(Stored stored, Map<Long, Map<String, Sealed>> personal) {
        return new Row(stored.content(), stored.hash(), personal.getOrDefault(stored.sequence(), Map.of()));
    }

    /** Personal values that are left of the rows from the first to the last, by row and commitment. */
    Map<Long, Map<String, Sealed>> personal(long first, long last) {
        return personal("sequence between ? and ?", first, last);
    }

    Map<Long, Map<String, Sealed>> personal(String which, Object... sequences) {
        record Value(long sequence, String commitment, Sealed kept) {}
        var found = new HashMap<Long, Map<String, Sealed>>();
        sql.list(
                        "select sequence, commitment, salt, value from changelog_personal where " + which,
                        row -> new Value(
                                row.getLong("sequence"),
                                row.getString("commitment"),
                                new Sealed(row.getString("salt"), row.getString("value"))),
                        sequences)
                .forEach(value -> found.computeIfAbsent(value.sequence(), sequence -> new HashMap<>())
                        .put(value.commitment(), value.kept()));
        return found;
    }

    /** Whether a row after that one tells of values that were erased. */
    boolean erasedSince(long sequence) {
        return sql.number(
                        "select count(*) from changelog where sequence > ? and action = ?",
                        sequence,
                        Verification.ERASURE)
                > 0;
    }

    /** Everybody who did something that a filter lets through, the most recent first, with the number of their latest such row. */
    Map<String, Long> actors(Filter filter, int most) {
        var where = filter.where();
        var arguments = new ArrayList<>(where.arguments());
        arguments.add(most);
        var found = new java.util.LinkedHashMap<String, Long>();
        sql.list(
                        "select actor, max(sequence) as latest from changelog where sequence > 0" + where.condition()
                                + " group by actor order by latest desc limit ?",
                        row -> Map.entry(row.getString("actor"), row.getLong("latest")),
                        arguments.toArray())
                .forEach(actor -> found.put(actor.getKey(), actor.getValue()));
        return found;
    }

    List<String> kinds(Filter filter) {
        var where = filter.where();
        return sql.list(
                "select distinct object_kind from changelog where sequence > 0" + where.condition()
                        + " order by object_kind",
                row -> row.getString(1),
                where.arguments().toArray());
    }

    /** Forgets the personal values of one person in all rows; says how many there were. */
    int forgetPerson(String about) {
        return sql.change("delete from changelog_personal where about = ?", about);
    }

    /** Forgets all personal values of one row. */
    int forgetRow(long sequence) {
        return sql.change("delete from changelog_personal where sequence = ?", sequence);
    }
}
