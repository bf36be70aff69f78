package dev.weir.review;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.review.Task.Outcome;
import dev.weir.review.Task.Return;
import dev.weir.review.Task.Signature;
import dev.weir.review.Task.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of tasks. Who writes holds the cycle. Decides nothing. */
@ApplicationScoped
class TaskRows {

    private static final String SELECT =
            "select t.cycle, t.number, t.matter, t.environment, t.about, t.owner, t.owner_name, t.evidence_hash, t.gathered_at,"
                    + " t.state, t.outcome, t.words, t.seal, t.signed_by, t.signed_by_name, t.signed_at, t.countersigned_by,"
                    + " t.countersigned_by_name, t.countersigned_at, t.returned_by, t.returned_by_name, t.returned_at,"
                    + " t.returned_why, t.version, c.due, c.closed_at"
                    + " from review_task t join review_cycle c on c.number = t.cycle";

    private static final String URGENT = " and c.closed_at is null order by c.due, t.cycle, t.number limit ?";

    private final Sql sql;

    TaskRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Task> find(long cycle, long number) {
        return sql.first(SELECT + " where t.cycle = ? and t.number = ?", TaskRows::row, cycle, number);
    }

    List<Task> of(long cycle) {
        return sql.list(SELECT + " where t.cycle = ? order by t.number", TaskRows::row, cycle);
    }

    /** What waits for this person's signature, the most urgent first. */
    List<Task> toSign(String subject, int most) {
        return sql.list(SELECT + " where t.owner = ? and t.state = 'open'" + URGENT, TaskRows::row, subject, most);
    }

    /** What waits for an Auditor who is not this person, likewise. */
    List<Task> toConfirm(String subject, int most) {
        return sql.list(
                SELECT + " where t.state = 'signed' and t.signed_by <> ? and t.owner <> ?" + URGENT,
                TaskRows::row,
                subject,
                subject,
                most);
    }

    Evidence evidence(Task task) {
        return sql.first(
                        "select evidence, evidence_hash, gathered_at from review_task where cycle = ? and number = ?",
                        row -> new Evidence(
                                row.getString("evidence"),
                                row.getString("evidence_hash"),
                                Sql.instant(row, "gathered_at")),
                        task.cycle(),
                        task.number())
                .orElseThrow(() -> new IllegalStateException("a task has evidence"));
    }

    void add(long cycle, long number, Portion portion, Someone owner, Evidence evidence) {
        sql.change(
                "insert into review_task (cycle, number, matter, environment, about, owner, owner_name, evidence, evidence_hash,"
                        + " gathered_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
                cycle,
                number,
                portion.matter().id(),
                portion.environment().map(EnvironmentKey::value).orElse(null),
                portion.about(),
                owner.subject(),
                owner.name(),
                evidence.canonical(),
                evidence.hash(),
                evidence.gatheredAt());
    }

    void gathered(Task task, Evidence evidence) {
        sql.change(
                "update review_task set evidence = ?, evidence_hash = ?, gathered_at = ?, version = version + 1"
                        + " where cycle = ? and number = ?",
                evidence.canonical(),
                evidence.hash(),
                evidence.gatheredAt(),
                task.cycle(),
                task.number());
    }

    void assign(Task task, Someone owner) {
        sql.change(
                "update review_task set owner = ?, owner_name = ?, version = version + 1 where cycle = ? and number = ?",
                owner.subject(),
                owner.name(),
                task.cycle(),
                task.number());
    }

    void sign(Task task, Signature signature) {
        sql.change(
                "update review_task set state = 'signed', outcome = ?, words = ?, seal = ?, signed_by = ?, signed_by_name = ?,"
                        + " signed_at = ?, returned_by = null, returned_by_name = null, returned_at = null, returned_why = null,"
                        + " version = version + 1 where cycle = ? and number = ?",
                signature.outcome().id(),
                signature.words(),
                signature.hash(),
                signature.act().by().subject(),
                signature.act().by().name(),
                signature.act().at(),
                task.cycle(),
                task.number());
    }

    void counterSign(Task task, Act act) {
        sql.change(
                "update review_task set state = 'counter-signed', countersigned_by = ?, countersigned_by_name = ?,"
                        + " countersigned_at = ?, version = version + 1 where cycle = ? and number = ?",
                act.by().subject(),
                act.by().name(),
                act.at(),
                task.cycle(),
                task.number());
    }

    /** What was signed is signed no more: only the change log still tells. */
    void handBack(Task task, Return back) {
        sql.change(
                "update review_task set state = 'open', outcome = null, words = null, seal = null, signed_by = null,"
                        + " signed_by_name = null, signed_at = null, returned_by = ?, returned_by_name = ?, returned_at = ?,"
                        + " returned_why = ?, version = version + 1 where cycle = ? and number = ?",
                back.act().by().subject(),
                back.act().by().name(),
                back.act().at(),
                back.why(),
                task.cycle(),
                task.number());
    }

    private static Task row(ResultSet row) throws SQLException {
        var matter = Matter.valueOf(row.getString("matter").toUpperCase(Locale.ROOT));
        var environment = Optional.ofNullable(row.getString("environment")).map(EnvironmentKey::new);
        return new Task(
                row.getLong("cycle"),
                row.getLong("number"),
                new Portion(matter, environment, row.getString("about")),
                new Someone(row.getString("owner"), row.getString("owner_name")),
                row.getString("evidence_hash"),
                Sql.instant(row, "gathered_at"),
                State.of(row.getString("state")),
                signature(row),
                act(row, "countersigned"),
                returned(row),
                row.getObject("due", LocalDate.class),
                Sql.instantIfAny(row, "closed_at").isPresent(),
                row.getLong("version"));
    }

    private static Optional<Signature> signature(ResultSet row) throws SQLException {
        var act = act(row, "signed");
        if (act.isEmpty()) {
            return Optional.empty();
        }
        var outcome = Outcome.of(row.getString("outcome"))
                .orElseThrow(() -> new IllegalStateException("what is signed has an outcome"));
        return Optional.of(new Signature(outcome, row.getString("words"), act.get(), row.getString("seal")));
    }

    private static Optional<Return> returned(ResultSet row) throws SQLException {
        var why = String.valueOf(row.getString("returned_why"));
        return act(row, "returned").map(act -> new Return(act, why));
    }

    private static Optional<Act> act(ResultSet row, String what) throws SQLException {
        var by = row.getString(what + "_by");
        var name = row.getString(what + "_by_name");
        return Sql.instantIfAny(row, what + "_at").map(at -> new Act(new Someone(by, name), at));
    }
}
