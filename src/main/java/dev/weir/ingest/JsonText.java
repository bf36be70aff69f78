package dev.weir.ingest;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON text in UTF-8, read once from front to back: what RFC 8259 calls JSON and nothing else, within limits of depth, length and
 * number of tokens that hold for what is passed over as well. Stands on the first byte of a value, and behind it once that is read.
 * Whoever hands the bytes over has seen that they are UTF-8. One thread.
 */
final class JsonText {

    private static final int DEPTH = 64;
    private static final int NUMBER_DIGITS = 100;
    private static final int TOKENS = 400_000;
    private static final int NAME_BYTES = 65_536;
    private static final int TEXT_BYTES = 4 * 1024 * 1024;

    /** Digits that a {@code long} holds, whichever they are. */
    private static final int SAFE_DIGITS = 18;

    /** What stands for itself in a string: all but quote, backslash and control characters. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private final byte[] bytes;
    private final int end;
    private final ReadBefore before;
    private int at;
    private int depth;
    private int tokens;
    private int nameFrom;
    private int nameTo;
    private boolean nameEscaped;
    private boolean escaped;

    /** The digits before the point of the number that was passed last, where there are few enough. */
    private long units;

    JsonText(byte[] bytes, int from, int to) throws NotJson {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.before = new ReadBefore(bytes, to);
        next();
    }

    /** The first byte of the value that stands here; what no value begins with is refused when it is read. */
    byte first() {
        return bytes[at];
    }

    /** Into an object; whether it has a member, whose value stands here then. */
    boolean object() throws NotJson {
        enter('{');
        if (next() == '}') {
            return leave();
        }
        passName();
        return true;
    }

    /** To the next member; whether there is one. */
    boolean member() throws NotJson {
        byte b = next();
        if (b == '}') {
            return leave();
        }
        expect(b == ',');
        at++;
        next();
        passName();
        return true;
    }

    /** Into an array; whether it has an item, which stands here then. */
    boolean array() throws NotJson {
        enter('[');
        return next() != ']' || leave();
    }

    /** To the next item; whether there is one. */
    boolean item() throws NotJson {
        byte b = next();
        if (b == ']') {
            return leave();
        }
        expect(b == ',');
        at++;
        next();
        return true;
    }

    /** The member's name, as long as its value was not read. */
    String name() {
        return text(nameFrom, nameTo, nameEscaped);
    }

    /** The name if it is one character, else NUL. */
    char shortName() {
        if (nameTo - nameFrom == 1) {
            return (char) bytes[nameFrom];
        }
        return nameEscaped && name().length() == 1 ? name().charAt(0) : 0;
    }

    /** Whether the name is written like this. */
    boolean named(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
    }

    /** Whether the name may be written otherwise than it reads. */
    boolean nameEscaped() {
        return nameEscaped;
    }

    int nameLength() {
        return nameTo - nameFrom;
    }

    /** A string, {@link Clean}. */
    String text() throws NotJson {
        count();
        int from = at + 1;
        passText();
        int to = at - 1;
        expect(to - from <= TEXT_BYTES);
        return escaped ? Clean.text(text(from, to, true)) : text(from, to, false);
    }

    /** A number: {@code Long} or {@code BigInteger} where it is written as a whole one, else {@code Double}. */
    Number number() throws NotJson {
        count();
        int from = at;
        if (!passNumber()) {
            return Double.valueOf(text(from, at, false));
        }
        if (at - from > SAFE_DIGITS) {
            var large = new BigInteger(text(from, at, false));
            return large.bitLength() < Long.SIZE ? (Number) large.longValue() : large;
        }
        return bytes[from] == '-' ? -units : units;
    }

    /** {@code true}, {@code false} or {@code null}. */
    @Nullable
    Boolean literal() throws NotJson {
        count();
        return switch (bytes[at]) {
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> word("null", null);
        };
    }

    /** Passes over a value, which has to be JSON all the same. */
    void skip() throws NotJson {
        switch (bytes[at]) {
            case '{' -> {
                for (boolean more = object(); more; more = member()) {
                    skip();
                }
            }
            case '[' -> {
                for (boolean more = array(); more; more = item()) {
                    skip();
                }
            }
            case '"' -> {
                count();
                passText();
            }
            case 't', 'f', 'n' -> literal();
            default -> {
                count();
                passNumber();
            }
        }
    }

