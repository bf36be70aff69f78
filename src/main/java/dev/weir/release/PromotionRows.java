package dev.weir.release;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Promotion.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The table of promotions, and what two environments have had in common. Decides nothing. */
@ApplicationScoped
class PromotionRows {

    private final Sql sql;

    PromotionRows(Sql sql) {
        this.sql = sql;
    }

    void add(ChangeRequest request, Origin origin) {
        sql.change(
                "insert into policy_promotion (environment, request, source, source_revision) values (?, ?, ?, ?)",
                request.environment().value(),
                request.number(),
                origin.source().value(),
                origin.revision());
    }

    /** The newest revision of another environment with this content, where this environment never had one. */
    Optional<Origin> elsewhere(EnvironmentKey environment, String hash) {
        return sql.first(
                "select s.environment, s.number from policy_revision s where s.hash = ? and s.environment <> ? and not exists"
                        + " (select 1 from policy_revision own where own.environment = ? and own.hash = s.hash)"
                        + " order by s.published_at desc, s.environment limit 1",
                row -> new Origin(new EnvironmentKey(row.getString("environment")), row.getLong("number")),
                hash,
                environment.value(),
                environment.value());
    }

    /** The source's revision that was last promoted here, and published. */
    Optional<Long> lastPublished(EnvironmentKey source, EnvironmentKey target) {
        return sql.first(
                "select p.source_revision from policy_promotion p join change_request c on c.environment = p.environment"
                        + " and c.number = p.request where p.environment = ? and p.source = ? and c.state = 'published'"
                        + " order by c.revision desc limit 1",
                row -> row.getLong(1),
                target.value(),
                source.value());
    }

    /** The target's newest revision that says what some revision of the source says. */
    Optional<Long> lastShared(EnvironmentKey source, EnvironmentKey target) {
        return sql.first(
                "select t.number from policy_revision t where t.environment = ? and exists (select 1 from policy_revision s"
                        + " where s.environment = ? and s.hash = t.hash) order by t.number desc limit 1",
                row -> row.getLong(1),
                target.value(),
                source.value());
    }
}
