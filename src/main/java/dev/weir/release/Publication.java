package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
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
        @Override
        public <R> R match(Function<Done, R> done, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }

    /** Why nothing was published. */
    enum Why {
        NOTHING_TO_PUBLISH,
        REASON_MISSING,
        KEY_NOT_CONFIRMED,
        DRAFT_CHANGED,
        DRAFT_OUTDATED,
        OTHER_REVISION_IN_FORCE,
        NEEDS_ADMIN
    }
}
