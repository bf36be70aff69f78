package dev.weir.policy;

import java.nio.charset.StandardCharsets;

/** Percent-encoding, one layer at a time. What is not UTF-8 stays as it was written. */
final class Percent {

    private static final String UNTOUCHED = "-_.~!*'()[]{}:";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    static String decode(String text) {
        int first = text.indexOf('%');
        if (first < 0) {
            return text;
        }
        var out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int code = text.charAt(i) == '%' ? codePoint(text, i) : -1;
            if (code >= 0) {
                out.appendCodePoint(code);
                i += 3 * length(code);
            } else {
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    /** Everything but letters, digits and {@code - _ . ~ ! * ' ( ) [ ] { } :} as UTF-8. */
    static String encode(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int code = text.codePointAt(i);
            i += Character.charCount(code);
            if (code < 0x80 && (isAlphanumeric((char) code) || UNTOUCHED.indexOf(code) >= 0)) {
                out.append((char) code);
            } else {
                for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
                }
            }
        }
        return out.toString();
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** The code point that a well-formed sequence of escapes at {@code at} stands for; -1 when there is none. */
    private static int codePoint(String text, int at) {
        int lead = octet(text, at);
        if (lead < 0x80) {
            return lead;
        }
        int more =
                lead >= 0xf0 && lead < 0xf8 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc0 && lead < 0xe0 ? 1 : 0;
        if (more == 0) {
            return -1;
        }
        int code = lead & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            int next = octet(text, at + 3 * i);
            if (next < 0x80 || next > 0xbf) {
                return -1;
            }
            code = code << 6 | (next & 0x3f);
        }
        boolean wellFormed = code <= Character.MAX_CODE_POINT
                && length(code) == more + 1
                && !(code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
        return wellFormed ? code : -1;
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static int length(int code) {
        return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
}
