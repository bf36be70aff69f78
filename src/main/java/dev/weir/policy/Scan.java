package dev.weir.policy;

/** One text before the detectors: remembers what several of them ask, so that none has to read the same part again and again. One thread. */
final class Scan {

    /** Characters before a candidate that its check may see. */
    private static final int WINDOW = 64;

    final String text;
    private final String key;
    private int keyKnown;
    private int keyNear;
    private int digitFrom = 1;
    private int digitAt;
    private int nameFrom = 1;
    private int nameEnd;

    /** {@code key} is the name under which the text came; may be empty. */
    Scan(String text, String key) {
        this.text = text;
        this.key = key;
    }

    /** 2: words just before name such a thing; 1: the key does; 0: nothing does. */
    int near(Words words, int at) {
        if (words.justBefore(text, Math.max(0, at - WINDOW), at)) {
            return 2;
        }
        if (key.isEmpty()) {
            return 0;
        }
        int bit = 1 << words.place();
        if ((keyKnown & bit) == 0) {
            keyKnown |= bit;
            keyNear |= words.in(key) ? bit : 0;
        }
        return (keyNear & bit) != 0 ? 1 : 0;
    }

    /** Whether there can be a word near: the key, or a letter before, no further than a word's may be. */
    boolean wordy(int at) {
        if (!key.isEmpty()) {
            return true;
        }
        for (int i = at - 1; i >= 0 && i >= at - 7; i--) {
            char c = text.charAt(i);
            if (c > '~' || Ascii.is(c, Ascii.LETTER)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the candidate continues a number: {@code \d[.\/-]} stands before it. */
    boolean joined(int at) {
        if (at < 2 || !Ascii.digit(text, at - 2)) {
            return false;
        }
        char c = text.charAt(at - 1);
        return c == '.' || c == '-' || c == '/';
    }

    /** Whether one of the first hundred characters here is a digit, and all before it are {@code [\w-]}. */
    boolean digitWithin(int at) {
        if (at < digitFrom || at > digitAt) {
            digitFrom = at;
            digitAt = at;
            while (digitAt < text.length() && !Ascii.digit(text, digitAt)) {
                digitAt++;
            }
        }
        return digitAt < text.length() && digitAt - at < 100 && digitAt < nameEnd(at);
    }

    /** Where the run of {@code [\w-]} ends. */
    int nameEnd(int at) {
        if (at < nameFrom || at > nameEnd) {
            nameFrom = at;
            nameEnd = Ascii.run(text, at, Ascii.NAME);
        }
        return nameEnd;
    }
}
