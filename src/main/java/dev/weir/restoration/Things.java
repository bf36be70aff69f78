package dev.weir.restoration;

import dev.weir.kernel.EnvironmentKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Things of one kind, and the door that edits them: it decides about what comes back as about any edit. A bean for each kind. */
interface Things {

    /**
     * One of them, as it is now.
     *
     * @param title what people call it
     * @param home where it is in the console
     * @param history where its versions are
     */
    record Present(String title, Optional<EnvironmentKey> environment, long version, String home, String history) {}

    Versioned kind();

    /** Empty where there is none, or whoever asks does not see it. */
    Optional<Present> now(String object);

    /** Of the thing, whoever asks; empty where there is none any more. */
    default Optional<Long> version(String object) {
        return now(object).map(Present::version);
    }

    /** Whether whoever asks may make such an edit at all. The door asks again. */
    boolean edits(String object);

    /** Why nobody could ever agree to it, where that is known already: {@link Answer#DONE} for nothing. */
    default Answer objection(String object, Map<String, @Nullable Object> then) {
        return Answer.DONE;
    }

    /** Whether it takes somebody who did not ask for it. The door asks again. */
    default boolean takesTwo(String object, Map<String, @Nullable Object> then) {
        return false;
    }

    /** @param then the fields that come back, as they were; whatever else there is stays as it is */
    Answer restore(Restoration asked, Map<String, @Nullable Object> then);
}
