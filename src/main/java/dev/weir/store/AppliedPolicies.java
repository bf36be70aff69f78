package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Reason;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policies that were applied to what is stored, as far as this node knows. What an earlier revision has judged and is written only
 * after that, because it waited in a queue or in a topic, is judged by each of them, so that it becomes what it would have become in its
 * place. Where one of them can't be read, nothing is kept that it has not seen.
 */
final class AppliedPolicies {

    /** Compiled ones that are kept at hand: more are needed only by what comes in very late. */
    private static final int AT_HAND = 8;

    private static final Note UNREADABLE = new Note(Reason.POLICY_FAILURE.name(), "event", "floor.failure");

    private final Map<String, List<Long>> known = new HashMap<>();
    private final Map<Key, Optional<CompiledPolicy>> compiled = new HashMap<>();

    private record Key(String environment, long revision) {}

    /** Batches, and the newest revision of each of their environments that was known when they were looked at. */
    record After(List<Prepared> batches, Map<String, Long> known) {

        long newest(String environment) {
            return known.getOrDefault(environment, 0L);
        }
    }

    private synchronized long newest(String environment) {
        var revisions = known.getOrDefault(environment, List.of());
        return revisions.isEmpty() ? 0 : revisions.get(revisions.size() - 1);
    }

    void heed(Connection connection, String environment) throws SQLException {
        try (var select = connection.prepareStatement(
                "select revision from applied_revision where environment = ? order by revision")) {
            select.setString(1, environment);
            var revisions = new ArrayList<Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    revisions.add(rows.getLong(1));
                }
            }
            synchronized (this) {
                known.put(environment, List.copyOf(revisions));
            }
        }
    }

    /** The same batches, each as it is after all that was applied since it was judged. */
    After after(Connection connection, List<Prepared> batches) throws SQLException {
        var before = new HashMap<String, Long>();
        for (Prepared prepared : batches) {
            before.computeIfAbsent(prepared.batch().revision().environment().value(), this::newest);
        }
        var after = new ArrayList<Prepared>(batches.size());
        for (Prepared prepared : batches) {
            after.add(after(connection, prepared));
        }
        return new After(after, before);
    }

    private Prepared after(Connection connection, Prepared prepared) throws SQLException {
        var judgedBy = prepared.batch().revision();
        var last = prepared;
        for (long revision : later(judgedBy.environment().value(), judgedBy.number())) {
            var policy = policy(connection, judgedBy.environment(), revision);
            last = last.with(last.batch().entries().stream()
                    .map(entry -> entry(policy.orElse(null), entry))
                    .toList());
        }
        return last;
    }

    private synchronized List<Long> later(String environment, long number) {
        if (newest(environment) <= number) {
            return List.of();
        }
        return known.getOrDefault(environment, List.of()).stream()
                .filter(revision -> revision > number)
                .toList();
    }

    private Optional<CompiledPolicy> policy(Connection connection, EnvironmentKey environment, long revision)
            throws SQLException {
        var key = new Key(environment.value(), revision);
        synchronized (this) {
            var at = compiled.get(key);
            if (at != null) {
                return at;
            }
        }
        var document = Enforced.document(connection, environment, revision);
        var secret = Secret.of(connection, environment.value());
        var policy = document.map(read -> CompiledPolicy.of(read, secret.getBytes(StandardCharsets.UTF_8)));
        synchronized (this) {
            if (compiled.size() >= AT_HAND) {
                compiled.clear();
            }
            compiled.put(key, policy);
        }
        return policy;
    }

    private static Entry entry(@Nullable CompiledPolicy policy, Entry entry) {
        if (!(entry instanceof Entry.Arrival arrival)) {
            return entry;
        }
        var type = arrival.event().type();
        if (policy == null) {
            return new Entry.Drop(type, Reason.POLICY_FAILURE.name(), List.of(UNREADABLE));
        }
        var again = Again.judged(policy, arrival.event(), arrival.reason());
        if (again instanceof Again.Gone gone) {
            var notes = gone.why().findings().stream().map(Note::of).toList();
            return new Entry.Drop(type, gone.why().reason().name(), notes);
        }
        return left(policy, arrival, (Again.Left) again);
    }

    /** The same arrival where nothing is taken away. */
    private static Entry.Arrival left(CompiledPolicy policy, Entry.Arrival arrival, Again.Left left) {
        var who = arrival.who();
        var handles = new Entry.Who(
                Rewriting.handle(policy, who.userId()),
                Rewriting.handle(policy, who.sessionId()),
                Rewriting.handle(policy, who.pageId()));
        if (handles.equals(who)
                && Objects.equals(left.reason(), arrival.reason())
                && EventJson.write(left.event()).equals(EventJson.write(arrival.event()))) {
            return arrival;
        }
        var notes = new LinkedHashSet<>(arrival.notes());
        notes.addAll(left.notes());
        return new Entry.Arrival(
                arrival.key(),
                left.event(),
                handles,
                arrival.happenedAt(),
                left.reason(),
                arrival.redacted() || !left.notes().isEmpty(),
                List.copyOf(notes),
                arrival.meaning());
    }
}
