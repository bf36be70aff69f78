package dev.weir.erasure;

import dev.weir.database.Sql;
import dev.weir.store.Erasing.Name;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * Who is to be deleted by a job, and under which names they were found in an environment. The only place where a name is written for a
 * deletion; the rows go when the job is over, however it ends.
 */
@ApplicationScoped
class TargetRows {

    /** The names as they were asked for. */
    static final String ASKED = "";

    private final Sql sql;

    TargetRows(Sql sql) {
        this.sql = sql;
    }

    void add(String job, String environment, Collection<Name> names) {
        for (Name name : names) {
            sql.change(
                    "insert into erasure_target (job, environment, kind, name) values (?, ?, ?, ?) on conflict do nothing",
                    job,
                    environment,
                    kind(name),
                    name.text());
        }
    }

    /** In the order of kind and name. */
    List<Name> page(String job, String environment, long from, int most) {
        return sql.list(
                "select kind, name from erasure_target where job = ? and environment = ? order by kind, name limit ? offset ?",
                row -> new Name(row.getString(1).equals("identity"), row.getString(2)),
                job,
                environment,
                most,
                from);
    }

    List<Name> all(String job, String environment) {
        return page(job, environment, 0, Integer.MAX_VALUE);
    }

    void forget(String job) {
        sql.change("delete from erasure_target where job = ?", job);
    }

    private static String kind(Name name) {
        return name.identity() ? "identity" : "user";
    }
}
