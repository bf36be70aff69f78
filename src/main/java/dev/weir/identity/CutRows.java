package dev.weir.identity;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.IdentityLinks.Link;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which link is to be cut, while that is counted and waits to be decided. Then the names are gone from here; and before, where one of the
 * two is deleted.
 */
@ApplicationScoped
class CutRows {

    private final Sql sql;

    CutRows(Sql sql) {
        this.sql = sql;
    }

    /** @param alias stands for the identity without saying it */
    record Target(UUID edge, String user, String identity, String alias) {}

    void add(String job, EnvironmentKey environment, Link link) {
        sql.change(
                "insert into cut_target (job, environment, edge, user_id, identity, alias) values (?, ?, ?, ?, ?, ?)",
                job,
                environment.value(),
                link.id(),
                link.user(),
                link.identity(),
                link.alias());
    }

    Optional<Target> find(String job) {
        return sql.first(
                "select edge, user_id, identity, alias from cut_target where job = ?",
                row -> new Target(
                        row.getObject("edge", UUID.class),
                        row.getString("user_id"),
                        row.getString("identity"),
                        row.getString("alias")),
                job);
    }

    void forget(String job) {
        sql.change("delete from cut_target where job = ?", job);
    }

    /** Counts that are under way or wait to be decided, the newest first. */
    List<String> open(EnvironmentKey environment) {
        return sql.list(
                "select id from job where kind = ? and environment = ? and id in (select job from cut_target)"
                        + " order by asked_at desc, id desc",
                row -> row.getString(1),
                CutCount.KIND,
                environment.value());
    }

    /** Of jobs that are forgotten themselves. */
    void forgetOrphans() {
        sql.change("delete from cut_target where job not in (select id from job)");
    }
}
