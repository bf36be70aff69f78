package dev.weir.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that name a kind of data. Reads backwards from a candidate, word by word, and no further than it must; expressions, which say
 * the same, are left to words of several parts and to the few characters that become other ones in lower case.
 */
final class Words {

    private static final int FILLING = 4;
    private static final int GAP = 6;

    private static final WordList FILL = WordList.of(WordList.expand(Expressions.FILL));

    private final int place;
    private final Pattern anywhere;
    private final Pattern justBefore;

    /** Those of letters alone. */
    private final WordList whole;

    /** How those of several parts begin and end. */
    private final WordList firstParts;

    private final WordList lastParts;

    /**
     * @param place distinguishes these words from others, from 0 to 31
     * @param words an expression of words alone, without a repeat
     */
    Words(int place, String words) {
        this.place = place;
        anywhere = Pattern.compile("(?:" + words + ")(?![a-z])");
        justBefore = Pattern.compile(
                "(?:" + words + ")(?:[^a-z\\[\\]]{1,6}(?:" + Expressions.FILL + ")){0,4}[^a-z\\[\\]]{0,6}\\z");
        List<String> whole = new ArrayList<>();
        Set<String> first = new HashSet<>();
        Set<String> last = new HashSet<>();
        for (var word : WordList.expand(words)) {
            var parts = word.split("[^a-z]", -1);
            if (parts.length == 1) {
                whole.add(word);
            } else {
                first.add(parts[0]);
                last.add(parts[parts.length - 1]);
            }
        }
        this.whole = WordList.of(whole);
        this.firstParts = WordList.of(first);
        this.lastParts = WordList.of(last);
    }

    int place() {
        return place;
    }

    /** Whether one of them stands just before {@code at}; nothing before {@code from} is looked at. */
    boolean justBefore(String text, int from, int at) {
        int end = at;
        for (int filling = 0; ; filling++) {
            int gap = 0;
            while (end > from && !Ascii.is(text.charAt(end - 1), Ascii.LETTER)) {
                char c = text.charAt(end - 1);
                if (becomes(c)) {
                    return spelt(text.substring(from, at));
                }
                if (++gap > GAP || c == '[' || c == ']') {
                    return false;
                }
                end--;
            }
            if (end == from) {
                return false;
            }
            int start = start(text, from, end);
            if (start > from && becomes(text.charAt(start - 1))) {
                return spelt(text.substring(from, at));
            }
            if (whole.has(text, start, end)) {
                return true;
            }
            if (lastParts.has(text, start, end)) {
                return spelt(text.substring(from, at));
            }
            if (filling == FILLING || !FILL.has(text, start, end)) {
                return false;
            }
            // Where a capital alone divides two words, that is a gap of one.
            end = start;
        }
    }

    /** Whether one of them stands anywhere in a key. */
    boolean in(String key) {
        for (int i = 0; i < key.length(); ) {
            if (becomes(key.charAt(i))) {
                return spelt(anywhere, key);
            }
            if (!Ascii.is(key.charAt(i), Ascii.LETTER)) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < key.length() && Ascii.is(key.charAt(end), Ascii.LETTER) && !capital(key, 0, end)) {
                end++;
            }
            if (end < key.length() && becomes(key.charAt(end))) {
                return spelt(anywhere, key);
            }
            if (whole.has(key, i, end)) {
                return true;
            }
            if (firstParts.has(key, i, end)) {
                return spelt(anywhere, key);
            }
            i = end;
        }
        return false;
    }

    /** Where the word begins that ends here. */
    private static int start(String text, int from, int end) {
        int start = end - 1;
        while (start > from && Ascii.is(text.charAt(start - 1), Ascii.LETTER) && !capital(text, from, start)) {
            start--;
        }
        return start;
    }

    /** Whether a capital stands here that follows two small letters: it begins a word. */
    private static boolean capital(String text, int from, int at) {
        return at - 2 >= from
                && text.charAt(at) >= 'A'
                && text.charAt(at) <= 'Z'
                && small(text.charAt(at - 1))
                && small(text.charAt(at - 2));
    }

    /** KELVIN SIGN and the capital I with a dot become letters of ASCII in lower case. */
    private static boolean becomes(char c) {
        return c == '\u212a' || c == '\u0130';
    }

    private static boolean small(char c) {
        return c >= 'a' && c <= 'z';
    }

    private boolean spelt(String before) {
        return spelt(justBefore, before);
    }

    /** Whether it matches at the beginning of a word: where no letter stands before. */
    private static boolean spelt(Pattern pattern, String written) {
        var text = Expressions.CAMEL.matcher(written).replaceAll("$1 ").toLowerCase(Locale.ROOT);
        var matcher = pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
        for (int i = 0; i < text.length(); i++) {
            if (small(text.charAt(i)) && (i == 0 || !small(text.charAt(i - 1)))) {
                matcher.region(i, text.length());
                if (matcher.lookingAt()) {
                    return true;
                }
            }
        }
        return false;
    }
}
