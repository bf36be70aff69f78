package dev.weir.access;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a program carries on somebody's behalf, as its owner sees it. The secret is known to nobody but the program.
 *
 * @param usedAt when it was last used, to the hour
 */
record PersonalToken(
        String id, String name, Scope scope, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt) {

    /** What every secret begins with, so that people and scanners know one when they see it. */
    static final String PREFIX = "wpt_";

    static final int MAX_NAME = 100;
    static final int MAX_DAYS = 365;
    static final int USUAL_DAYS = 90;

    /** Of one account. */
    static final int MOST = 20;

    /** How much of what its owner may do. The names are stored: never rename one. */
    enum Scope {
        ALL("whatever you may"),
        READ("read, and ask"),
        CHECK("ask: check and drift");

        private final String words;

        Scope(String words) {
            this.words = words;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String words() {
            return words;
        }

        static Optional<Scope> of(String id) {
            return Arrays.stream(values())
                    .filter(scope -> scope.id().equals(id))
                    .findFirst();
        }

        /** Those that somebody of this role makes: an Auditor's program reads, and proves; it is no pipeline's. */
        static List<Scope> madeBy(String role) {
            return role.equals(Role.AUDITOR) ? List.of(READ) : List.of(CHECK, READ, ALL);
        }

        /** What a request is for. */
        enum Kind {
            /** It changes nothing, and shows nothing that is stored. */
            ASKS,
            READS,
            CHANGES
        }

        /** Whether a request is within it. */
        boolean covers(Kind kind) {
            return switch (this) {
                case ALL -> true;
                case READ -> kind != Kind.CHANGES;
                case CHECK -> kind == Kind.ASKS;
            };
        }
    }
}
