package dev.weir.release;

import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequest.Comment;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Promotion.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of change requests. A snapshot is added and read; only what became of it is written again. Decides nothing. */
@ApplicationScoped
class RequestRows {

    private static final String SELECT =
            "select environment, number, document, hash, base_number, draft_version, restores, part_of, stays,"
                    + " reason, expires_days, author, author_name, created_at, state, approved_hash, decided_by, decided_by_name,"
                    + " decided_at, decided_reason, revision,"
                    + " (select p.source from policy_promotion p where p.environment = change_request.environment"
                    + " and p.request = change_request.number) as source,"
                    + " (select p.source_revision from policy_promotion p where p.environment = change_request.environment"
                    + " and p.request = change_request.number) as source_revision"
                    + " from change_request where environment = ?";

    private final Sql sql;

    RequestRows(Sql sql) {
        this.sql = sql;
    }

    Optional<ChangeRequest> find(EnvironmentKey environment, long number) {
        return sql.first(SELECT + " and number = ?", RequestRows::row, environment.value(), number);
    }

    /** Holds the request until the transaction ends. */
    Optional<ChangeRequest> lock(EnvironmentKey environment, long number) {
        return sql.first(SELECT + " and number = ? for update", RequestRows::row, environment.value(), number);
    }

    /** The newest first, from below {@code before}. */
    List<ChangeRequest> before(EnvironmentKey environment, long before, int most) {
        return sql.list(
                SELECT + " and number < ? order by number desc limit ?",
                RequestRows::row,
                environment.value(),
                before,
                most);
    }

    /** What this person asked for with this content, on top of this revision, which is no draft, and is not decided yet. */
    List<ChangeRequest> pendingProposals(EnvironmentKey environment, long base, String hash, String author) {
        return sql.list(
                SELECT + " and draft_version is null and restores is null and state in ('open', 'approved')"
                        + " and base_number = ? and hash = ? and author = ? order by number desc",
                RequestRows::row,
                environment.value(),
                base,
                hash,
                author);
    }

    /** How much this person has asked for on top of this revision that is not decided yet. */
    long pending(EnvironmentKey environment, long base, String author) {
        return sql.number(
                "select count(*) from change_request where environment = ? and base_number = ? and author = ?"
                        + " and state in ('open', 'approved')",
                environment.value(),
                base,
                author);
    }

    List<ChangeRequest> pendingDrafts(EnvironmentKey environment) {
        return sql.list(
                SELECT + " and draft_version is not null and state in ('open', 'approved') order by number for update",
                RequestRows::row,
                environment.value());
    }

    /**
     * Open, not asked for by this person, and this person is asked by name and hasn't declined, or nobody is asked. Only what can still
     * be agreed to: on top of this revision, and of this version of the draft where it is one.
     */
    List<ChangeRequest> waitingFor(EnvironmentKey environment, String subject, long base, long draftVersion, int most) {
        return sql.list(
                SELECT + " and state = 'open' and base_number = ? and (draft_version is null or draft_version = ?)"
                        + " and author <> ? and (not exists (select 1 from change_reviewer r"
                        + " where r.environment = change_request.environment and r.number = change_request.number"
                        + " and r.declined_at is null) or exists (select 1 from change_reviewer r"
                        + " where r.environment = change_request.environment and r.number = change_request.number"
                        + " and r.subject = ? and r.declined_at is null)) order by number desc limit ?",
                RequestRows::row,
                environment.value(),
                base,
                draftVersion,
                subject,
                subject,
                most);
    }

    /** Whoever asks holds the environment's draft, so nobody else takes the same number. */
    long next(EnvironmentKey environment) {
        return sql.number(
                "select coalesce(max(number), 0) + 1 from change_request where environment = ?", environment.value());
    }

    void add(ChangeRequest request) {
        sql.change(
                "insert into change_request (environment, number, document, hash, base_number, draft_version, restores, part_of, stays, reason,"
                        + " expires_days, author, author_name, created_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request.environment().value(),
                request.number(),
                request.canonical(),
                request.hash(),
                request.base(),
                request.draftVersion().orElse(null),
                request.restores().orElse(null),
                request.partOf().orElse(null),
                request.stays(),
                request.reason(),
                request.expiresDays(),
                request.author().subject(),
                request.author().name(),
                request.createdAt(),
                request.state().id());
    }

    /** {@code approvedHash} is what an approval is given for, {@code reason} why somebody says no; each is null for the other decision. */
    void decide(
            ChangeRequest request,
            State state,
            @Nullable String approvedHash,
            @Nullable String reason,
            Actor by,
            Instant at) {
        sql.change(
                "update change_request set state = ?, approved_hash = ?, decided_by = ?, decided_by_name = ?, decided_at = ?,"
                        + " decided_reason = ? where environment = ? and number = ?",
                state.id(),
                approvedHash,
                by.subject(),
                by.name(),
                at,
                reason,
                request.environment().value(),
                request.number());
    }

    void supersede(ChangeRequest request) {
        sql.change(
                "update change_request set state = ? where environment = ? and number = ?",
                State.SUPERSEDED.id(),
                request.environment().value(),
                request.number());
    }

    void published(ChangeRequest request, long revision) {
        sql.change(
                "update change_request set state = ?, revision = ? where environment = ? and number = ?",
                State.PUBLISHED.id(),
                revision,
                request.environment().value(),
                request.number());
    }

    long commentsOn(ChangeRequest request) {
        return sql.number(
                "select count(*) from change_comment where environment = ? and number = ?",
                request.environment().value(),
                request.number());
    }

    List<Comment> comments(EnvironmentKey environment, long number) {
        return sql.list(
                "select author, author_name, text, written_at from change_comment where environment = ? and number = ?"
                        + " order by place",
                row -> new Comment(
                        new Person(row.getString("author"), row.getString("author_name")),
                        row.getString("text"),
                        Sql.instant(row, "written_at")),
                environment.value(),
                number);
    }

    void comment(ChangeRequest request, Comment comment) {
        sql.change(
                "insert into change_comment (environment, number, place, author, author_name, text, written_at)"
                        + " select ?, ?, coalesce(max(place), 0) + 1, ?, ?, ?, ? from change_comment where environment = ? and number = ?",
                request.environment().value(),
                request.number(),
                comment.author().subject(),
                comment.author().name(),
                comment.text(),
                comment.writtenAt(),
                request.environment().value(),
                request.number());
    }

    private static ChangeRequest row(ResultSet row) throws SQLException {
        var decidedBy = Optional.ofNullable(row.getString("decided_by"));
        var decidedByName = Optional.ofNullable(row.getString("decided_by_name"));
        var source = Optional.ofNullable(row.getString("source")).map(EnvironmentKey::new);
        long sourceRevision = row.getLong("source_revision");
        return new ChangeRequest(
                new EnvironmentKey(row.getString("environment")),
                row.getLong("number"),
                row.getString("document"),
                row.getString("hash"),
                row.getLong("base_number"),
                Sql.longIfAny(row, "draft_version"),
                Sql.longIfAny(row, "restores"),
                Sql.longIfAny(row, "part_of"),
                source.map(key -> new Origin(key, sourceRevision)),
                row.getBoolean("stays"),
                row.getString("reason"),
                row.getInt("expires_days"),
                new Person(row.getString("author"), row.getString("author_name")),
                Sql.instant(row, "created_at"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("approved_hash")),
                decidedBy.map(subject -> new Person(subject, decidedByName.orElse(""))),
                Sql.instantIfAny(row, "decided_at"),
                Optional.ofNullable(row.getString("decided_reason")),
                Sql.longIfAny(row, "revision"));
    }
}
