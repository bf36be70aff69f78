package dev.weir.bench;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Matcher;
import dev.weir.catalog.matching.Matcher.Rule;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How long one event takes, with few definitions and with many. Prints microseconds an event, with the index and without.
 *
 * <pre>java -cp target/classes:target/test-classes dev.weir.bench.MatcherBenchmark</pre>
 */
public final class MatcherBenchmark {

    private static final long SEED = 20261127;
    private static final int EVENTS = 20_000;

    private MatcherBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Measured.code());
        System.out.printf(
                Locale.ROOT, "seed %d, %d events, matcher version %d%n", SEED, EVENTS, MatcherVersion.NEWEST.number());
        var events = events();
        for (int definitions : new int[] {10, 1000, 10_000}) {
            var matcher = new Matcher<>(
                    MatcherVersion.NEWEST,
                    IntStream.range(0, definitions)
                            .mapToObj(MatcherBenchmark::rule)
                            .toList());
            double indexed = micros(events, 30, matcher::match);
            double naive = micros(events.subList(0, 1000), 3, matcher::matchNaively);
            double matches = events.stream()
                    .mapToInt(event -> matcher.match(event).size())
                    .average()
                    .orElse(0);
            double compared =
                    events.stream().mapToInt(matcher::compared).average().orElse(0);
            System.out.printf(
                    Locale.ROOT,
                    "%6d definitions: %6.2f µs/event with the index, %8.2f µs/event without;"
                            + " %.3f compared/event, %.3f matches/event%n",
                    definitions,
                    indexed,
                    naive,
                    compared,
                    matches);
        }
    }

    /** The best of some rounds: the machine has other things to do. */
    private static double micros(List<Event> events, int rounds, Function<Event, List<Integer>> match) {
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (var event : events) {
                sum += match.apply(event).size();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        if (sum < 0) {
            throw new AssertionError();
        }
        return best / 1000.0 / events.size();
    }

    /** Of each page, button and form of a large site, one. */
    public static Rule<Integer> rule(int i) {
        return switch (i % 10) {
            case 0, 1, 2 -> rule(i, EventType.CLICK, "selector matches \"button.action-" + i + "\"");
            case 3 -> rule(i, EventType.CLICK, "selector matches \"#panel-" + i + " .btn\" and text equals \"Buy\"");
            case 4 -> rule(i, EventType.CLICK, "text equals \"Offer " + i + "\"");
            case 5 -> rule(i, EventType.PAGEVIEW, "path contains \"/product/" + i + "\"");
            case 6 -> rule(i, EventType.PAGEVIEW, "path equals \"/pages/" + i + "\" and not path contains \"preview\"");
            case 7 -> rule(i, EventType.PAGEVIEW, "path glob \"/account/*/item-" + i + "\"");
            case 8 -> rule(i, EventType.SUBMIT, "form equals \"form-" + i + "\"");
            default ->
                rule(i, EventType.CUSTOM, "event equals \"Happened " + i + "\" and property \"amount\" above \"10\"");
        };
    }

    private static Rule<Integer> rule(int i, EventType type, String filter) {
        return new Rule<>(i, type, Filter.parse(filter).match(valid -> valid, refused -> {
            throw new AssertionError(refused.message());
        }));
    }

    public static List<Event> events() {
        var random = new Random(SEED);
        return IntStream.range(0, EVENTS).mapToObj(i -> event(random)).toList();
    }

    private static Event event(Random random) {
        int n = random.nextInt(20_000);
        int kind = random.nextInt(10);
        var type = kind < 6
                ? EventType.CLICK
                : kind < 8 ? EventType.PAGEVIEW : kind < 9 ? EventType.SUBMIT : EventType.CUSTOM;
        var paths = List.of("/product/" + n, "/pages/" + n, "/account/" + n + "/item-" + n, "/");
        return new Event(
                type,
                type == EventType.CUSTOM ? "Happened " + n : null,
                random.nextBoolean() ? "Offer " + n : "Buy",
                null,
                type == EventType.PAGEVIEW || type == EventType.CUSTOM ? Hierarchy.NONE : hierarchy(random, n, type),
                Map.of("amount", (long) random.nextInt(100), "plan", "pro"),
                null,
                new Page("https://shop.example" + paths.get(random.nextInt(4)) + "?page=2", null, null),
                Session.NONE);
    }

    private static Hierarchy hierarchy(Random random, int n, EventType type) {
        var elements = new ArrayList<Element>();
        elements.add(new Element(
                type == EventType.SUBMIT ? "form" : "button",
                type == EventType.SUBMIT ? "form-" + n : null,
                List.of("btn", "action-" + n),
                Map.of("type", "button"),
                1,
                1,
                false));
        for (int depth = 1; depth < 8; depth++) {
            elements.add(new Element(
                    depth == 7 ? "body" : "div",
                    depth == 3 ? "panel-" + random.nextInt(20_000) : null,
                    List.of("box-" + depth, "grid"),
                    Map.of("role", "group"),
                    depth,
                    depth,
                    false));
        }
        return new Hierarchy(elements);
    }
}
