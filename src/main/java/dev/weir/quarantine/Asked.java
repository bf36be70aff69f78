package dev.weir.quarantine;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which events somebody means, and why: as forms and programs say it. */
final class Asked {

    private static final Pattern REASON = Pattern.compile("[A-Z_]{1,32}");
    private static final int SHORTEST = 3;
    private static final int LONGEST = 1000;

    private Asked() {}

    /** Null for any; what is no reason at all is refused, never quoted. */
    static @Nullable String reason(@Nullable String sent) {
        if (sent == null || sent.isEmpty()) {
            return null;
        }
        if (!REASON.matcher(sent).matches()) {
            throw Problem.of(400, "There is no such reason.");
        }
        return sent;
    }

    /** Words of 3 to 1000 characters; null when they are not. */
    static @Nullable String why(@Nullable String sent) {
        var why = sent == null ? "" : sent.strip();
        return why.length() >= SHORTEST && why.length() <= LONGEST ? why : null;
    }

    /** The chosen ones; without any, all that the reason names, as many as one act may touch. */
    static Collection<Long> events(
            Quarantine quarantine, EnvironmentKey environment, @Nullable List<Long> chosen, @Nullable String reason) {
        if (chosen == null) {
            return quarantine.oldest(environment, reason);
        }
        if (chosen.size() > Quarantine.MOST) {
            throw Problem.of(400, "At most " + Quarantine.MOST + " events at once.");
        }
        return chosen;
    }
}
