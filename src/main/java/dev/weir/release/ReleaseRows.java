package dev.weir.release;

import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of revisions: rows are added and read, there is nothing else to do with them. */
@ApplicationScoped
class ReleaseRows {

    private static final String SELECT =
            "select environment, number, hash, document, reason, restores, request, expires_at, reverts_to,"
                    + " published_by_name, published_at from policy_revision where environment = ?";

    private final Sql sql;

    ReleaseRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Release> latest(EnvironmentKey environment) {
        return sql.first(SELECT + " order by number desc limit 1", ReleaseRows::row, environment.value());
    }

    Optional<Release> find(EnvironmentKey environment, long number) {
        return sql.first(SELECT + " and number = ?", ReleaseRows::row, environment.value(), number);
    }

    /** As a subject. */
    Optional<String> publisher(EnvironmentKey environment, long number) {
        return sql.first(
                "select published_by from policy_revision where environment = ? and number = ?",
                row -> row.getString(1),
                environment.value(),
                number);
    }

    /** The newest first, from below {@code before}. */
    List<Release> before(EnvironmentKey environment, long before, int most) {
        return sql.list(
                SELECT + " and number < ? order by number desc limit ?",
                ReleaseRows::row,
                environment.value(),
                before,
                most);
    }

    /** Adds a revision and wakes the data plane, which looks at the epoch alone. */
    void add(Release release, Actor actor) {
        sql.change(
                "insert into policy_revision (environment, number, hash, document, reason, restores, request, expires_at,"
                        + " reverts_to, published_by, published_by_name, published_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                release.environment().value(),
                release.number(),
                release.hash(),
                release.canonical(),
                release.reason(),
                release.restores().orElse(null),
                release.request().orElse(null),
                release.term().map(Release.Term::expiresAt).orElse(null),
                release.term().map(Release.Term::revertsTo).orElse(null),
                actor.subject(),
                actor.name(),
                release.publishedAt());
        sql.change("update governing_epoch set epoch = epoch + 1 where id = 1");
    }

    private static Release row(ResultSet row) throws SQLException {
        return new Release(
                new EnvironmentKey(row.getString("environment")),
                row.getLong("number"),
                row.getString("hash"),
                row.getString("document"),
                row.getString("reason"),
                Sql.longIfAny(row, "restores"),
                Sql.longIfAny(row, "request"),
                term(row),
                row.getString("published_by_name"),
                Sql.instant(row, "published_at"));
    }

    private static Optional<Release.Term> term(ResultSet row) throws SQLException {
        var revertsTo = Sql.longIfAny(row, "reverts_to");
        return Sql.instantIfAny(row, "expires_at").flatMap(at -> revertsTo.map(number -> new Release.Term(at, number)));
    }
}
