package dev.weir.changelog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows somebody wants to see. An empty text asks for nothing.
 *
 * @param from the earliest moment
 * @param to the moment before which a row was written
 */
public record Filter(
        String actor, String kind, String object, String environment, Optional<Instant> from, Optional<Instant> to) {

    public static final Filter ALL = new Filter("", "", "", "", Optional.empty(), Optional.empty());

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
        return new Where(condition.toString(), List.copyOf(arguments));
    }

    public boolean all() {
        return equals(ALL);
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
