package dev.weir.catalog;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Saved views as rows. Decides nothing. */
@ApplicationScoped
class ViewRows {

    private static final String COLUMNS =
            "select id, name, shared, q, status, type, tag, owner, category, breaks, created_by,"
                    + " created_by_name, created_at, version from saved_view";

    private final Sql sql;

    ViewRows(Sql sql) {
        this.sql = sql;
    }

    /** Until this transaction ends, nobody else changes a view. */
    void lock() {
        sql.change("update catalog_head set changes = changes where id = 1");
    }

    /** Those that somebody sees, by name. */
    List<View> seenBy(String reader) {
        return sql.list(
                COLUMNS + " where shared or created_by = ? order by sort_name, id limit 1000", ViewRows::view, reader);
    }

    Optional<View> find(String id, String reader) {
        return sql.first(COLUMNS + " where id = ? and (shared or created_by = ?)", ViewRows::view, id, reader);
    }

    Optional<Long> version(String id) {
        return sql.first("select version from saved_view where id = ?", row -> row.getLong(1), id);
    }

    Optional<View> named(String name, String maker) {
        return sql.first(
                COLUMNS + " where created_by = ? and sort_name = ?", ViewRows::view, maker, DefinitionRows.key(name));
    }

    long madeBy(String maker) {
        return sql.number("select count(*) from saved_view where created_by = ?", maker);
    }

    void add(View view) {
        var query = view.query();
        sql.change(
                "insert into saved_view (id, name, sort_name, shared, q, status, type, tag, owner, category, breaks, created_by,"
                        + " created_by_name, created_at, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                view.id(),
                view.name(),
                DefinitionRows.key(view.name()),
                view.shared(),
                query.q(),
                query.status(),
                query.type(),
                query.tag(),
                query.owner(),
                query.category(),
                query.breaks(),
                view.made().subject(),
                view.made().name(),
                view.made().at());
    }

    void change(View view) {
        var query = view.query();
        sql.change(
                "update saved_view set name = ?, sort_name = ?, shared = ?, q = ?, status = ?, type = ?, tag = ?, owner = ?,"
                        + " category = ?, breaks = ?, version = version + 1 where id = ?",
                view.name(),
                DefinitionRows.key(view.name()),
                view.shared(),
                query.q(),
                query.status(),
                query.type(),
                query.tag(),
                query.owner(),
                query.category(),
                query.breaks(),
                view.id());
    }

    void remove(String id) {
        sql.change("delete from saved_view where id = ?", id);
    }

    private static View view(ResultSet row) throws SQLException {
        return new View(
                row.getString("id"),
                row.getString("name"),
                row.getBoolean("shared"),
                new Query(
                        row.getString("q"),
                        row.getString("status"),
                        row.getString("type"),
                        row.getString("tag"),
                        row.getString("owner"),
                        row.getString("category"),
                        row.getString("breaks")),
                new Hand(row.getString("created_by"), row.getString("created_by_name"), Sql.instant(row, "created_at")),
                row.getLong("version"));
    }
}
