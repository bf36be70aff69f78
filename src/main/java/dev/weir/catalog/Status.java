package dev.weir.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far a definition has come. The names are stored: never rename one. */
public enum Status {
    DRAFT,
    IN_REVIEW,
    VERIFIED,
    DEPRECATED,
    ARCHIVED;

    /** As stored, in addresses and in files: {@code in-review}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static Optional<Status> of(String id) {
        return Arrays.stream(values()).filter(status -> status.id().equals(id)).findFirst();
    }

    /** Where a definition may go from here. */
    public List<Status> next() {
        return switch (this) {
            case DRAFT -> List.of(IN_REVIEW, ARCHIVED);
            case IN_REVIEW -> List.of(VERIFIED, DRAFT);
            case VERIFIED -> List.of(DEPRECATED);
            case DEPRECATED -> List.of(IN_REVIEW, ARCHIVED);
            case ARCHIVED -> List.of(DRAFT);
        };
    }

    /** Whether this is a promise to others, so that only an Admin or an Architect gives or takes it. */
    boolean weighty() {
        return this == VERIFIED || this == DEPRECATED;
    }

    /** Whether a definition that breaks a standard that blocks gets no further than to here. */
    boolean checked() {
        return this == IN_REVIEW || this == VERIFIED;
    }

    public String tone() {
        return switch (this) {
            case DRAFT -> "";
            case IN_REVIEW -> "info";
            case VERIFIED -> "ok";
            case DEPRECATED -> "warn";
            case ARCHIVED -> "";
        };
    }
}
