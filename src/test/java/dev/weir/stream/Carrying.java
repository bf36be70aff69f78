package dev.weir.stream;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.store.Batch;
import dev.weir.store.Carried;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.Note;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judged entries for tests of this room, with a different value in each place. */
final class Carrying {

    static final Instant RECEIVED = Instant.ofEpochMilli(1_764_000_000_123L);

    private Carrying() {}

    /** The example of docs/topic.md. */
    static Carried example() {
        var entry = new Entry.Arrival(
                null,
                new Event(
                        EventType.CLICK,
                        null,
                        "Write to [email]",
                        "https://shop.example/contact",
                        new Hierarchy(List.of(
                                new Element(
                                        "a",
                                        "write",
                                        List.of("link", "cta"),
                                        Map.of("type", "button"),
                                        2,
                                        1,
                                        false,
                                        false),
                                new Element("nav", null, List.of(), Map.of(), 1, 1, false, false))),
                        Map.of("plan", "pro"),
                        null,
                        new Page("https://shop.example/", "The shop", null),
                        new Session("https://search.example/", "https://shop.example/?campaign=spring")),
                new Entry.Who("4711", "9f86d081884c7d65", "5feceb66ffc86f38"),
                Instant.ofEpochMilli(1_763_999_999_000L),
                null,
                true,
                List.of(new Note("TEXT_MASKED", "text", "text.email")),
                Entry.Meaning.NOTHING);
        return new Carried(
                UUID.fromString("7d1e8a52-0f4b-4d3c-9a53-2f1d6c0b8e77"),
                UUID.fromString("c0ffee00-1234-5678-9abc-def012345678"),
                batch(0, entry));
    }

    static Batch batch(int lost, Entry... entries) {
        return batch("production", lost, entries);
    }

    static Batch batch(String environment, int lost, Entry... entries) {
        var revision = new Revision(new EnvironmentKey(environment), 7, "ab".repeat(32));
        return new Batch(new AppId("1234567890"), revision, Door.COLLECT, RECEIVED, false, 10, lost, List.of(entries));
    }

    static Entry.Arrival arrival(@Nullable String key, String name, @Nullable String user, @Nullable String reason) {
        return new Entry.Arrival(
                key,
                Event.custom(name, Map.of(), null),
                new Entry.Who(user, null, null),
                RECEIVED.minusSeconds(5),
                reason,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
    }

    static Entry.Drop drop(String reason) {
        return new Entry.Drop(EventType.PAGEVIEW, reason, List.of(new Note(reason, "page", "pages./pay/*")));
    }
}
