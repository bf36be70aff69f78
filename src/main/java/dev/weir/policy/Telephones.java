package dev.weir.policy;

import static dev.weir.policy.Ascii.digit;
import static dev.weir.policy.Ascii.sees;

/**
 * Reads telephone numbers: exactly what the expression {@code phone} in the browser's detectors.ts matches at one place, alternative by
 * alternative in its order, and of those the first that may end where it does. Walks of bounded length; says how much of it the check
 * there accepts.
 */
final class Telephones {

    static final Words WORDS = new Words(5, Expressions.PHONE_WORDS);
    static final Words NOT = new Words(6, Expressions.PHONE_NOT);

    /** Behind two digits a group in the midst, and four at the end. */
    private static final String[] FOURS = {" 3_4", " 4_4", " 5_4"};

    private static final int NONE = -1;

    private Telephones() {}

    static int phone(Scan scan, int at) {
        var text = scan.text;
        int end = sure(text, at);
        if (end != NONE) {
            return (marked(text, at, end) || passes(scan, at, true)) && !refused(scan, at, end) ? end - at : 0;
        }
        end = likely(text, at);
        if (end != NONE) {
            return passes(scan, at, false) && !refused(scan, at, end) ? end - at : 0;
        }
        // Any digits at all, but only where something names them a number of a telephone.
        int hint = scan.wordy(at) && enough(text, at) ? scan.near(WORDS, at) : 0;
        if (hint == 0 || hint <= scan.near(NOT, at)) {
            return 0;
        }
        end = any(text, at);
        return end != NONE && !refused(scan, at, end) ? end - at : 0;
    }

