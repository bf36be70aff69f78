package dev.weir.release;

import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequest.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of emergencies. A row is added, and its review once. Decides nothing. */
@ApplicationScoped
class EmergencyRows {

    private static final String SELECT =
            "select environment, revision, published_by, published_by_name, published_at, reviewed_by, reviewed_by_name,"
                    + " reviewed_at, review from policy_emergency";

    private final Sql sql;

    EmergencyRows(Sql sql) {
        this.sql = sql;
    }

    void add(Release release, Actor by) {
        sql.change(
                "insert into policy_emergency (environment, revision, published_by, published_by_name, published_at)"
                        + " values (?, ?, ?, ?, ?)",
                release.environment().value(),
                release.number(),
                by.subject(),
                by.name(),
                release.publishedAt());
    }

    Optional<Emergency> find(EnvironmentKey environment, long revision) {
        return sql.first(
                SELECT + " where environment = ? and revision = ?", EmergencyRows::row, environment.value(), revision);
    }

    /** Holds it until the transaction ends. */
    Optional<Emergency> lock(EnvironmentKey environment, long revision) {
        return sql.first(
                SELECT + " where environment = ? and revision = ? for update",
                EmergencyRows::row,
                environment.value(),
                revision);
    }

    /** The newest first, of all environments. */
    List<Emergency> open() {
        return sql.list(SELECT + " where reviewed_by is null order by published_at desc", EmergencyRows::row);
    }

    /** The newest first, of revisions below that one. */
    List<Emergency> before(EnvironmentKey environment, long revision, int most) {
        return sql.list(
                SELECT + " where environment = ? and revision < ? order by revision desc limit ?",
                EmergencyRows::row,
                environment.value(),
                revision,
                most);
    }

    /** The revisions whose emergency somebody has reviewed. */
    Set<Long> reviewed(EnvironmentKey environment) {
        return Set.copyOf(sql.list(
                "select revision from policy_emergency where environment = ? and reviewed_by is not null",
                row -> row.getLong(1),
                environment.value()));
    }

    void reviewed(Emergency emergency, Actor by, Instant at, String words) {
        sql.change(
                "update policy_emergency set reviewed_by = ?, reviewed_by_name = ?, reviewed_at = ?, review = ?"
                        + " where environment = ? and revision = ?",
                by.subject(),
                by.name(),
                at,
                words,
                emergency.environment().value(),
                emergency.revision());
    }

    private static Emergency row(ResultSet row) throws SQLException {
        var by = Optional.ofNullable(row.getString("reviewed_by"));
        var name = Optional.ofNullable(row.getString("reviewed_by_name")).orElse("");
        var words = Optional.ofNullable(row.getString("review")).orElse("");
        var at = Sql.instantIfAny(row, "reviewed_at");
        return new Emergency(
                new EnvironmentKey(row.getString("environment")),
                row.getLong("revision"),
                new Person(row.getString("published_by"), row.getString("published_by_name")),
                Sql.instant(row, "published_at"),
                by.flatMap(subject -> at.map(when -> new Emergency.Review(new Person(subject, name), when, words))));
    }
}
