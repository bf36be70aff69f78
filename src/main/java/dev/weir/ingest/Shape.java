package dev.weir.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a JSON value is wanted, read as it streams by; whatever is not wanted is passed over and never becomes an object. The parser
 * stands on the value's first token, and on its last one afterwards. All text is {@link Clean}.
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
    Object read(JsonParser at) throws IOException;

    /** An object of which only these members are wanted: {@link Sent}. The last of a name counts. Of another form: as {@link #SCALAR}. */
    static Shape members(Map<String, Shape> wanted) {
        return at -> at.currentToken() == JsonToken.START_OBJECT ? sent(at, wanted) : scalar(at);
    }

    private static Sent sent(JsonParser at, Map<String, Shape> wanted) throws IOException {
        var members = new HashMap<String, @Nullable Object>();
        for (var name = at.nextFieldName(); name != null; name = at.nextFieldName()) {
            at.nextToken();
            var shape = wanted.get(name);
            if (shape == null) {
                at.skipChildren();
            } else {
                members.put(name, shape.read(at));
            }
        }
        return new Sent(members);
    }

    /** An array: a list. What stands behind the first {@code most} is counted, not read, and null. Of another form: as {@link #SCALAR}. */
    static Shape items(Shape each, int most) {
        return at -> at.currentToken() == JsonToken.START_ARRAY ? list(at, each, most) : scalar(at);
    }

    private static List<@Nullable Object> list(JsonParser at, Shape each, int most) throws IOException {
        var list = new ArrayList<@Nullable Object>();
        while (at.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() < most) {
                list.add(each.read(at));
            } else {
                at.skipChildren();
                list.add(null);
            }
        }
        return list;
    }

    private static @Nullable Object scalar(JsonParser at) throws IOException {
        return switch (at.currentToken()) {
            case VALUE_STRING -> Clean.text(at.getText());
            case VALUE_NUMBER_INT ->
                at.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? at.getBigIntegerValue() : at.getLongValue();
            case VALUE_NUMBER_FLOAT -> at.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> {
                at.skipChildren();
                yield Other.CONTAINER;
            }
        };
    }

    /** Numbers that not every reader of JSON would understand alike are kept as text. */
    private static @Nullable Object any(JsonParser at) throws IOException {
        return switch (at.currentToken()) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> list(at, ANY, Integer.MAX_VALUE);
            case VALUE_NUMBER_INT -> {
                boolean safe =
                        at.getNumberType() != JsonParser.NumberType.BIG_INTEGER && Math.abs(at.getLongValue()) <= SAFE;
                yield safe ? (Object) at.getLongValue() : at.getText();
            }
            case VALUE_NUMBER_FLOAT -> {
                double number = at.getDoubleValue();
                yield Double.isFinite(number) ? (Object) number : String.valueOf(number);
            }
            default -> scalar(at);
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser at) throws IOException {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var name = at.nextFieldName(); name != null; name = at.nextFieldName()) {
            at.nextToken();
            members.put(Clean.text(name), any(at));
        }
        return members;
    }
}
