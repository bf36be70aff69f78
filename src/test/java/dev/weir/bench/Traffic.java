package dev.weir.bench;

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
import dev.weir.store.Door;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Clicks as a collector sends them, of about 750 bytes each: on so many different elements and pages. Seeded. */
final class Traffic {

    static final long SEED = 20261127;

    private static final int PAGES = 2_000;

    private final Random random = new Random(SEED);
    private final EnvironmentKey environment;
    private final List<Hierarchy> hierarchies;
    private long next;

    Traffic(EnvironmentKey environment, int hierarchies) {
        this.environment = environment;
        this.hierarchies =
                IntStream.range(0, hierarchies).mapToObj(this::hierarchy).toList();
    }

    /** So many events that came in at this moment; no two batches have a key in common. */
    Batch batch(int events, Instant at) {
        var entries = new ArrayList<Entry>(events);
        for (int i = 0; i < events; i++) {
            var who = new Entry.Who("8f3a1c5e9b7d4f60", "s" + next / 100, "p" + next / 10);
            entries.add(new Entry.Arrival(
                    "event-" + next++, event(), who, at, null, false, List.of(), Entry.Meaning.NOTHING));
        }
        var revision = new Revision(environment, 1, "0".repeat(64));
        return new Batch(new AppId("7000000001"), revision, Door.COLLECT, at, false, 10, 0, entries);
    }

    private Event event() {
        int n = random.nextInt(PAGES);
        return new Event(
                EventType.CLICK,
                null,
                "Put item " + n + " in the basket",
                "https://shop.example/basket/add/" + n,
                hierarchies.get(random.nextInt(hierarchies.size())),
                Map.of("plan", "professional", "amount", (long) n),
                null,
                new Page(
                        "https://shop.example/department/" + n % 50 + "/product/" + n + "?page=" + n % 7,
                        "Product",
                        null),
                new Session("https://search.example/", "https://shop.example/welcome"));
    }

    private Hierarchy hierarchy(int n) {
        var elements = new ArrayList<Element>();
        elements.add(new Element(
                "button", null, List.of("btn", "action-" + n), Map.of("type", "button"), 1 + n % 5, 1, false));
        for (int depth = 1; depth < 6; depth++) {
            elements.add(new Element(
                    depth == 5 ? "body" : "div",
                    depth == 3 ? "panel-" + n : null,
                    List.of("box-" + depth),
                    Map.of(),
                    depth,
                    1,
                    false));
        }
        return new Hierarchy(elements);
    }
}
