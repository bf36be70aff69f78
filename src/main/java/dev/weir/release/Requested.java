package dev.weir.release;

import java.util.function.Function;

/** What became of asking for a change, or of deciding about one. Only {@link Done} changed anything. */
public sealed interface Requested {

    <R> R match(Function<Done, R> done, Function<Refused, R> refused);

    record Done(ChangeRequest request) implements Requested {
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
