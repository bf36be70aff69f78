package dev.weir.privacy;

import dev.weir.policy.PolicyError;
import java.util.List;
import java.util.function.Function;

/** What became of an edit of a draft. */
public sealed interface Edited {

    <R> R match(Function<Saved, R> saved, Function<Invalid, R> invalid, Function<Overtaken, R> overtaken);

    /** The draft as it is now; it may be the same as before when the edit changed nothing. */
    record Saved(Draft draft) implements Edited {
        @Override
        public <R> R match(Function<Saved, R> saved, Function<Invalid, R> invalid, Function<Overtaken, R> overtaken) {
            return saved.apply(this);
        }
    }

    /** Nothing was saved: the document would not be valid. */
    record Invalid(List<PolicyError> errors) implements Edited {

        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public <R> R match(Function<Saved, R> saved, Function<Invalid, R> invalid, Function<Overtaken, R> overtaken) {
            return invalid.apply(this);
        }
    }

    /** Nothing was saved: somebody else changed the draft first. {@code meanwhile} is what they changed, as far as it is known. */
    record Overtaken(Draft draft, List<Change> meanwhile) implements Edited {

        public Overtaken {
            meanwhile = List.copyOf(meanwhile);
        }

        @Override
        public <R> R match(Function<Saved, R> saved, Function<Invalid, R> invalid, Function<Overtaken, R> overtaken) {
            return overtaken.apply(this);
        }
    }
}
