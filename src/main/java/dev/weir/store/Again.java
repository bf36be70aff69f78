package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy leaves of an event that another one has let in before. It only ever takes away. Consent belongs to the moment an event
 * came in and is not asked for again, and what was set aside stays set aside.
 */
sealed interface Again {

    /** A policy leaves what it left before; this often is more than enough to be sure. */
    int TIMES = 5;

    /** {@code reason} why it is set aside; null when it is kept. */
    record Left(Event event, @Nullable String reason, List<Note> notes) implements Again {}

    /** The policy would not let it in. */
    record Gone(Verdict.Dropped why) implements Again {}

    static Again judged(CompiledPolicy policy, Event stored, @Nullable String aside) {
        var event = stored;
        var reason = aside;
        var notes = new ArrayList<Note>();
        for (int i = 0; i < TIMES; i++) {
            var verdict = policy.judge(event, Circumstances.SERVER);
            if (verdict instanceof Verdict.Dropped dropped) {
                return new Gone(dropped);
            }
            verdict.findings().stream().map(Note::of).forEach(notes::add);
            if (verdict instanceof Verdict.Quarantined quarantined && reason == null) {
                reason = quarantined.reason().name();
            }
            var next = event(verdict);
            if (EventJson.write(next).equals(EventJson.write(event))) {
                break;
            }
            event = next;
        }
        return new Left(event, reason, List.copyOf(notes));
    }

    private static Event event(Verdict verdict) {
        return verdict.match(kept -> kept.event(), quarantined -> quarantined.event(), dropped -> {
            throw new IllegalStateException("a dropped event has nothing left");
        });
    }
}
