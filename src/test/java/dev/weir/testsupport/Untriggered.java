package dev.weir.testsupport;

import dev.weir.database.Sql;
import java.util.Map;

/** Somebody who owns the database takes a table's triggers away, does something, and puts them back so that nobody sees. */
public final class Untriggered {

    /** On H2, where a trigger can't sleep: its name, and what it calls. */
    private static final Map<String, String> CALLED = Map.of(
            "policy_revision", "dev.weir.release.RevisionsAreFinal",
            "change_request", "dev.weir.release.DecisionsAreFinal",
            "policy_promotion", "dev.weir.release.DecisionsAreFinal",
            "policy_emergency", "dev.weir.release.DecisionsAreFinal",
            "restoration", "dev.weir.restoration.RestorationsAreFinal");

    private Untriggered() {}

    public static void during(Sql sql, String table, Runnable deed) {
        boolean h2 = sql.number(
                        "select count(*) from information_schema.tables where lower(table_schema) = 'information_schema'"
                                + " and lower(table_name) = 'settings'")
                > 0;
        sql.change(h2 ? "drop trigger " + table + "_is_final" : "alter table " + table + " disable trigger user");
        try {
            deed.run();
        } finally {
            sql.change(
                    h2
                            ? "create trigger " + table + "_is_final before update, delete on " + table
                                    + " for each row call '" + CALLED.get(table) + "'"
                            : "alter table " + table + " enable trigger user");
        }
    }
}
