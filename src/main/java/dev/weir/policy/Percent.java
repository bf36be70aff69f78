package dev.weir.policy;

import java.nio.charset.StandardCharsets;

/** Percent-encoding. {@link Decoding#percent} is the way back. */
final class Percent {

    private static final String UNTOUCHED = "-_.~!*'()[]{}:";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

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
}
