package dev.weir.release;

import dev.weir.changelog.Thing;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Promotion.Origin;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A snapshot of a draft, or an earlier revision, that somebody asks to have published. The snapshot never changes.
 *
 * @param base the revision in force when it was made
 * @param draftVersion the draft it was taken from; empty where it restores a revision or a part of one, came as a file, or is promoted
 * @param partOf the revision of which it restores a part
 * @param origin the revision of another environment whose rules it brings here
 * @param stays whether it asks that what is in force for a while is so for good: the snapshot is what is in force
 * @param expiresDays after how many days the change reverts by itself; 0 for never
 * @param approvedHash what the approval was given for
 * @param decidedReason why somebody said no
 * @param revision the one it became
 */
public record ChangeRequest(
        EnvironmentKey environment,
        long number,
        String canonical,
        String hash,
        long base,
        Optional<Long> draftVersion,
        Optional<Long> restores,
        Optional<Long> partOf,
        Optional<Origin> origin,
        boolean stays,
        String reason,
        int expiresDays,
        Person author,
        Instant createdAt,
        State state,
        Optional<String> approvedHash,
        Optional<Person> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> decidedReason,
        Optional<Long> revision) {

    /** Somebody, as a subject and by name. */
    public record Person(String subject, String name) {}

    /** What somebody said about a request. */
    public record Comment(Person author, String text, Instant writtenAt) {}

    /** What became of it. The names are stored: never rename one. */
    public enum State {
        OPEN("info"),
        APPROVED("ok"),
        REJECTED("bad"),
        /** A newer request for the same draft took its place. */
        SUPERSEDED(""),
        PUBLISHED("ok");

        private final String tone;

        State(String tone) {
            this.tone = tone;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String tone() {
            return tone;
        }

        /** Whether anything can still become of it. */
        public boolean pending() {
            return this == OPEN || this == APPROVED;
        }
    }

    /** Whether it came as a file, of this environment's own. */
    public boolean proposal() {
        return !stays && draftVersion.isEmpty() && restores.isEmpty() && partOf.isEmpty() && origin.isEmpty();
    }

    /** As what a change of it is about. */
    public Thing thing() {
        return Thing.in(environment, "change-request", environment + "-" + number);
    }

    public String shortHash() {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
