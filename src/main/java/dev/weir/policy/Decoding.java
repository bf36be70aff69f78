package dev.weir.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Takes off the layers of encoding under which data hides in a string. What isn't well-formed stays as it is; never throws. */
final class Decoding {

    private Decoding() {}

    /** One layer of percent encoding, numeric character references and JavaScript escapes. */
    static String decode(String text) {
        return references(percent(text));
    }

    /** One layer of percent-encoding. Of a run that is no UTF-8, ASCII is decoded and the rest stays as it was written. */
    static String percent(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (octet(text, end) >= 0) {
                end += 3;
            }
            if (end == i) {
                out.append(text.charAt(i++));
            } else {
                run(text, i, end, out);
                i = end;
            }
        }
        return out.toString();
    }

    private static void run(String text, int from, int to, StringBuilder out) {
        var bytes = ByteBuffer.allocate((to - from) / 3);
        for (int i = from; i < to; i += 3) {
            bytes.put((byte) octet(text, i));
        }
        var decoded = CharBuffer.allocate(bytes.capacity());
        var result = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip(), decoded, true);
        if (!result.isError()) {
            out.append(decoded.flip());
        } else {
            for (int i = from; i < to; i += 3) {
                int octet = octet(text, i);
                if (octet < 0x80) {
                    out.append((char) octet);
                } else {
                    out.append(text, i, i + 3);
                }
            }
        }
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = hex(text.charAt(at + 1));
        int low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static String references(String text) {
        var out = new StringBuilder(text.length());
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&' || c == '\\' || c == '%') {
                int end = c == '&' ? character(text, i, out, done) : escape(text, i, out, done);
                if (end > 0) {
                    done = end;
                    i = end - 1;
                }
            }
        }
        return done == 0 ? text : out.append(text, done, text.length()).toString();
    }

    /** A numeric character reference: where it ends, with the character written; 0 where there is none. */
    private static int character(String text, int at, StringBuilder out, int done) {
        if (!Ascii.sees(text, at + 1, '#')) {
            return 0;
        }
        boolean hex = Ascii.sees(text, at + 2, 'x') || Ascii.sees(text, at + 2, 'X');
        int from = hex ? at + 3 : at + 2;
        int end = Ascii.run(text, from, hex ? Ascii.HEX : Ascii.DIGIT);
        if (end == from || !Ascii.sees(text, end, ';')) {
            return 0;
        }
        int first = from;
        while (first < end - 1 && text.charAt(first) == '0') {
            first++;
        }
        if (end - first > (hex ? 2 : 3)) {
            return 0;
        }
        out.append(text, done, at).append((char) Integer.parseInt(text, first, end, hex ? 16 : 10));
        return end + 1;
    }

    /** An escape of JavaScript, with a percent sign too, and those of a line break and a tab, likewise. */
    private static int escape(String text, int at, StringBuilder out, int done) {
        int digits = text.startsWith("u00", at + 1) ? at + 4 : Ascii.sees(text, at + 1, 'x') ? at + 2 : 0;
        if (digits > 0
                && digits + 1 < text.length()
                && text.charAt(digits) >= '0'
                && text.charAt(digits) <= '7'
                && hex(text.charAt(digits + 1)) >= 0) {
            out.append(text, done, at).append((char) Integer.parseInt(text, digits, digits + 2, 16));
            return digits + 2;
        }
        boolean line = text.charAt(at) == '\\'
                && (Ascii.sees(text, at + 1, 'n') || Ascii.sees(text, at + 1, 'r') || Ascii.sees(text, at + 1, 't'));
        if (line) {
            out.append(text, done, at).append('\n');
            return at + 2;
        }
        return 0;
    }

    /** The octets of a base64 or base64url text, one character each; empty when it is none. */
    static String base64(String text) {
        try {
            var octets = Base64.getDecoder()
                    .decode(text.replace('-', '+').replace('_', '/').replace("=", ""));
            return new String(octets, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
