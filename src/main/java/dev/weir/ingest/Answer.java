package dev.weir.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Disposition;
import dev.weir.store.Note;
import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a sender is told of a request that was taken: counts, and on demand what was done to each entry. Never a value it sent. */
final class Answer {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Answer() {}

    static ObjectNode of(List<Disposition> dispositions, boolean explain) {
        var answer = NODES.objectNode();
        answer.put("accepted", count(dispositions, Outcome.ACCEPTED));
        answer.put("redacted", redacted(dispositions));
        answer.put("quarantined", count(dispositions, Outcome.QUARANTINED));
        answer.put("duplicate", count(dispositions, Outcome.DUPLICATE));
        var dropped = answer.putObject("dropped");
        reasons(dispositions).forEach(dropped::put);
        long future = flagged(dispositions);
        if (future > 0) {
            answer.putObject("flagged").put(Refusal.FUTURE_TIME.name(), future);
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

    private static long flagged(List<Disposition> dispositions) {
        return dispositions.stream()
                .filter(one -> one.notes().stream().map(Note::reason).anyMatch(Refusal.FUTURE_TIME.name()::equals))
                .count();
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
