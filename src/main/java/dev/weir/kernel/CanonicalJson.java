package dev.weir.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of a JSON value, after RFC 8785: keys sorted by UTF-16 code unit, no white space, shortest escapes, numbers as
 * ECMAScript writes them.
 *
 * <p>Values are {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code null}, {@code Double}, and whole numbers within
 * ±2^53. Half of a surrogate pair is refused, as the RFC demands: two different texts would become the same bytes.
 */
public final class CanonicalJson {

    private static final long SAFE = 1L << 53;

    private CanonicalJson() {}

    public static String write(@Nullable Object value) {
        var out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    /** Lower-case hexadecimal SHA-256 of the canonical form in UTF-8. */
    public static String hash(@Nullable Object value) {
        return sha256(write(value));
    }

    /**
     * Reads what {@link #write} wrote, and nothing else: any other spelling of the same value is refused. Whole numbers within ±2^53
     * come as {@code Long}.
     *
     * @throws IllegalArgumentException with the place, never with the text
     */
    public static @Nullable Object read(String text) {
        return new CanonicalReader(text).whole();
    }

    public static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String text) {
            string(out, text);
        } else if (value instanceof Long || value instanceof Integer) {
            number(out, ((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.append(EcmaNumber.write(number));
        } else if (value instanceof List<?> list) {
            array(out, list);
        } else if (value instanceof Map<?, ?> map) {
            object(out, map);
        } else {
            throw new IllegalArgumentException(
                    "no canonical form for " + value.getClass().getSimpleName());
        }
    }

    private static void number(StringBuilder out, long number) {
        if (number > SAFE || number < -SAFE) {
            throw new IllegalArgumentException("whole numbers are within 2^53");
        }
        out.append(number);
    }

    private static void array(StringBuilder out, List<?> list) {
        char before = '[';
        for (Object item : list) {
            out.append(before);
            append(out, item);
            before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void object(StringBuilder out, Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        char before = '{';
        for (var entry : sorted.entrySet()) {
            out.append(before);
            string(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue());
            before = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("half of a surrogate pair has no canonical form");
                }
                out.append(c).append(text.charAt(++i));
            } else {
                character(out, c);
            }
        }
        out.append('"');
    }

    private static void character(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
