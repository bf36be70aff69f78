package dev.weir.catalog;

import dev.weir.catalog.standards.Asked;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Rule;
import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;

/** Standards as rows, and what of them was waived. Decides nothing. */
@ApplicationScoped
class ConventionRows {

    private static final int MANY = 500;

    private static final String WAIVERS =
            "select definition, rule, asks, waived_by, waived_by_name, waived_at from standard_waiver";

    private final Sql sql;

    ConventionRows(Sql sql) {
        this.sql = sql;
    }

    Conventions find() {
        return version() == 0 ? Conventions.DEFAULT : read();
    }

    long version() {
        return sql.number("select standards from catalog_head where id = 1");
    }

    private Conventions read() {
        var rules = new EnumMap<Rule, Asked.Ask>(Rule.class);
        sql.list("select rule, level, asks from standard", ConventionRows::row)
                .forEach(row -> rules.put(row.rule(), row.ask()));
        return new Asked(rules)
                .read()
                .conventions()
                .orElseThrow(() -> new IllegalStateException("a stored standard is not valid any more"));
    }

    private record Row(Rule rule, Asked.Ask ask) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Rule.of(row.getString("rule"))
                        .orElseThrow(
                                () -> new IllegalStateException("there is a standard that this Weir does not know")),
                new Asked.Ask(row.getString("level"), row.getString("asks")));
    }

    /** For who holds the lock of the catalog. */
    void save(Conventions conventions) {
        sql.change("delete from standard");
        for (var rule : Rule.values()) {
            sql.change(
                    "insert into standard (rule, level, asks) values (?, ?, ?)",
                    rule.id(),
                    conventions.level(rule).id(),
                    conventions.asks(rule));
        }
        sql.change("update catalog_head set standards = standards + 1 where id = 1");
    }

    /** @param asks what was asked when somebody waived it */
    record Waiver(String definition, String rule, String asks, Hand hand) {}

    /** Of these definitions, or of all where these are many. */
    List<Waiver> waivers(List<String> definitions) {
        if (definitions.isEmpty()) {
            return List.of();
        }
        return definitions.size() > MANY
                ? sql.list(WAIVERS, ConventionRows::waiver)
                : sql.list(
                        WAIVERS + " where definition in ("
                                + String.join(", ", Collections.nCopies(definitions.size(), "?")) + ")",
                        ConventionRows::waiver,
                        definitions.toArray());
    }

    private static Waiver waiver(ResultSet row) throws SQLException {
        return new Waiver(
                row.getString("definition"),
                row.getString("rule"),
                row.getString("asks"),
                new Hand(row.getString("waived_by"), row.getString("waived_by_name"), Sql.instant(row, "waived_at")));
    }

    void waive(String definition, Rule rule, Conventions conventions, Hand hand) {
        sql.change("delete from standard_waiver where definition = ? and rule = ?", definition, rule.id());
        sql.change(
                "insert into standard_waiver (definition, rule, asks, waived_by, waived_by_name, waived_at) values (?, ?, ?, ?, ?, ?)",
                definition,
                rule.id(),
                hash(conventions, rule),
                hand.subject(),
                hand.name(),
                hand.at());
    }

    void forget(String definition) {
        sql.change("delete from standard_waiver where definition = ?", definition);
    }

    static String hash(Conventions conventions, Rule rule) {
        return CanonicalJson.sha256(conventions.asks(rule));
    }
}
