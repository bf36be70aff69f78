package dev.weir.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Disposition;
import dev.weir.store.Note;
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

    static String of(List<Disposition> dispositions, boolean explain) {
        var counts = new Counts();
        dispositions.forEach(counts::add);
        return explain || !counts.plain() ? whole(counts, dispositions, explain).toString() : counts.toString();
    }

    private static ObjectNode whole(Counts counts, List<Disposition> dispositions, boolean explain) {
        var answer = NODES.objectNode();
        answer.put("accepted", counts.accepted);
        answer.put("redacted", counts.redacted);
        answer.put("quarantined", counts.quarantined);
        answer.put("duplicate", counts.duplicate);
        counts.dropped.forEach(answer.putObject("dropped")::put);
        if (!counts.flagged.isEmpty()) {
            counts.flagged.forEach(answer.putObject("flagged")::put);
        }
        if (explain) {
            var events = answer.putArray("events");
            dispositions.forEach(disposition -> events.add(explained(disposition)));
        }
        return answer;
    }

    private static final class Counts {
        private int accepted;
        private int redacted;
        private int quarantined;
        private int duplicate;
        private final Map<String, Long> dropped = new TreeMap<>();
        private final Map<String, Long> flagged = new TreeMap<>();

        void add(Disposition one) {
            switch (one.outcome()) {
                case ACCEPTED -> {
                    accepted++;
                    redacted += one.redacted() ? 1 : 0;
                }
                case QUARANTINED -> quarantined++;
                case DUPLICATE -> duplicate++;
                case DROPPED -> dropped.merge(String.valueOf(one.reason()), 1L, Long::sum);
            }
            if (!one.notes().isEmpty()) {
                one.notes().stream()
                        .map(Note::reason)
                        .filter(FLAGS::contains)
                        .distinct()
                        .forEach(flag -> flagged.merge(flag, 1L, Long::sum));
            }
        }

        boolean plain() {
            return dropped.isEmpty() && flagged.isEmpty();
        }

        /** Where there is nothing but numbers to tell, as nearly always: a tree costs more than all else that an answer does. */
        @Override
        public String toString() {
            return "{\"accepted\":" + accepted + ",\"redacted\":" + redacted + ",\"quarantined\":" + quarantined
                    + ",\"duplicate\":" + duplicate + ",\"dropped\":{}}";
        }
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