    /** An object read by {@code shape}, or what it made of the very same bytes before. */
    @Nullable
    Object again(Shape shape) throws NotJson {
        int from = at;
        int to = before.look(from);
        var known = before.known(from, to);
        if (known != null) {
            tokens += known.tokens() - 1;
            count();
            at = to;
            return known.value();
        }
        int counted = tokens;
        var value = shape.read(this);
        if (at == to) {
            before.remember(from, to, tokens - counted, value);
        }
        return value;
    }

    /** Whether nothing but white space is left. */
    boolean ended() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at == end;
    }

    /** Passes over white space. */
    private byte next() throws NotJson {
        while (at < end) {
            byte b = bytes[at];
            if (b > ' ') {
                return b;
            }
            expect(isSpace(b));
            at++;
        }
        throw new NotJson();
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void enter(char bracket) throws NotJson {
        expect(bytes[at] == bracket && depth < DEPTH);
        count();
        depth++;
        at++;
    }

    private boolean leave() throws NotJson {
        count();
        depth--;
        at++;
        return false;
    }

    private void count() throws NotJson {
        expect(++tokens <= TOKENS);
    }

    private static void expect(boolean so) throws NotJson {
        if (!so) {
            throw new NotJson();
        }
    }

    private void passName() throws NotJson {
        expect(bytes[at] == '"');
        count();
        nameFrom = at + 1;
        passText();
        nameTo = at - 1;
        nameEscaped = escaped;
        expect(nameTo - nameFrom <= NAME_BYTES && next() == ':');
        at++;
        next();
    }

    private void passText() throws NotJson {
        boolean escapes = false;
        int i = at + 1;
        while (true) {
            while (i < end && PLAIN[bytes[i] & 0xff]) {
                i++;
            }
            expect(i < end);
            byte b = bytes[i];
            if (b == '"') {
                break;
            }
            expect(b == '\\' && i + 1 < end);
            escapes = true;
            i = passEscape(i + 1);
        }
        escaped = escapes;
        at = i + 1;
    }

    /** Where the escape ends whose character behind the backslash stands here. */
    private int passEscape(int from) throws NotJson {
        if (bytes[from] != 'u') {
            expect(bytes[from] > 0 && "\"\\/bfnrt".indexOf(bytes[from]) >= 0);
            return from + 1;
        }
        expect(from + 4 < end);
        for (int i = from + 1; i <= from + 4; i++) {
            expect(bytes[i] > 0 && Character.digit(bytes[i], 16) >= 0);
        }
        return from + 5;
    }

    /** Passes over a number; whether it is written as a whole one. */
    private boolean passNumber() throws NotJson {
        int from = bytes[at] == '-' ? at + 1 : at;
        int to = from;
        long value = 0;
        while (to < end && bytes[to] >= '0' && bytes[to] <= '9') {
            value = value * 10 + bytes[to] - '0';
            to++;
        }
        int digits = to - from;
        expect(digits > 0);
        units = value;
        expect(digits == 1 || bytes[from] != '0');
        boolean whole = true;
        if (sees(to, '.')) {
            whole = false;
            int fraction = to + 1;
            to = passDigits(fraction);
            digits += to - fraction;
        }
        if (sees(to, 'e') || sees(to, 'E')) {
            whole = false;
            int exponent = sees(to + 1, '+') || sees(to + 1, '-') ? to + 2 : to + 1;
            to = passDigits(exponent);
            digits += to - exponent;
        }
        expect(digits <= NUMBER_DIGITS);
        at = to;
        return whole;
    }

    private int passDigits(int from) throws NotJson {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        expect(i > from);
        return i;
    }

    private boolean sees(int i, char c) {
        return i < end && bytes[i] == c;
    }

    private @Nullable Boolean word(String word, @Nullable Boolean meaning) throws NotJson {
        for (int i = 0; i < word.length(); i++) {
            expect(sees(at + i, word.charAt(i)));
        }
        at += word.length();
        return meaning;
    }

    private String text(int from, int to, boolean escapes) {
        return escapes ? unescaped(from, to) : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private String unescaped(int from, int to) {
        var out = new StringBuilder(to - from);
        int done = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                out.append(text(done, i, false));
                i++;
                if (bytes[i] == 'u') {
                    out.append((char) Integer.parseInt(text(i + 1, i + 5, false), 16));
                    i += 4;
                } else {
                    out.append(meant((char) bytes[i]));
                }
                done = i + 1;
            }
        }
        return out.append(text(done, to, false)).toString();
    }

    private static char meant(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }
}
