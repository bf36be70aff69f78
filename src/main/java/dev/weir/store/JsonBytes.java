package dev.weir.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A JSON text as it is being spelled, in UTF-8: nothing is escaped but what has to be. Knows nothing of structure, its caller does. */
final class JsonBytes {

    private static final int FIRST = 2048;

    /** What stands for itself: printable ASCII but quote and backslash, and what is deleted. */
    private static final boolean[] PLAIN = new boolean[128];

    private static final byte[] HEX = ascii("0123456789ABCDEF");

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private byte[] bytes = new byte[FIRST];
    private int length;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void raw(byte[] written) {
        room(written.length);
        System.arraycopy(written, 0, bytes, length, written.length);
        length += written.length;
    }

    void raw(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    void number(long number) {
        if (number >= 0 && number <= 9) {
            raw((char) ('0' + number));
        } else {
            raw(ascii(Long.toString(number)));
        }
    }

    void text(String text) {
        raw('"');
        int plain = plain(text);
        if (plain < text.length()) {
            escaped(text, plain);
        }
        raw('"');
    }

    int length() {
        return length;
    }

    /** What was spelled from there on. */
    byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    /** All that was spelled; the next text begins. */
    byte[] taken() {
        var taken = since(0);
        length = 0;
        return taken;
    }

    /** Writes what stands for itself at the beginning; where that ends. */
    private int plain(String text) {
        int most = text.length();
        room(most);
        int i = 0;
        for (; i < most; i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                break;
            }
            bytes[length + i] = (byte) c;
        }
        length += i;
        return i;
    }

    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length) {
                int end = i + 1;
                while (end < text.length() && text.charAt(end) >= PLAIN.length) {
                    end++;
                }
                raw(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            } else if (PLAIN[c]) {
                raw(c);
            } else {
                escape(c);
            }
        }
    }

    private void escape(char c) {
        raw('\\');
        switch (c) {
            case '"', '\\' -> raw(c);
            case '\b' -> raw('b');
            case '\f' -> raw('f');
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> {
                raw('u');
                raw('0');
                raw('0');
                raw((char) HEX[c >> 4]);
                raw((char) HEX[c & 15]);
            }
        }
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
