package dev.weir.store;

import dev.weir.event.Hierarchy;
import dev.weir.store.Question.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What a {@link Question} answers about the hierarchies, or the locations, of one environment: each is asked about once. */
final class Sharing {

    /** Of one environment and kind that are asked about; docs/limits.md. Where there are more, nothing is known but of events. */
    static final int MOST = 50_000;

    private final Map<Answer, Set<UUID>> answers = new EnumMap<>(Answer.class);
    private final Map<UUID, String> open = new HashMap<>();

    private Sharing(UUID nothing, Answer answer) {
        for (var each : Answer.values()) {
            answers.put(each, new HashSet<>());
        }
        put(nothing, "", answer);
    }

    /** Empty when they are not worth asking about, or too many. */
    static Optional<Sharing> hierarchies(Connection connection, String environment, Question question)
            throws SQLException {
        return question.asksHierarchies()
                ? new Sharing(Shared.NOTHING, question.ofHierarchy(Hierarchy.NONE))
                        .ask(
                                connection,
                                environment,
                                Shared.Kind.HIERARCHY,
                                text -> question.ofHierarchy(EventReading.hierarchy(text)))
                : Optional.empty();
    }

    /** Empty when they are not worth asking about, or too many. */
    static Optional<Sharing> locations(Connection connection, String environment, Question question)
            throws SQLException {
        return question.asksLocations()
                ? new Sharing(Shared.NOTHING, question.ofLocation(null))
                        .ask(connection, environment, Shared.Kind.LOCATION, question::ofLocation)
                : Optional.empty();
    }

    Set<UUID> certain() {
        return answers.getOrDefault(Answer.YES, Set.of());
    }

    /** Whether the answer is yes or no for each. */
    boolean decided() {
        return answers.getOrDefault(Answer.PERHAPS, Set.of()).isEmpty();
    }

    /** Those for which the answer is not no. */
    Set<UUID> possible() {
        var possible = new HashSet<>(certain());
        possible.addAll(answers.getOrDefault(Answer.PERHAPS, Set.of()));
        return possible;
    }

    /** The text of one about which nothing is certain; empty for nothing. */
    String open(UUID id) {
        return open.getOrDefault(id, "");
    }

    private void put(UUID id, String text, Answer answer) {
        answers.computeIfAbsent(answer, each -> new HashSet<>()).add(id);
        if (answer == Answer.PERHAPS) {
            open.put(id, text);
        }
    }

    private Optional<Sharing> ask(
            Connection connection, String environment, Shared.Kind kind, Function<String, Answer> question)
            throws SQLException {
        try (var select = connection.prepareStatement(
                "select id, content from " + kind.table() + " where environment = ? limit ?")) {
            select.setString(1, environment);
            select.setInt(2, MOST + 1);
            select.setFetchSize(StoredRows.FETCH);
            int count = 0;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (++count > MOST) {
                        return Optional.empty();
                    }
                    var text = rows.getString(2);
                    put(rows.getObject(1, UUID.class), text, question.apply(text));
                }
            }
            return Optional.of(this);
        }
    }
}
