package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.PolicyDiff;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where a page is and what whoever looks at it may do there, as far as a page needs it. */
record PlaceView(EnvironmentKey key, String name, boolean critical, boolean admin, boolean architect) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public String home() {
        return "/console/" + key + "/policy";
    }

    public String privacy() {
        return "/console/" + key + "/privacy";
    }

    public boolean editor() {
        return admin || architect;
    }

    public boolean mayPublish(PolicyDiff diff) {
        return admin || (architect && diff.onlyTightens());
    }

    public String when(Instant at) {
        return MINUTE.format(at);
    }
}
