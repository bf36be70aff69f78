package dev.weir.privacy;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The tables of drafts: the draft itself, and the last steps that led to it. Knows no rule. */
@ApplicationScoped
class DraftRows {

    /** Steps that are remembered for each environment; older ones can't be undone. */
    static final int STEPS = 50;

    private static final String DRAFT =
            "select environment, document, base_number, version, changed_by, changed_at from policy_draft where environment = ?";

    private final Sql sql;

    DraftRows(Sql sql) {
        this.sql = sql;
    }

    record Row(String document, long base, long version, String changedBy, Instant changedAt) {}

    Optional<Row> find(EnvironmentKey environment) {
        return sql.first(DRAFT, DraftRows::row, environment.value());
    }

    /** Holds the draft until the transaction ends: two edits, or an edit and a publication, take turns. */
    Optional<Row> lock(EnvironmentKey environment) {
        return sql.first(DRAFT + " for update", DraftRows::row, environment.value());
    }

    Optional<Row> step(EnvironmentKey environment, long version) {
        return sql.first(
                "select environment, document, base_number, version, changed_by, changed_at from policy_draft_step"
                        + " where environment = ? and version = ?",
                DraftRows::row,
                environment.value(),
                version);
    }

    void insert(EnvironmentKey environment, Row row) {
        sql.change(
                "insert into policy_draft (environment, document, base_number, version, changed_by, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                environment.value(),
                row.document,
                row.base,
                row.version,
                row.changedBy,
                row.changedAt);
    }

    /** Replaces the draft and remembers what it was. */
    void replace(EnvironmentKey environment, Row old, Row now) {
        sql.change(
                "insert into policy_draft_step (environment, version, document, base_number, changed_by, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                environment.value(),
                old.version,
                old.document,
                old.base,
                old.changedBy,
                old.changedAt);
        sql.change(
                "update policy_draft set document = ?, base_number = ?, version = ?, changed_by = ?, changed_at = ?"
                        + " where environment = ?",
                now.document,
                now.base,
                now.version,
                now.changedBy,
                now.changedAt,
                environment.value());
        sql.change(
                "delete from policy_draft_step where environment = ? and version < ?",
                environment.value(),
                now.version - STEPS);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("document"),
                row.getLong("base_number"),
                row.getLong("version"),
                row.getString("changed_by"),
                Sql.instant(row, "changed_at"));
    }
}
