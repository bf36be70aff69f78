package dev.weir.erasure;

import dev.weir.database.Sql;
import dev.weir.store.Erasing.Name;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is to be deleted by a job, and under which names they were found in an environment. The only place where a name is written for a
 * deletion. The rows go when the deletion is over, however it ends; those of a count when it is released or declined, or is too old.
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

    /** Whether anybody is still to be deleted because of this job. */
    boolean any(String job) {
        return sql.number("select count(*) from erasure_target where job = ?", job) > 0;
    }

    /** From one job to another, which will do what the first has counted. */
    void handOver(String count, String deletion) {
        sql.change("update erasure_target set job = ? where job = ? and environment = ?", deletion, count, ASKED);
    }

    /** The names that were found, but not those that were asked for. */
    void forgetFound(String job) {
        sql.change("delete from erasure_target where job = ? and environment <> ?", job, ASKED);
    }

    /** Counts of which names are kept, the newest first. */
    List<String> counts() {
        return sql.list(
                "select id from job where kind = ? and id in (select job from erasure_target) order by asked_at desc, id desc",
                row -> row.getString(1),
                UserCount.KIND);
    }

    /** Those of these counts that still name somebody, and jobs that are forgotten themselves. */
    List<String> naming(List<String> counts) {
        var orphans = sql.list(
                "select distinct job from erasure_target where job not in (select id from job) order by job",
                row -> row.getString(1));
        return Stream.concat(counts.stream().filter(this::any), orphans.stream())
                .toList();
    }

    void forget(String job) {
        sql.change("delete from erasure_target where job = ?", job);
    }

    private static String kind(Name name) {
        return name.identity() ? "identity" : "user";
    }
}
