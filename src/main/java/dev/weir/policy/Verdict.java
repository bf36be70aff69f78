package dev.weir.policy;

import dev.weir.event.Event;
import java.util.List;
import java.util.function.Function;

/** What the policy makes of one event. A verdict that is not {@link Kept} says why; silence is not a verdict. */
public sealed interface Verdict {

    /** Everything that was done, in order. */
    List<Finding> findings();

    /** The only way in: a fourth outcome needs a fourth argument, so no caller can overlook it. */
    <R> R match(Function<Kept, R> kept, Function<Quarantined, R> quarantined, Function<Dropped, R> dropped);

    /** To be stored, perhaps redacted: redacted when there are findings. */
    record Kept(Event event, List<Finding> findings) implements Verdict {
        @Override
        public <R> R match(Function<Kept, R> kept, Function<Quarantined, R> quarantined, Function<Dropped, R> dropped) {
            return kept.apply(this);
        }
    }

    /** To be set aside, after redaction. */
    record Quarantined(Event event, Reason reason, List<Finding> findings) implements Verdict {
        @Override
        public <R> R match(Function<Kept, R> kept, Function<Quarantined, R> quarantined, Function<Dropped, R> dropped) {
            return quarantined.apply(this);
        }
    }

    /** Not to be stored. */
    record Dropped(Reason reason, List<Finding> findings) implements Verdict {
        @Override
        public <R> R match(Function<Kept, R> kept, Function<Quarantined, R> quarantined, Function<Dropped, R> dropped) {
            return dropped.apply(this);
        }
    }
}
