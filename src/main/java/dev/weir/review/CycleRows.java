package dev.weir.review;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.review.Cycle.Closing;
import dev.weir.review.Cycle.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of review cycles. Decides nothing. */
@ApplicationScoped
class CycleRows {

    private static final String SELECT =
            "select c.number, c.name, c.due, c.environments, c.opened_by, c.opened_by_name, c.opened_at, c.closed_by,"
                    + " c.closed_by_name, c.closed_at, c.closed_why, c.report_hash, c.version,"
                    + " (select count(*) from review_task t where t.cycle = c.number) as tasks,"
                    + " (select count(*) from review_task t where t.cycle = c.number and t.state <> 'open') as signed,"
                    + " (select count(*) from review_task t where t.cycle = c.number and t.state = 'counter-signed') as confirmed,"
                    + " (select count(*) from review_task t where t.cycle = c.number and t.outcome = 'needs-work') as need_work"
                    + " from review_cycle c";

    private final Sql sql;

    CycleRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Cycle> find(long number) {
        return sql.first(SELECT + " where c.number = ?", CycleRows::row, number);
    }

    /** Holds the cycle until the transaction ends: what happens in one cycle happens one after the other. */
    Optional<Cycle> lock(long number) {
        return sql.first("select number from review_cycle where number = ? for update", row -> row.getLong(1), number)
                .flatMap(this::find);
    }

    /** The newest first, from below {@code before}. */
    List<Cycle> before(long before, int most) {
        return sql.list(SELECT + " where c.number < ? order by c.number desc limit ?", CycleRows::row, before, most);
    }

    long open() {
        return sql.number("select count(*) from review_cycle where closed_at is null");
    }

    /** Nobody else opens a cycle until the transaction ends. */
    void hold() {
        sql.first("select last from review_counter where id = 1 for update", row -> row.getLong(1));
    }

    /** For who holds this. */
    long next() {
        sql.change("update review_counter set last = last + 1 where id = 1");
        return sql.number("select last from review_counter where id = 1");
    }

    void add(Cycle cycle) {
        sql.change(
                "insert into review_cycle (number, name, due, environments, opened_by, opened_by_name, opened_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                cycle.number(),
                cycle.name(),
                cycle.due(),
                cycle.environments().stream().map(EnvironmentKey::value).collect(Collectors.joining(",")),
                cycle.opened().by().subject(),
                cycle.opened().by().name(),
                cycle.opened().at());
    }

    /** Something has happened in it. */
    void touch(long number) {
        sql.change("update review_cycle set version = version + 1 where number = ?", number);
    }

    void close(long number, Closing closing, String report) {
        sql.change(
                "update review_cycle set closed_by = ?, closed_by_name = ?, closed_at = ?, closed_why = ?, report = ?,"
                        + " report_hash = ?, version = version + 1 where number = ?",
                closing.act().by().subject(),
                closing.act().by().name(),
                closing.act().at(),
                closing.why(),
                report,
                closing.hash(),
                number);
    }

    /** The signed note. */
    Optional<String> report(long number) {
        return sql.first(
                "select report from review_cycle where number = ? and report is not null",
                row -> row.getString(1),
                number);
    }

    /** Tasks that are late today. */
    long late(LocalDate today) {
        return sql.number(
                "select count(*) from review_task t join review_cycle c on c.number = t.cycle"
                        + " where c.closed_at is null and c.due < ? and t.state <> 'counter-signed'",
                today);
    }

    private static Cycle row(ResultSet row) throws SQLException {
        return new Cycle(
                row.getLong("number"),
                row.getString("name"),
                row.getObject("due", LocalDate.class),
                keys(row.getString("environments")),
                new Act(
                        new Someone(row.getString("opened_by"), row.getString("opened_by_name")),
                        Sql.instant(row, "opened_at")),
                closing(row, Sql.instantIfAny(row, "closed_at")),
                new Progress(
                        row.getLong("tasks"),
                        row.getLong("signed"),
                        row.getLong("confirmed"),
                        row.getLong("need_work")),
                row.getLong("version"));
    }

    private static Optional<Closing> closing(ResultSet row, Optional<Instant> at) throws SQLException {
        if (at.isEmpty()) {
            return Optional.empty();
        }
        var by = new Someone(row.getString("closed_by"), row.getString("closed_by_name"));
        return Optional.of(
                new Closing(new Act(by, at.get()), row.getString("closed_why"), row.getString("report_hash")));
    }

    private static List<EnvironmentKey> keys(String environments) {
        return Stream.of(environments.split(",", -1))
                .filter(key -> !key.isEmpty())
                .map(EnvironmentKey::new)
                .toList();
    }
}
