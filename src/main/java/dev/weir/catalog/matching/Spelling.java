package dev.weir.catalog.matching;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Addresses as people write them: percent-escapes of letters, digits, {@code - . _ ~}, spaces and whatever lies beyond ASCII become
 * what they stand for (RFC 3986, 6.2.2; RFC 3987, 3.2). Others, such as {@code %2F} and {@code %2A}, mean something else than the
 * character itself and stay, in capitals; so does what is no UTF-8.
 */
final class Spelling {

    private static final int ESCAPE = 3;

    private Spelling() {}

    static String readable(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (escaped(text, end)) {
                end += ESCAPE;
            }
            if (end == at) {
                out.append(text.charAt(at++));
            } else {
                run(text, at, end, out);
                at = end;
            }
        }
        return out.toString();
    }

    private static boolean escaped(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    /** Escapes without anything between them. */
    private static void run(String text, int from, int to, StringBuilder out) {
        var bytes = new byte[(to - from) / ESCAPE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) HexFormat.fromHexDigits(text, from + i * ESCAPE + 1, from + (i + 1) * ESCAPE);
        }
        for (int i = 0; i < bytes.length; ) {
            int length = length(bytes[i]);
            var character = i + length <= bytes.length ? character(bytes, i, length) : "";
            if (character.isEmpty() || !plain(character)) {
                out.append(text.substring(from + i * ESCAPE, from + (i + 1) * ESCAPE)
                        .toUpperCase(Locale.ROOT));
                i++;
            } else {
                out.append(character);
                i += length;
            }
        }
    }

    /** Of the character that begins with this byte, if one does. */
    private static int length(byte first) {
        int value = first & 0xFF;
        return value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
    }

    /** Empty for what is no UTF-8. */
    private static String character(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static boolean plain(String character) {
        int point = character.codePointAt(0);
        return point >= 0xA0 || (point < 0x80 && (Character.isLetterOrDigit(point) || "-._~ ".indexOf(point) >= 0));
    }
}
