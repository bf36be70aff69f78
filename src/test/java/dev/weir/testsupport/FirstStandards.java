package dev.weir.testsupport;

import dev.weir.database.Sql;

/** The standards of an installation that has just begun: they belong to all tests, so who changes them leaves these behind. */
public final class FirstStandards {

    private FirstStandards() {}

    public static void again(Sql sql) {
        sql.change("delete from standard");
        sql.change("update catalog_head set standards = 0 where id = 1");
    }
}
