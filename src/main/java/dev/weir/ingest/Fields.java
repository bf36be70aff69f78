package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields that the wire contract names; anything of another form is absent. Never throws. */
final class Fields {

    private static final long SAFE = 1L << 53;

    private Fields() {}

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** Text of at most {@code most} code points; null when it is absent, no text, or longer. */
    static @Nullable String text(JsonNode node, int most) {
        if (!node.isTextual()) {
            return null;
        }
        var text = Clean.text(node.textValue());
        return text.codePointCount(0, text.length()) <= most ? text : null;
    }

    /** The same, not empty; a whole number counts as its digits. */
    static @Nullable String name(JsonNode node, int most) {
        var text = node.isIntegralNumber() ? node.asText() : text(node, most);
        return text == null || text.isEmpty() || text.length() > most * 2 ? null : text;
    }

    /** Decimal digits of a number from 0 to 2^53 - 1, sent as a number or as text. */
    static @Nullable String userId(JsonNode node) {
        var digits = name(node, 16);
        if (digits == null || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return digits.length() <= 16 && Long.parseLong(digits) < SAFE ? digits : null;
    }

    static Map<String, @Nullable Object> properties(JsonNode object) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        object.properties().forEach(field -> properties.put(Clean.text(field.getKey()), value(field.getValue())));
        return properties;
    }

    /** Numbers that not every JSON reader would understand alike are kept as text. */
    static @Nullable Object value(JsonNode node) {
        if (node.isTextual()) {
            return Clean.text(node.textValue());
        }
        if (node.isIntegralNumber()) {
            boolean safe = node.canConvertToLong() && Math.abs(node.longValue()) <= SAFE;
            return safe ? node.longValue() : node.asText();
        }
        if (node.isNumber()) {
            return Double.isFinite(node.doubleValue()) ? node.doubleValue() : node.asText();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return container(node);
    }

    private static @Nullable Object container(JsonNode node) {
        if (node.isObject()) {
            return properties(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        return null;
    }

    /** The value of {@code field} if it is an object or absent (then empty); nothing if it is anything else. */
    static Optional<Map<String, @Nullable Object>> propertiesOf(JsonNode owner, String field) {
        var node = owner.path(field);
        if (absent(node)) {
            return Optional.of(Map.of());
        }
        return node.isObject() ? Optional.of(properties(node)) : Optional.empty();
    }
}
