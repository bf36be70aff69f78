package dev.weir.policy;

import java.util.Locale;

/**
 * Trimming, cutting and cleaning of text exactly as the browser's engine does it. Java's own notions of white space and of length
 * differ from JavaScript's, and a difference here would be a hole there.
 */
final class Wording {

    private static final String SPACES = "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
            + "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private Wording() {}

    private static boolean isSpace(char c) {
        return c <= '~' ? c == ' ' || (c >= '\t' && c <= '\r') : SPACES.indexOf(c) >= 0;
    }

    /** JavaScript's {@code trim}. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** JavaScript's {@code \\s}, anywhere. */
    static boolean hasSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isSpace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Java's lower case is slow beyond all measure for the one character that becomes two: that one is replaced before. */
    static String lower(String text) {
        return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
    }

    /** The first code points; the same string when there are no more. */
    static String cut(String text, int codePoints) {
        if (text.length() <= codePoints) {
            return text;
        }
        int end = 0;
        for (int n = 0; n < codePoints && end < text.length(); n++) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    /** Whether there is neither NUL nor half a surrogate pair: what no database and no UTF-8 can hold. */
    static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                if (c == 0
                        || !Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Without NUL and without halves of surrogate pairs. */
    static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
