package dev.weir.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Words that name a kind of data, looked for by expressions. */
final class NaiveWords {

    private final Pattern anywhere;
    private final Pattern justBefore;

    NaiveWords(String words) {
        anywhere = Pattern.compile("(?:" + words + ")(?![a-z])");
        justBefore = Pattern.compile(
                "(?:" + words + ")(?:[^a-z\\[\\]]{1,6}(?:" + Expressions.FILL + ")){0,4}[^a-z\\[\\]]{0,6}\\z");
    }

    boolean justBefore(String before) {
        return !wordless(before) && atWord(justBefore, split(before));
    }

    boolean in(String key) {
        return !wordless(key) && atWord(anywhere, split(key));
    }

    /** Whether it matches at the beginning of a word: where no letter stands before. */
    private static boolean atWord(Pattern pattern, String text) {
        var matcher = pattern.matcher(text).useAnchoringBounds(false);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' && (i == 0 || text.charAt(i - 1) < 'a' || text.charAt(i - 1) > 'z')) {
                matcher.region(i, text.length());
                if (matcher.lookingAt()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String split(String text) {
        return Expressions.CAMEL.matcher(text).replaceAll("$1 ").toLowerCase(Locale.ROOT);
    }

    /** Every word of every list is of these letters; most candidates stand between digits. */
    private static boolean wordless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
