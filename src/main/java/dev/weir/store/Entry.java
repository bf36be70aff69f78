package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing a request brought, after judgement: to be written, or only to be counted. */
public sealed interface Entry {

    List<Note> notes();

    /**
     * To be written.
     *
     * @param key what a retry of the same event would carry again; empty when there is nothing to know it by
     * @param reason why it is set aside; null when it is kept
     * @param event as the policy lets it be stored
     */
    record Arrival(
            @Nullable String key,
            Event event,
            Who who,
            Instant happenedAt,
            @Nullable String reason,
            boolean redacted,
            List<Note> notes,
            Meaning meaning)
            implements Entry {

        public Arrival {
            notes = List.copyOf(notes);
        }

        Arrival withoutKey() {
            return new Arrival(null, event, who, happenedAt, reason, redacted, notes, meaning);
        }

        Arrival with(Note another) {
            var more = Stream.concat(notes.stream(), Stream.of(another)).toList();
            return new Arrival(key, event, who, happenedAt, reason, redacted, more, meaning);
        }
    }

    /** To be counted, with the reason alone. */
    record Drop(@Nullable EventType type, String reason, List<Note> notes) implements Entry {

        public Drop {
            notes = List.copyOf(notes);
        }
    }

    /** Who did it, by handles that carry no meaning: ids are digits, hexadecimal, or a hash of what was sent. */
    record Who(
            @Nullable String userId,
            @Nullable String sessionId,
            @Nullable String pageId) {

        public static final Who NOBODY = new Who(null, null, null);
    }

    /** What else an event that is kept says about the world. */
    enum Meaning {
        NOTHING,
        /** A server says who a user is: one identity for each user, and a limit of users for each identity. */
        SERVER_LINK,
        /** A browser says who sits in front of it: several may, up to the policy's limit. */
        DEVICE_LINK,
        USER_PROPERTIES,
        ACCOUNT_PROPERTIES;

        /** Of an event that is stored: which one it had when it came. */
        static Meaning of(Door door, EventType type) {
            return switch (door) {
                case TRACK -> NOTHING;
                case IDENTIFY -> SERVER_LINK;
                case USER_PROPERTIES -> USER_PROPERTIES;
                case ACCOUNT_PROPERTIES -> ACCOUNT_PROPERTIES;
                case COLLECT, BATCH -> type == EventType.IDENTIFY ? DEVICE_LINK : NOTHING;
            };
        }
    }
}
