package dev.weir.identity;

import dev.weir.identity.LinkCuts.Why;
import dev.weir.store.Erasing.Name;
import java.util.Optional;
import java.util.UUID;

/** What pages and programs ask alike, and how it is answered in words. Decides nothing, and quotes nothing. */
final class Asking {

    private static final int LONGEST = 255;
    private static final int MIN_REASON = 3;
    private static final int MAX_REASON = 1000;

    private Asking() {}

    /** What stands against looking for somebody who is called so; empty for nothing. */
    static String objection(Name name) {
        int length = name.text().codePointCount(0, name.text().length());
        return length == 0 || length > LONGEST
                ? "Name one identity, or one user or device, in 1 to 255 characters."
                : "";
    }

    /** The same, of somebody who wants something done about a link. */
    static String objection(Name name, Optional<UUID> link, String why) {
        if (link.isEmpty()) {
            return "Choose one of the links.";
        }
        boolean said = why.length() >= MIN_REASON && why.length() <= MAX_REASON;
        return said ? objection(name) : "Say why, in 3 to 1000 characters.";
    }

    static Optional<UUID> link(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static int status(Why why) {
        return switch (why) {
            case NEEDS_ANOTHER, NOT_YOURS -> 403;
            case DONE, BUSY, NO_LINK, NOT_CUT, NOT_WAITING -> 409;
        };
    }

    static String words(Why why, long alone) {
        return switch (why) {
            case DONE -> "";
            case BUSY -> "Too many jobs are waiting. Try again later.";
            case NO_LINK -> "There is no such link any more.";
            case NOT_CUT -> "This link is not cut, or who was linked has been deleted since.";
            case NOT_WAITING ->
                "Nothing waits here: it is still being counted, or it was released or declined already.";
            case NEEDS_ANOTHER -> "It is about more than " + alone + " events: another Admin does it.";
            case NOT_YOURS -> "Only who asked for it, or an Admin, declines it.";
        };
    }

    /** How a link came about. */
    static String door(Optional<String> door) {
        return switch (door.orElse("")) {
            case "collect" -> "a browser said so (heap.identify)";
            case "identify" -> "a server said so (/api/v1/identify)";
            case "batch" -> "a client of Segment said so";
            case "" -> "that was not kept yet";
            default -> "a server said so";
        };
    }
}
