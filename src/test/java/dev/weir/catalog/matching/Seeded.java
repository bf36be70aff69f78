package dev.weir.catalog.matching;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Filters and events of a small world in which they often meet. The same seed makes the same ones. */
public final class Seeded {

    private static final List<EventType> TYPES =
            List.of(EventType.PAGEVIEW, EventType.CLICK, EventType.CHANGE, EventType.SUBMIT, EventType.CUSTOM);
    private static final List<Field> FIELDS = List.of(Field.values());
    private static final List<Operator> OPERATORS = List.of(Operator.values());
    private static final String[] WORDS = {
        "a", "ab", "abc", "cart", "art", "pricing", "price", "ice", "é", "%C3%A9", "x%20y", "x y", ""
    };
    private static final String[] TAGS = {"div", "form", "button", "A", "linearGradient", "span"};
    private static final String[] NAMES = {"data-x", "role", "type", "plan"};

    private final Random random;

    public Seeded(long seed) {
        this.random = new Random(seed);
    }

    public EventType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    public Filter filter() {
        return filter(3);
    }

    private Filter filter(int depth) {
        int kind = random.nextInt(depth == 0 ? 5 : 8);
        return switch (kind) {
            case 0, 1, 2 -> condition();
            case 3, 4 -> selected();
            case 5 -> new Filter.All(List.of(filter(depth - 1), filter(depth - 1)));
            case 6 -> new Filter.Any(List.of(filter(depth - 1), filter(depth - 1)));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    private Filter condition() {
        var field = FIELDS.get(random.nextInt(FIELDS.size()));
        var operator = OPERATORS.get(random.nextInt(field == Field.PROPERTY ? OPERATORS.size() : 4));
        var name = field == Field.PROPERTY ? pick(NAMES) : "";
        var value = switch (operator) {
            case EXISTS -> "";
            case ABOVE, BELOW -> String.valueOf(random.nextInt(4));
            case EQUALS -> path();
            case GLOB -> "*" + part() + "*" + (random.nextBoolean() ? part() : "");
            default -> part();
        };
        return new Filter.Condition(field, name, operator, value);
    }

    private Filter selected() {
        var text = compound()
                + (random.nextInt(3) == 0 ? (random.nextBoolean() ? " > " : " ") + compound() : "")
                + (random.nextInt(4) == 0 ? ", " + compound() : "");
        return dev.weir.event.Selector.parse(text)
                .match(selector -> new Filter.Selected(selector, random.nextBoolean()), refused -> {
                    throw new AssertionError(text + ": " + refused);
                });
    }

    private String compound() {
        return switch (random.nextInt(9)) {
            case 0 -> "*";
            case 1 -> "#" + id();
            case 2 -> "." + id();
            case 3 -> pick(TAGS) + "." + id();
            case 4 -> "[" + pick(NAMES) + "]";
            case 5 -> pick(TAGS) + "[" + pick(NAMES) + "*=\"a\"]";
            case 6 -> ":not(." + id() + ")";
            case 7 -> "[class~=\"" + id() + "\"]";
            default -> pick(TAGS) + ":nth-child(" + (1 + random.nextInt(2)) + ")";
        };
    }

    public Event event() {
        var type = type();
        var properties = new LinkedHashMap<String, @Nullable Object>();
        for (var name : NAMES) {
            switch (random.nextInt(5)) {
                case 0 -> properties.put(name, (long) random.nextInt(4));
                case 1 -> properties.put(name, random.nextInt(4) + 0.5 * random.nextInt(2));
                case 2 -> properties.put(name, path());
                case 3 -> properties.put(name, random.nextBoolean());
                default -> {}
            }
        }
        return new Event(
                type,
                maybe(path()),
                maybe(path()),
                maybe(path()),
                hierarchy(),
                properties,
                null,
                new Page(maybe((random.nextBoolean() ? "https://shop.example/" : "/") + path() + "?q=abc"), null, null),
                Session.NONE);
    }

    private Hierarchy hierarchy() {
        var elements = new ArrayList<Element>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var classes = random.nextBoolean() ? List.of(id()) : List.of(id(), id());
            elements.add(new Element(
                    pick(TAGS),
                    maybe(id()),
                    classes,
                    random.nextBoolean() ? Map.of(pick(NAMES), path()) : Map.of(),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextInt(6) == 0,
                    random.nextInt(6) == 0));
        }
        return new Hierarchy(elements);
    }

    private String id() {
        return "i" + random.nextInt(5);
    }

    private String path() {
        return part() + (random.nextBoolean() ? "/" + pick(WORDS) : "");
    }

    private String part() {
        var word = pick(WORDS);
        return word.isEmpty() ? "a" : word;
    }

    private @Nullable String maybe(String value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private String pick(String[] some) {
        return some[random.nextInt(some.length)];
    }
}
