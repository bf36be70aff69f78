package dev.weir.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Words that name a kind of data. */
final class Words {

    private final Pattern anywhere;
    private final Pattern justBefore;

    Words(String words) {
        anywhere = Pattern.compile("(?:^|[^a-z])(?:" + words + ")(?![a-z])");
        justBefore = Pattern.compile("(?:^|[^a-z])(?:" + words + ")(?:[^a-z\\[\\]]{1,6}(?:" + Expressions.FILL
                + ")){0,4}[^a-z\\[\\]]{0,6}$");
    }

    boolean justBefore(String before) {
        return !wordless(before) && justBefore.matcher(split(before)).find();
    }

    boolean in(String key) {
        return !wordless(key) && anywhere.matcher(split(key)).find();
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
