package dev.weir.changelog;

import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows somebody wants to see. An empty text asks for nothing.
 *
 * @param from the earliest moment
 * @param to the moment before which a row was written
 * @param within the environments whose rows somebody may see; empty where they may see all, also those of none
 */
public record Filter(
        String actor,
        String kind,
        String object,
        String environment,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Set<EnvironmentKey>> within) {

    public static final Filter ALL = new Filter("", "", "", "", Optional.empty(), Optional.empty());

    public Filter(
            String actor,
            String kind,
            String object,
            String environment,
            Optional<Instant> from,
            Optional<Instant> to) {
        this(actor, kind, object, environment, from, to, Optional.empty());
    }

    /** The same, of these environments only. */
    public Filter within(Set<EnvironmentKey> environments) {
        return new Filter(actor, kind, object, environment, from, to, Optional.of(Set.copyOf(environments)));
    }

    /** SQL of constant pieces, and what goes into their places. */
    record Where(String condition, List<Object> arguments) {}

    Where where() {
        var condition = new StringBuilder();
        var arguments = new ArrayList<Object>();
        text(condition, arguments, " and actor = ?", actor);
        text(condition, arguments, " and object_kind = ?", kind);
        text(condition, arguments, " and object_id = ?", object);
        text(condition, arguments, " and environment = ?", environment);
        from.ifPresent(at -> add(condition, arguments, " and written_at >= ?", at));
        to.ifPresent(at -> add(condition, arguments, " and written_at < ?", at));
        within.ifPresent(some -> among(condition, arguments, some));
        return new Where(condition.toString(), List.copyOf(arguments));
    }

    public boolean all() {
        return equals(ALL);
    }

    private static void among(StringBuilder condition, List<Object> arguments, Set<EnvironmentKey> some) {
        // In no environment at all there is no row, not every row.
        condition.append(
                some.isEmpty() ? " and 1 = 0" : " and environment in (?" + ", ?".repeat(some.size() - 1) + ")");
        some.stream().map(EnvironmentKey::value).sorted().forEach(arguments::add);
    }

    private static void text(StringBuilder condition, List<Object> arguments, String piece, String value) {
        if (!value.isEmpty()) {
            add(condition, arguments, piece, value);
        }
    }

    private static void add(StringBuilder condition, List<Object> arguments, String piece, Object value) {
        condition.append(piece);
        arguments.add(value);
    }
}
