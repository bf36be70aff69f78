package dev.weir.restoration;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restoration.Person;
import dev.weir.restoration.Restoration.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of restorations. What was asked for is added and read; only what became of it is written again. Decides nothing. */
@ApplicationScoped
class RestorationRows {

    private static final String SELECT =
            "select number, kind, object, environment, row_number, seen_row, version, hash, reason, asked_by, asked_by_name,"
                    + " asked_at, state, decided_by, decided_by_name, decided_at, answer from restoration";

    private final Sql sql;

    RestorationRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Restoration> find(long number) {
        return sql.first(SELECT + " where number = ?", RestorationRows::row, number);
    }

    /** Holds it until the transaction ends. */
    Optional<Restoration> lock(long number) {
        return sql.first(SELECT + " where number = ? for update", RestorationRows::row, number);
    }

    /** Those of a thing that are open; holds them. */
    List<Restoration> lockOpen(Versioned kind, String object) {
        return sql.list(
                SELECT + " where state = 'open' and kind = ? and object = ? order by number for update",
                RestorationRows::row,
                kind.kind(),
                object);
    }

    /** All that are open; holds them. */
    List<Restoration> lockOpen() {
        return sql.list(SELECT + " where state = 'open' order by number for update", RestorationRows::row);
    }

    long open() {
        return sql.number("select count(*) from restoration where state = 'open'");
    }

    /** The newest first, from below {@code before}, as far as somebody may see them. */
    List<Restoration> before(long before, int most, Scope scope) {
        return list("", before, most, scope);
    }

    /** As {@link #before}, of those that are open. */
    List<Restoration> open(int most, Scope scope) {
        return list(" and state = 'open'", Long.MAX_VALUE, most, scope);
    }

    /**
     * Which restorations are meant.
     *
     * @param all whatever it is about
     * @param environments else: what is about these
     * @param others and what belongs to no environment
     */
    record Scope(boolean all, List<String> environments, boolean others) {

        static final Scope ALL = new Scope(true, List.of(), true);

        Scope {
            environments = List.copyOf(environments);
        }

        boolean has(Restoration restoration) {
            return all
                    || restoration
                            .environment()
                            .map(key -> environments.contains(key.value()))
                            .orElse(others);
        }
    }

    private List<Restoration> list(String which, long before, int most, Scope scope) {
        var arguments = new ArrayList<@Nullable Object>();
        arguments.add(before);
        var within = "";
        if (!scope.all()) {
            var places =
                    String.join(", ", Collections.nCopies(scope.environments().size(), "?"));
            within = " and (" + (scope.others() ? "environment is null" : "1 = 0")
                    + (places.isEmpty() ? "" : " or environment in (" + places + ")") + ")";
            arguments.addAll(scope.environments());
        }
        arguments.add(most);
        return sql.list(
                SELECT + " where number < ?" + which + within + " order by number desc limit ?",
                RestorationRows::row,
                arguments.toArray());
    }

    /** Nobody else asks for anything until the transaction ends. */
    void hold() {
        sql.first("select last from restoration_counter where id = 1 for update", row -> row.getLong(1));
    }

    /** For who holds this. */
    long next() {
        sql.change("update restoration_counter set last = last + 1 where id = 1");
        return sql.number("select last from restoration_counter where id = 1");
    }

    void add(Restoration made) {
        sql.change(
                "insert into restoration (number, kind, object, environment, row_number, seen_row, version, hash, reason, asked_by,"
                        + " asked_by_name, asked_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                made.number(),
                made.kind().kind(),
                made.object(),
                made.environment().map(EnvironmentKey::value).orElse(null),
                made.row(),
                made.seen(),
                made.version(),
                made.hash(),
                made.reason(),
                made.asker().subject(),
                made.asker().name(),
                made.askedAt(),
                made.state().id());
    }

    void decide(Restoration decided) {
        sql.change(
                "update restoration set state = ?, decided_by = ?, decided_by_name = ?, decided_at = ?, answer = ? where number = ?",
                decided.state().id(),
                decided.decidedBy().map(Person::subject).orElse(null),
                decided.decidedBy().map(Person::name).orElse(null),
                decided.decidedAt().orElse(null),
                decided.answer().isEmpty() ? null : decided.answer(),
                decided.number());
    }

    private static Restoration row(ResultSet row) throws SQLException {
        var decidedBy = Optional.ofNullable(row.getString("decided_by"));
        var decidedByName = Optional.ofNullable(row.getString("decided_by_name"));
        var answer = row.getString("answer");
        return new Restoration(
                row.getLong("number"),
                Versioned.of(row.getString("kind")).orElseThrow(),
                row.getString("object"),
                Optional.ofNullable(row.getString("environment")).map(EnvironmentKey::new),
                row.getLong("row_number"),
                row.getLong("seen_row"),
                row.getLong("version"),
                row.getString("hash"),
                row.getString("reason"),
                new Person(row.getString("asked_by"), row.getString("asked_by_name")),
                Sql.instant(row, "asked_at"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                decidedBy.map(subject -> new Person(subject, decidedByName.orElse(""))),
                Sql.instantIfAny(row, "decided_at"),
                answer == null ? "" : answer);
    }
}
