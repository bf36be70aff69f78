package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
import java.util.List;
import java.util.function.Function;

/** What became of an attempt to publish. Only {@link Done} changed anything. */
public sealed interface Publication {

    <R> R match(Function<Done, R> done, Function<Refused, R> refused);

    record Done(Release release) implements Publication {
        @Override
        public <R> R match(Function<Done, R> done, Function<Refused, R> refused) {
            return done.apply(this);
        }
    }

    record Refused(Why why, PolicyDiff diff) implements Publication {

        /** Before there was anything to compare. */
        Refused(Why why) {
            this(why, new PolicyDiff(List.of()));
        }

        @Override
        public <R> R match(Function<Done, R> done, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
