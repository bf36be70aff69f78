package dev.weir.ingest;

import dev.weir.event.EventProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a JSON value is wanted, read as it streams by; whatever is not wanted is passed over and never becomes an object. All text is
 * {@link Clean}.
 */
@FunctionalInterface
interface Shape {

    /** The largest whole number up to which every reader of JSON understands the same. */
    long SAFE = 1L << 53;

    /** In place of an object or an array where the contract has neither. */
    enum Other {
        CONTAINER
    }

    /** {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, null, or {@link Other}. */
    Shape SCALAR = Shape::scalar;

    /** Anything, as the values of an event's properties are. */
    Shape ANY = Shape::any;

    @Nullable
    Object read(JsonText at) throws NotJson;

    /** An object of which only these members are wanted. */
    static Shape members(Map<String, Shape> wanted) {
        return new Members(wanted);
    }

    /** An array: a list. What stands behind the first {@code most} is counted, not read, and null. Of another form: as {@link #SCALAR}. */
    static Shape items(Shape each, int most) {
        return at -> at.first() == '[' ? list(at, each, most) : scalar(at);
    }

    private static List<@Nullable Object> list(JsonText at, Shape each, int most) throws NotJson {
        var list = new ArrayList<@Nullable Object>();
        for (boolean more = at.array(); more; more = at.item()) {
            if (list.size() < most) {
                list.add(each.read(at));
            } else {
                at.skip();
                list.add(null);
            }
        }
        return list;
    }

    private static @Nullable Object scalar(JsonText at) throws NotJson {
        return switch (at.first()) {
            case '"' -> at.text();
            case 't', 'f', 'n' -> at.literal();
            case '{', '[' -> {
                at.skip();
                yield Other.CONTAINER;
            }
            default -> at.number();
        };
    }

    /** Numbers that not every reader of JSON would understand alike are kept as text. */
    private static @Nullable Object any(JsonText at) throws NotJson {
        return switch (at.first()) {
            case '{' -> object(at);
            case '[' -> list(at, ANY, Integer.MAX_VALUE);
            case '"' -> at.text();
            case 't', 'f', 'n' -> at.literal();
            default -> understood(at.number());
        };
    }

    private static Object understood(Number number) {
        boolean same = number instanceof Double decimal
                ? Double.isFinite(decimal)
                : number instanceof Long whole && whole <= SAFE && whole >= -SAFE;
        return same ? number : number.toString();
    }

    private static Map<String, @Nullable Object> object(JsonText at) throws NotJson {
        var members = new EventProperties.Building();
        for (boolean more = at.object(); more; more = at.member()) {
            var name = Clean.text(at.name());
            members.put(name, any(at));
        }
        return members.done();
    }
}
