package dev.weir.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads canonical JSON (RFC 8785) and refuses every other spelling: white space, keys out of order or twice, escapes that are not
 * needed, numbers written another way. So equal values have equal texts, and a text that was read can be hashed as it is.
 */
final class CanonicalReader {

    private static final int DEEPEST = 64;

    private final String text;
    private int at;
    private int depth;

    CanonicalReader(String text) {
        this.text = text;
    }

    @Nullable
    Object whole() {
        var value = value();
        if (at != text.length()) {
            throw wrong();
        }
        return value;
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        open();
        var object = new LinkedHashMap<String, @Nullable Object>();
        String before = null;
        while (more('}', object.isEmpty())) {
            var key = string();
            if (before != null && before.compareTo(key) >= 0) {
                throw wrong();
            }
            expect(':');
            object.put(key, value());
            before = key;
        }
        return Collections.unmodifiableMap(object);
    }

    private List<@Nullable Object> array() {
        open();
        var array = new ArrayList<@Nullable Object>();
        while (more(']', array.isEmpty())) {
            array.add(value());
        }
        return Collections.unmodifiableList(array);
    }

    private void open() {
        if (++depth > DEEPEST) {
            throw wrong();
        }
        at++;
    }

    /** Whether another member follows; passes its comma, or the closing bracket. */
    private boolean more(char close, boolean first) {
        if (peek() == close) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789e".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var token = text.substring(start, at);
        try {
            Object value = token.matches("-?\\d{1,16}") ? (Object) Long.valueOf(token) : Double.valueOf(token);
            if (CanonicalJson.write(value).equals(token)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        throw wrong();
    }

    private String string() {
        expect('"');
        int start = at;
        while (plain(peek())) {
            at++;
        }
        if (peek() == '"') {
            return text.substring(start, at++);
        }
        var out = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            character(out);
        }
        at++;
        return out.toString();
    }

    private static boolean plain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private void character(StringBuilder out) {
        char c = peek();
        at++;
        if (c == '\\') {
            out.append(escaped());
        } else if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek())) {
            out.append(c).append(text.charAt(at++));
        } else if (plain(c)) {
            out.append(c);
        } else {
            throw wrong();
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> control();
            default -> throw wrong();
        };
    }

    /** Only the control characters that have no short escape, in lower-case digits. */
    private char control() {
        int end = at + 4;
        if (end > text.length() || !text.startsWith("00", at)) {
            throw wrong();
        }
        int code = hex(text.charAt(at + 2)) * 16 + hex(text.charAt(at + 3));
        if (code >= ' ' || "\b\f\n\r\t".indexOf(code) >= 0) {
            throw wrong();
        }
        at = end;
        return (char) code;
    }

    private int hex(char c) {
        int digit = "0123456789abcdef".indexOf(c);
        if (digit < 0) {
            throw wrong();
        }
        return digit;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("not canonical JSON at character " + (at + 1));
    }
}
