package dev.weir.jobs;

import dev.weir.database.Sql;
import dev.weir.jobs.Job.Person;
import dev.weir.jobs.Job.State;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of jobs. Decides nothing. */
@ApplicationScoped
class JobRows {

    private static final String SELECT = """
            select id, kind, environment, input, state, place, done, total, counts, asked_by, asked_by_name, asked_at,
                   started_at, ended_at, attempts, take
            from job
            """;

    private final Sql sql;

    JobRows(Sql sql) {
        this.sql = sql;
    }

    void add(Job job) {
        sql.change(
                "insert into job (id, kind, environment, input, state, place, counts, asked_by, asked_by_name, asked_at, due_at)"
                        + " values (?, ?, ?, ?, 'waiting', '', '{}', ?, ?, ?, ?)",
                job.id(),
                job.kind(),
                job.environment().map(EnvironmentKey::value).orElse(null),
                job.input(),
                job.askedBy().subject(),
                job.askedBy().name(),
                job.askedAt(),
                job.askedAt());
    }

    Optional<Job> find(String id) {
        return sql.first(SELECT + " where id = ?", JobRows::row, id);
    }

    /** Holds the row until the transaction ends. */
    Optional<Job> lock(String id) {
        return sql.first(SELECT + " where id = ? for update", JobRows::row, id);
    }

    /** Holds the rows until the transaction ends. */
    List<String> lockEnded(String kind, Instant before) {
        return sql.list(
                "select id from job where kind = ? and ended_at < ? order by id for update",
                row -> row.getString(1),
                kind,
                before);
    }

    /** The newest first, from below that place. */
    List<Job> before(Place before, int most) {
        return sql.list(
                SELECT + " where asked_at < ? or asked_at = ? and id < ? order by asked_at desc, id desc limit ?",
                JobRows::row,
                before.askedAt(),
                before.askedAt(),
                before.id(),
                most);
    }

    /** The newest of a kind first. */
    List<Job> ofKind(String kind, int most) {
        return sql.list(SELECT + " where kind = ? order by asked_at desc, id desc limit ?", JobRows::row, kind, most);
    }

    long waiting(String kind, EnvironmentKey environment) {
        return sql.number(
                "select count(*) from job where kind = ? and environment = ? and state = 'waiting'",
                kind,
                environment.value());
    }

    long pending(String kind) {
        return sql.number("select count(*) from job where kind = ? and state in ('waiting', 'running')", kind);
    }

    long pending() {
        return sql.number("select count(*) from job where state in ('waiting', 'running')");
    }

    /** One that may be taken now, held until the transaction ends; what another node is taking is passed over. */
    Optional<Job> due(Collection<String> kinds, Instant now) {
        var arguments = new Object[kinds.size() + 1];
        int i = 0;
        for (String kind : kinds) {
            arguments[i++] = kind;
        }
        arguments[i] = now;
        var marks = "?" + ", ?".repeat(kinds.size() - 1);
        return sql.first(
                SELECT + " where kind in (" + marks + ") and state in ('waiting', 'running') and due_at <= ?"
                        + " order by due_at, asked_at, id limit 1 for update skip locked",
                JobRows::row,
                arguments);
    }

    void take(Job job, String worker, Instant now, Instant lease) {
        sql.change(
                "update job set state = 'running', worker = ?, take = ?, attempts = ?, due_at = ?, started_at = coalesce(started_at, ?)"
                        + " where id = ?",
                worker,
                job.take(),
                job.attempts(),
                lease,
                now,
                job.id());
    }

    /** Whether it is still as whoever has this take of it believes: not cancelled, and not taken since. */
    boolean holds(Job job) {
        return sql.number(
                        "select count(*) from job where id = ? and take = ? and state = 'running'",
                        job.id(),
                        job.take())
                == 1;
    }

    /** False if this take is no longer the last one, or the job was cancelled. */
    boolean progress(Job job, Instant now, Instant lease) {
        return sql.change(
                        "update job set state = ?, place = ?, done = ?, total = ?, counts = ?, attempts = 0, due_at = ?, ended_at = ?"
                                + " where id = ? and take = ? and state = 'running'",
                        job.state().id(),
                        job.place(),
                        job.done(),
                        job.total().orElse(null),
                        CanonicalJson.write(job.counts()),
                        lease,
                        job.state().over() ? now : null,
                        job.id(),
                        job.take())
                == 1;
    }

    /** Gives it back: for anybody from {@code due} on. */
    boolean release(Job job, int attempts, Instant due) {
        return sql.change(
                        "update job set state = 'waiting', worker = null, attempts = ?, due_at = ?"
                                + " where id = ? and take = ? and state = 'running'",
                        attempts,
                        due,
                        job.id(),
                        job.take())
                == 1;
    }

    boolean fail(Job job, Instant now) {
        return sql.change(
                        "update job set state = 'failed', worker = null, ended_at = ? where id = ? and take = ? and state = 'running'",
                        now,
                        job.id(),
                        job.take())
                == 1;
    }

    void cancel(String id, Instant now) {
        sql.change("update job set state = 'cancelled', worker = null, ended_at = ? where id = ?", now, id);
    }

    int forget(Instant before) {
        return sql.change("delete from job where ended_at < ?", before);
    }

    private static Job row(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("environment")).map(EnvironmentKey::new),
                row.getString("input"),
                State.of(row.getString("state")),
                row.getString("place"),
                row.getLong("done"),
                Sql.longIfAny(row, "total"),
                counts(row.getString("counts")),
                new Person(row.getString("asked_by"), row.getString("asked_by_name")),
                Sql.instant(row, "asked_at"),
                Sql.instantIfAny(row, "started_at"),
                Sql.instantIfAny(row, "ended_at"),
                row.getInt("attempts"),
                row.getLong("take"));
    }

    private static Map<String, Long> counts(String canonical) {
        var counts = new TreeMap<String, Long>();
        if (CanonicalJson.read(canonical) instanceof Map<?, ?> read) {
            read.forEach((name, count) -> counts.put(String.valueOf(name), (Long) count));
        }
        return counts;
    }
}
