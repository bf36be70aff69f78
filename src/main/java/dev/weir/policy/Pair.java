package dev.weir.policy;

import org.jspecify.annotations.Nullable;

/**
 * A name and a value in a text, {@code token=…} or {@code "token":"…"}: {@code ([\w.-]{1,64})(?:=|" ?: ?")[^ &;#"'<>]+}, read in one walk.
 *
 * @param from where the name begins
 * @param nameEnd where it ends
 * @param value where the value begins
 */
record Pair(int from, int nameEnd, int value) {

    private static final int LONGEST_NAME = 64;
    private static final String ENDING = " &;#\"'<>";

    /** The first that begins at {@code start} or behind it. */
    static @Nullable Pair next(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '=' || c == '"') && named(text.charAt(i - 1))) {
                int value = c == '=' ? i + 1 : quoted(text, i + 1);
                if (value > 0 && value < text.length() && ENDING.indexOf(text.charAt(value)) < 0) {
                    int from = i - 1;
                    while (from > start && i - from < LONGEST_NAME && named(text.charAt(from - 1))) {
                        from--;
                    }
                    return new Pair(from, i, value);
                }
            }
        }
        return null;
    }

    /** Behind {@code  ?: ?"}; 0 where something else stands. */
    private static int quoted(String text, int from) {
        int i = Ascii.sees(text, from, ' ') ? from + 1 : from;
        if (!Ascii.sees(text, i, ':')) {
            return 0;
        }
        i = Ascii.sees(text, i + 1, ' ') ? i + 2 : i + 1;
        return Ascii.sees(text, i, '"') ? i + 1 : 0;
    }

    private static boolean named(char c) {
        return Ascii.is(c, Ascii.NAME) || c == '.';
    }

    int end(String text) {
        int i = value;
        while (i < text.length() && ENDING.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }
}
