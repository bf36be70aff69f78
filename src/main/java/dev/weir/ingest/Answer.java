package dev.weir.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Disposition;
import dev.weir.store.Note;
import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a sender is told of a request that was taken: counts, and on demand what was done to each entry. Never a value it sent. */
final class Answer {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> FLAGS = Arrays.stream(Refusal.values())
            .filter(refusal -> refusal.effect() == Refusal.Effect.FLAGGED)
            .map(Refusal::name)
            .collect(Collectors.toUnmodifiableSet());

    private Answer() {}

    static ObjectNode of(List<Disposition> dispositions, boolean explain) {
        var answer = NODES.objectNode();
        answer.put("accepted", count(dispositions, Outcome.ACCEPTED));
        answer.put("redacted", redacted(dispositions));
        answer.put("quarantined", count(dispositions, Outcome.QUARANTINED));
        answer.put("duplicate", count(dispositions, Outcome.DUPLICATE));
        var dropped = answer.putObject("dropped");
        reasons(dispositions).forEach(dropped::put);
        var flags = flags(dispositions);
        if (!flags.isEmpty()) {
            var flagged = answer.putObject("flagged");
            flags.forEach(flagged::put);
        }
        if (explain) {
            var events = answer.putArray("events");
            dispositions.forEach(disposition -> events.add(explained(disposition)));
        }
        return answer;
    }

    private static long count(List<Disposition> dispositions, Outcome outcome) {
        return dispositions.stream().filter(one -> one.outcome() == outcome).count();
    }

    private static long redacted(List<Disposition> dispositions) {
        return dispositions.stream()
                .filter(one -> one.outcome() == Outcome.ACCEPTED && one.redacted())
                .count();
    }

    private static Map<String, Long> flags(List<Disposition> dispositions) {
        var flags = new TreeMap<String, Long>();
        for (Disposition one : dispositions) {
            one.notes().stream()
                    .map(Note::reason)
                    .filter(FLAGS::contains)
                    .distinct()
                    .forEach(flag -> flags.merge(flag, 1L, Long::sum));
        }
        return flags;
    }

    private static Map<String, Long> reasons(List<Disposition> dispositions) {
        var reasons = new TreeMap<String, Long>();
        for (Disposition one : dispositions) {
            if (one.outcome() == Outcome.DROPPED) {
                reasons.merge(String.valueOf(one.reason()), 1L, Long::sum);
            }
        }
        return reasons;
    }

    private static ObjectNode explained(Disposition disposition) {
        var event = NODES.objectNode();
        event.put("outcome", disposition.outcome().label());
        if (disposition.reason() != null) {
            event.put("reason", disposition.reason());
        }
        event.put("redacted", disposition.redacted());
        var findings = event.putArray("findings");
        for (Note note : disposition.notes()) {
            findings.addObject()
                    .put("reason", note.reason())
                    .put("field", note.field())
                    .put("rule", note.rule());
        }
        return event;
    }
}
