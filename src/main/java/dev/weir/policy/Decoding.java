package dev.weir.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

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
        return Expressions.REFERENCE
                .matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(String.valueOf((char)
                        (match.group(1) != null
                                ? Integer.parseInt(match.group(1))
                                : hexadecimal(match.group(2) != null ? match.group(2) : match.group(3))))));
    }

    /** What is none is the escape of a line break or a tab. */
    private static int hexadecimal(@Nullable String digits) {
        return digits == null ? '\n' : Integer.parseInt(digits, 16);
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
