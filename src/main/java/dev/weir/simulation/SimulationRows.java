package dev.weir.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.simulation.Simulation.State;
import dev.weir.store.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of simulations, each under the id of its job, and longer than that. How far one is, its job knows; its end is written here. */
@ApplicationScoped
class SimulationRows {

    private static final String ANY =
            "select id, environment, request, document, base_number, uploaded, wanted, looked, state,"
                    + " asked_by_name, asked_at, ended_at, effect from policy_simulation where ";

    private static final String SELECT = ANY + "environment = ?";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sql sql;

    SimulationRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Simulation> find(EnvironmentKey environment, String id) {
        return sql.first(SELECT + " and id = ?", SimulationRows::row, environment.value(), id);
    }

    Optional<Simulation> of(String job) {
        return sql.first(ANY + "id = ?", SimulationRows::row, job);
    }

    /** The newest first. */
    List<Simulation> newest(EnvironmentKey environment, int most) {
        return sql.list(SELECT + " order by asked_at desc, id limit ?", SimulationRows::row, environment.value(), most);
    }

    /** The newest about this content on top of this revision that says something, or is about to. */
    Optional<Simulation> about(EnvironmentKey environment, String hash, long base) {
        return sql.first(
                SELECT + " and hash = ? and base_number = ? and state in ('waiting', 'running', 'done')"
                        + " order by asked_at desc, id limit 1",
                SimulationRows::row,
                environment.value(),
                hash,
                base);
    }

    /** The newest of the draft, whatever it said then. */
    Optional<Simulation> ofDraft(EnvironmentKey environment) {
        return sql.first(
                SELECT + " and request is null and state = 'done' order by asked_at desc, id limit 1",
                SimulationRows::row,
                environment.value());
    }

    void add(Simulation simulation, Actor by) {
        sql.change(
                "insert into policy_simulation (id, environment, request, document, hash, base_number, uploaded, wanted, looked,"
                        + " state, asked_by, asked_by_name, asked_at, beat_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                simulation.id(),
                simulation.environment().value(),
                simulation.request().orElse(null),
                simulation.document().canonical(),
                simulation.hash(),
                simulation.base(),
                simulation.uploaded(),
                simulation.wanted(),
                simulation.looked(),
                simulation.state().id(),
                by.subject(),
                by.name(),
                simulation.askedAt(),
                simulation.askedAt());
    }

    /** Only the newest stay. */
    void forget(EnvironmentKey environment, int kept) {
        sql.change(
                "delete from policy_simulation where environment = ? and state not in ('waiting', 'running') and id not in"
                        + " (select id from policy_simulation where environment = ? order by asked_at desc, id limit ?)",
                environment.value(),
                environment.value(),
                kept);
    }

    void done(String id, int looked, Effect effect, Instant now) {
        sql.change(
                "update policy_simulation set state = 'done', looked = ?, effect = ?, ended_at = ? where id = ?"
                        + " and state in ('waiting', 'running')",
                looked,
                text(effect),
                now,
                id);
    }

    /** Ends one that is under way. */
    void end(String id, State state, Instant now) {
        sql.change(
                "update policy_simulation set state = ?, ended_at = ? where id = ? and state in ('waiting', 'running')",
                state.id(),
                now,
                id);
    }

    private static Simulation row(ResultSet row) throws SQLException {
        return new Simulation(
                row.getString("id"),
                new EnvironmentKey(row.getString("environment")),
                Sql.longIfAny(row, "request"),
                PolicyText.document(row.getString("document")),
                row.getLong("base_number"),
                row.getBoolean("uploaded"),
                row.getInt("wanted"),
                row.getInt("looked"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("asked_by_name"),
                Sql.instant(row, "asked_at"),
                Sql.instantIfAny(row, "ended_at"),
                Optional.ofNullable(row.getString("effect")).map(SimulationRows::effect));
    }

    private static String text(Effect effect) {
        try {
            return JSON.writerFor(Effect.class).writeValueAsString(effect);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an effect can always be written", e);
        }
    }

    private static Effect effect(String text) {
        try {
            return JSON.readerFor(Effect.class)
                    .without(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored effect is not readable");
        }
    }
}