    private static boolean marked(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '+' || text.charAt(i) == '(') {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(Scan scan, int at, boolean sure) {
        int not = scan.near(NOT, at);
        return ((sure || not == 0) && !money(scan.text, at)) || scan.near(WORDS, at) > not;
    }

    /** {@code [$€£¥] ?$|_$} before it. */
    private static boolean money(String text, int at) {
        int i = at - 1;
        if (i >= 0 && text.charAt(i) == '_') {
            return true;
        }
        if (i >= 0 && text.charAt(i) == ' ') {
            i--;
        }
        return i >= 0 && "$€£¥".indexOf(text.charAt(i)) >= 0;
    }

    private static boolean refused(Scan scan, int at, int end) {
        return scan.joined(at) || date(scan.text.substring(at, end));
    }

    private static boolean date(String found) {
        return (found.startsWith("+") || found.contains("19") || found.contains("20"))
                && Expressions.DATE.matcher(found).find();
    }

    /** The first group of the expression: international, with an area code in brackets, in three groups. */
    private static int sure(String text, int at) {
        char c = text.charAt(at);
        int plus = c == '(' ? at + 1 : at;
        if (sees(text, plus, '+')) {
            int first = sees(text, plus + 1, ' ') ? plus + 2 : plus + 1;
            return digit(text, first) ? digits(text, first, 7, 15) : NONE;
        }
        int end = text.startsWith("00", at) ? abroad(text, at) : NONE;
        if (end == NONE && (c == '(' || c == '0' || c == '1')) {
            end = area(text, at);
        }
        return end == NONE && c != '(' ? threes(text, at) : end;
    }

    /** {@code 00[1-9]\d{0,2}[ .\/()-]{1,3}\d(?:[ .\/()-]{0,3}\d){5,11}}. */
    private static int abroad(String text, int at) {
        int country = Ascii.run(text, at + 2, Ascii.DIGIT, 4);
        int number = Ascii.run(text, country, Ascii.PHONE_GAP, 3);
        return country > at + 2
                        && country < at + 6
                        && text.charAt(at + 2) != '0'
                        && number > country
                        && digit(text, number)
                ? digits(text, number, 6, 12)
                : NONE;
    }

    /** {@code (?:[01][ .-]?)?\((?=\d+\)(?:[ .\/-]{0,3}\d){6})\d{2,5}\)(?:[ .\/-]{0,3}\d{2,8}){1,4}}. */
    private static int area(String text, int at) {
        int open = at;
        if (text.charAt(at) != '(') {
            open = between(text, at + 1) ? at + 2 : at + 1;
        }
        if (!sees(text, open, '(')) {
            return NONE;
        }
        int close = Ascii.run(text, open + 1, Ascii.DIGIT, 6);
        return close - open > 2 && close - open < 7 && sees(text, close, ')') && followed(text, close + 1, 6)
                ? groups(text, close + 1, 0)
                : NONE;
    }

    /** {@code (?:\d\d?[ .-])?(?:\d{3}[.\/-]\d{3}[ .-]|[2-9]\d\d (?:[2-9]\d\d |\d{3}-))\d{4}}. */
    private static int threes(String text, int at) {
        int run = Ascii.run(text, at, Ascii.DIGIT, 4) - at;
        int from = at;
        if (run == 1 || run == 2) {
            if (!between(text, at + run)) {
                return NONE;
            }
            from = at + run + 1;
            run = Ascii.run(text, from, Ascii.DIGIT, 4) - from;
        }
        if (run != 3 || Ascii.run(text, from + 4, Ascii.DIGIT, 4) != from + 7) {
            return NONE;
        }
        if (Ascii.run(text, from + 8, Ascii.DIGIT, 4) != from + 12) {
            return NONE;
        }
        char one = text.charAt(from + 3);
        char two = text.charAt(from + 7);
        boolean fits = one == ' '
                ? text.charAt(from) > '1' && ((two == ' ' && text.charAt(from + 4) > '1') || two == '-')
                : (one == '.' || one == '/' || one == '-') && (two == ' ' || two == '.' || two == '-');
        return fits ? ended(text, from + 12) : NONE;
    }

    /** The second group of the expression: the ways in which many countries write their own numbers. */
    private static int likely(String text, int at) {
        if (!digit(text, at)) {
            return NONE;
        }
        int run = Ascii.run(text, at, Ascii.DIGIT, 12) - at;
        char c = text.charAt(at);
        int end = c == '0' ? trunk(text, at) : NONE;
        if (end != NONE || (run < 4 && !between(text, at + run))) {
            return end;
        }
        return switch (run) {
            case 11 -> c == '0' && text.charAt(at + 1) != '0' ? ended(text, at + 11) : NONE;
            case 3 -> ofThree(text, at);
            case 2 -> ofTwo(text, at);
            default -> NONE;
        };
    }

    private static int ofThree(String text, int at) {
        char c = text.charAt(at);
        int end = form(text, at + 3, " 2 3");
        end = end == NONE ? form(text, at + 3, "~3~2~2") : end;
        end = end == NONE && c >= '5' ? form(text, at + 3, " 3 3") : end;
        return end == NONE && c == '1' ? form(text, at + 3, "_4_4") : end;
    }

    private static int ofTwo(String text, int at) {
        boolean zero = text.charAt(at) == '0';
        int end = zero ? NONE : form(text, at + 2, " 3 2 2");
        end = end == NONE ? form(text, at + 2, "-2-2-2") : end;
        for (int i = 0; i < FOURS.length && end == NONE && !zero; i++) {
            end = form(text, at + 2, FOURS[i]);
        }
        return end;
    }

    /** Digits of which there are so many, a gap before each: {@code ~} is {@code [ .-]}, {@code _} is {@code [ -]}. */
    private static int form(String text, int from, String form) {
        int i = from;
        for (int k = 0; k < form.length(); k += 2) {
            char gap = form.charAt(k);
            int count = form.charAt(k + 1) - '0';
            boolean fits = gap == '~'
                    ? between(text, i)
                    : gap == '_' ? sees(text, i, ' ') || sees(text, i, '-') : sees(text, i, gap);
            if (!fits || Ascii.run(text, i + 1, Ascii.DIGIT, count + 1) != i + 1 + count) {
                return NONE;
            }
            i += count + 1;
        }
        return ended(text, i);
    }

    /** {@code 0(?=(?:[ .\/-]{0,3}\d){8})(?!\d{4}-\d{4}(?!\d))[ -]?[1-9]\d{0,3}(?:[ .\/-]{1,3}\d{2,8}){1,4}}. */
    private static int trunk(String text, int at) {
        int from = sees(text, at + 1, ' ') || sees(text, at + 1, '-') ? at + 2 : at + 1;
        int end = Ascii.run(text, from, Ascii.DIGIT, 5);
        if (end == from || end - from > 4 || text.charAt(from) == '0' || !followed(text, at + 1, 8)) {
            return NONE;
        }
        boolean dated = from == at + 1
                && end == at + 5
                && sees(text, end, '-')
                && Ascii.run(text, end + 1, Ascii.DIGIT, 5) == end + 5;
        return dated ? NONE : groups(text, end, 1);
    }

    /** Whether there are as many digits as {@link #any} must have. */
    private static boolean enough(String text, int at) {
        int i = at;
        while (i - at < 2 && (sees(text, i, '(') || sees(text, i, '+'))) {
            i++;
        }
        for (int digits = 1; digits < 6 && digit(text, i); digits++) {
            i = Ascii.run(text, i + 1, Ascii.PHONE_GAP, 3);
        }
        return digit(text, i);
    }

    /** {@code [(+]{0,2}\d(?:[ .\/()-]{0,3}\d){5,14}}. */
    private static int any(String text, int at) {
        int i = at;
        while (i - at < 2 && (sees(text, i, '(') || sees(text, i, '+'))) {
            i++;
        }
        return digit(text, i) ? digits(text, i, 6, 15) : NONE;
    }

    private static boolean between(String text, int at) {
        return sees(text, at, ' ') || sees(text, at, '.') || sees(text, at, '-');
    }

    /** Whether so many digits follow, none more than three gaps from the one before. */
    private static boolean followed(String text, int from, int count) {
        int i = from;
        for (int k = 0; k < count; k++) {
            i = Ascii.run(text, i, Ascii.GROUP_GAP, 3);
            if (!digit(text, i++)) {
                return false;
            }
        }
        return true;
    }

    /** Where digits with gaps between them end: as many as there are and may be, so that a number can end there. */
    private static int digits(String text, int first, int least, int most) {
        int ended = NONE;
        int i = first;
        for (int count = 1; ; count++) {
            i++;
            if (count >= least && !digit(text, i)) {
                int end = ended(text, i);
                ended = end == NONE ? ended : end;
            }
            int next = Ascii.run(text, i, Ascii.PHONE_GAP, 3);
            if (count == most || !digit(text, next)) {
                return ended;
            }
            i = next;
        }
    }

    /** Where up to four groups of two to eight digits end. A longer run of digits counts as several, if gaps may be missing. */
    private static int groups(String text, int from, int leastGap) {
        int ended = NONE;
        int i = from;
        for (int used = 0; used < 4; ) {
            int first = Ascii.run(text, i, Ascii.GROUP_GAP, 3);
            int end = Ascii.run(text, first, Ascii.DIGIT, 33);
            int count = end - first;
            used += leastGap > 0 ? 1 : (count + 7) / 8;
            if (first - i < leastGap || count < 2 || used > 4 || (leastGap > 0 && count > 8)) {
                return ended;
            }
            i = end;
            int whole = ended(text, end);
            ended = whole == NONE ? ended : whole;
        }
        return ended;
    }

    /** Where a number ends whose digits end here, an extension included; {@link #NONE} where none can. */
    private static int ended(String text, int end) {
        int extended = extension(text, end);
        return extended != NONE ? extended : free(text, end) ? end : NONE;
    }

    /** {@code ,? ?(?:[xX#]|[eE][xX][tT]\w{0,6}\.?) ?\d{1,6}}. */
    private static int extension(String text, int end) {
        int i = sees(text, end, ',') ? end + 1 : end;
        i = sees(text, i, ' ') ? i + 1 : i;
        if (i >= text.length()) {
            return NONE;
        }
        char c = text.charAt(i);
        if (c == 'x' || c == 'X' || c == '#') {
            return extended(text, i + 1);
        }
        if ((c != 'e' && c != 'E') || !text.regionMatches(true, i + 1, "xt", 0, 2)) {
            return NONE;
        }
        for (int word = Ascii.run(text, i + 3, Ascii.WORD, 6); word >= i + 3; word--) {
            int found = extended(text, sees(text, word, '.') ? word + 1 : word);
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private static int extended(String text, int at) {
        int first = sees(text, at, ' ') ? at + 1 : at;
        int end = Ascii.run(text, first, Ascii.DIGIT, 7);
        return end > first && end - first < 7 && free(text, end) ? end : NONE;
    }

    /** {@code (?![A-Za-z\d]|[.-]\d|-[\dA-Fa-f]{2}(?!\w))}. */
    private static boolean free(String text, int end) {
        if (end >= text.length()) {
            return true;
        }
        char c = text.charAt(end);
        if (Ascii.is(c, Ascii.ALPHANUMERIC) || ((c == '.' || c == '-') && digit(text, end + 1))) {
            return false;
        }
        return c != '-'
                || !Ascii.is(text, end + 1, Ascii.HEX)
                || !Ascii.is(text, end + 2, Ascii.HEX)
                || Ascii.is(text, end + 3, Ascii.WORD);
    }
}
