package dev.weir.release;

import java.util.function.Function;

/** What became of asking for a change, or of deciding about one. Only {@link Done} changed anything. */
public sealed interface Requested {

    <R> R match(Function<Done, R> done, Function<Refused, R> refused);

    /** {@code made} by this very asking: else it had been asked for already, or something was decided about it. */
    record Done(ChangeRequest request, boolean made) implements Requested {

        Done(ChangeRequest request) {
            this(request, false);
        }

        @Override
        public <R> R match(Function<Done, R> done, Function<Refused, R> refused) {
            return done.apply(this);
        }
    }

    record Refused(Why why) implements Requested {
        @Override
        public <R> R match(Function<Done, R> done, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
