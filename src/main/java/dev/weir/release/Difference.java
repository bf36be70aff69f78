package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import java.util.Optional;

/**
 * Something that does not lie in its table as the change log tells it.
 *
 * @param environment empty where it belongs to none
 * @param kind {@code revision}, {@code change-request}, {@code emergency} or {@code restoration}
 * @param number of the revision, the request or the restoration
 * @param row that tells of it; 0 where none does
 * @param words what differs, for people; never quotes what is stored
 */
public record Difference(Optional<EnvironmentKey> environment, String kind, long number, long row, String words) {

    static final String REVISION = "revision";
    static final String REQUEST = "change-request";
    static final String EMERGENCY = "emergency";
    static final String RESTORATION = "restoration";

    Difference(EnvironmentKey environment, String kind, long number, long row, String words) {
        this(Optional.of(environment), kind, number, row, words);
    }

    static Difference untold(EnvironmentKey environment, String kind, long number) {
        return new Difference(environment, kind, number, 0, "no row tells of it");
    }

    /** "Revision", "Change request", "Emergency". */
    public String title() {
        return Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('-', ' ');
    }
}
