package dev.weir.policy;

/**
 * Reads numbers that are written in one piece or in groups: of bank accounts, of cards, of social security, and dates of birth. Each method
 * reads exactly what the expression of its name in the browser's detectors.ts matches at one place, in one walk of bounded length, and
 * says how much of it the check there accepts.
 */
final class Numbers {

    static final Words CARD_WORDS = new Words(0, Expressions.CARD_WORDS);
    static final Words CARD_NOT = new Words(1, Expressions.CARD_NOT);
    static final Words SSN_WORDS = new Words(2, Expressions.SSN_WORDS);
    static final Words DOB_WORDS = new Words(3, Expressions.DOB_WORDS);

    private static final int MOST_CARD_DIGITS = 22;
    private static final int LETTERS = 26;
    private static final byte[] IBAN_LENGTHS = lengths();

    private Numbers() {}

    private static byte[] lengths() {
        var table = Expressions.IBAN_LENGTHS;
        var lengths = new byte[LETTERS * LETTERS];
        byte length = 0;
        for (int i = 0; i < table.length(); i += 2) {
            if (Character.isDigit(table.charAt(i))) {
                length = Byte.parseByte(table.substring(i, i + 2));
            } else {
                lengths[(table.charAt(i) - 'a') * LETTERS + table.charAt(i + 1) - 'a'] = length;
            }
        }
        return lengths;
    }

    static int iban(Scan scan, int at) {
        var text = scan.text;
        if (!Ascii.is(text, at, Ascii.LETTER)
                || !Ascii.is(text, at + 1, Ascii.LETTER)
                || !Ascii.digit(text, at + 2)
                || !Ascii.digit(text, at + 3)) {
            return 0;
        }
        int length = IBAN_LENGTHS[((text.charAt(at) & 31) - 1) * LETTERS + (text.charAt(at + 1) & 31) - 1];
        if (length == 0) {
            return 0;
        }
        int rest = 0;
        int i = at + 4;
        for (int count = 4; count < length; count++) {
            i += Ascii.is(text, i, Ascii.IBAN_GAP) ? 1 : 0;
            if (!Ascii.is(text, i, Ascii.ALPHANUMERIC)) {
                return 0;
            }
            rest = followed(rest, text.charAt(i++));
        }
        for (int k = at; k < at + 4; k++) {
            rest = followed(rest, text.charAt(k));
        }
        return rest == 1 && !Ascii.is(text, i, Ascii.ALPHANUMERIC) ? i - at : 0;
    }

    /** One more character of a number modulo 97. */
    private static int followed(int rest, char c) {
        return (c <= '9' ? rest * 10 + c - '0' : rest * 100 + (c & 31) + 9) % 97;
    }

    /** Up to 22 digits: the longest part of them that is a card's number. */
    static int card(Scan scan, int at) {
        var text = scan.text;
        if (!Ascii.digit(text, at) || scan.joined(at)) {
            return 0;
        }
        boolean four = Ascii.run(text, at, Ascii.DIGIT, 4) == at + 4;
        int lengths = four ? issued(text, at) : 0;
        if ((lengths == 0 && !scan.wordy(at)) || !enough(text, at)) {
            return 0;
        }
        int hint = scan.near(CARD_WORDS, at);
        if (lengths == 0 && hint == 0) {
            return 0;
        }
        int longest = longest(text, at, four, lengths, hint > 0);
        return longest > 0 && hint >= scan.near(CARD_NOT, at) ? longest : 0;
    }

    /** Whether there are as many digits as a card's number has. */
    private static boolean enough(String text, int at) {
        int i = at;
        for (int digits = 1; digits < 12; digits++) {
            i = Ascii.run(text, i + 1, Ascii.CARD_GAP, 2);
            if (!Ascii.digit(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static int longest(String text, int at, boolean four, int lengths, boolean any) {
        int[] plain = new int[2];
        int[] doubled = new int[2];
        boolean grouped = four;
        int digits = 0;
        int run = 0;
        int longest = 0;
        for (int i = at; ; ) {
            int digit = text.charAt(i++) - '0';
            plain[digits & 1] += digit;
            doubled[digits & 1] += digit > 4 ? 2 * digit - 9 : 2 * digit;
            digits++;
            run++;
            int next = i;
            while (next - i < 2 && Ascii.is(text, next, Ascii.CARD_GAP)) {
                next++;
            }
            boolean more = digits < MOST_CARD_DIGITS && Ascii.digit(text, next);
            if (i - at > 11
                    && !(more && next == i)
                    && (plain[(digits - 1) & 1] + doubled[digits & 1]) % 10 == 0
                    && (any || (grouped && (lengths >> digits & 1) != 0))) {
                longest = i - at;
            }
            if (!more) {
                return digits > 11 ? longest : 0;
            }
            if (next > i) {
                grouped &= run >= 3;
                run = 0;
            }
            i = next;
        }
    }

    /** How many digits the numbers of the issuer have that the first four name: bit n for n of them. */
    private static int issued(String text, int at) {
        int two = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        int four = two * 100 + (text.charAt(at + 2) - '0') * 10 + text.charAt(at + 3) - '0';
        int first = two / 10;
        int lengths = first == 4 ? 1 << 13 | 1 << 16 | 1 << 19 : 0;
        if ((two >= 51 && two <= 55) || (two >= 22 && two <= 27)) {
            lengths |= 1 << 16;
        }
        if (two == 34 || two == 37) {
            lengths |= 1 << 15;
        }
        if (two == 30 || two == 36 || two == 38 || two == 39) {
            lengths |= 1 << 14;
        }
        if (two == 30 || two == 35 || two == 36 || two == 38 || two == 39) {
            lengths |= 0xf << 16;
        }
        if (four == 1800 || four == 2131 || (four >= 1220 && four <= 1229)) {
            lengths |= 1 << 15;
        }
        if (first == 6 || two == 81 || two == 82) {
            lengths |= 0xf << 16;
        }
        if (two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67) {
            lengths |= 0xff << 12;
        }
        if (four == 604) {
            lengths |= 0xf << 12;
        }
        return lengths;
    }

    static int ssn(Scan scan, int at) {
        var text = scan.text;
        int gap = at + 3;
        if (Ascii.run(text, at, Ascii.DIGIT, 3) < gap
                || text.charAt(at) == '9'
                || text.startsWith("000", at)
                || text.startsWith("666", at)) {
            return 0;
        }
        int group = Ascii.run(text, gap, Ascii.CARD_GAP, 3);
        int serial = 2 * group - gap + 2;
        if (Ascii.run(text, group, Ascii.DIGIT, 2) < group + 2
                || text.startsWith("00", group)
                || !text.regionMatches(gap, text, group + 2, group - gap)
                || Ascii.run(text, serial, Ascii.DIGIT, 4) < serial + 4
                || text.startsWith("0000", serial)
                || !ends(text, serial + 4)
                || scan.joined(at)) {
            return 0;
        }
        return group > gap || scan.near(SSN_WORDS, at) > 0 ? serial + 4 - at : 0;
    }

    /** {@code (?![A-Za-z\d]|[.-]\d)}. */
    private static boolean ends(String text, int end) {
        if (end >= text.length()) {
            return true;
        }
        char c = text.charAt(end);
        return !Ascii.is(c, Ascii.ALPHANUMERIC) && !((c == '.' || c == '-') && Ascii.digit(text, end + 1));
    }

    /** Every date, where something names it a date of birth. */
    static int dob(Scan scan, int at) {
        var text = scan.text;
        if (!Ascii.is(text, at, Ascii.ALPHANUMERIC)) {
            return 0;
        }
        if (!scan.wordy(at)) {
            return 0;
        }
        int end = Ascii.digit(text, at) ? dayFirst(text, at) : monthFirst(text, at);
        if (end < 0 && Ascii.run(text, at, Ascii.DIGIT) == at + 8 && !Ascii.is(text, at + 8, Ascii.ALPHANUMERIC)) {
            end = at + 8;
        }
        return end > at && scan.near(DOB_WORDS, at) > 0 ? end - at : 0;
    }

    /** {@code 1st of January 1980}, {@code 1980-01-31}; -1 where there is none. */
    private static int dayFirst(String text, int at) {
        int i = ordinal(text, at, Ascii.run(text, at, Ascii.DIGIT), 4);
        int middle = i < 0 ? -1 : gap(text, i, " .,/-", 2);
        if (middle < 0) {
            return -1;
        }
        int end = text.startsWith("of ", middle) ? middle(text, middle + 3) : -1;
        return end < 0 ? middle(text, middle) : end;
    }

    private static int middle(String text, int from) {
        int end = Ascii.run(text, from, Ascii.ALPHANUMERIC);
        return end == from || end - from > 9 ? -1 : year(text, end);
    }

    /** {@code January 1st 1980}. */
    private static int monthFirst(String text, int at) {
        int month = Ascii.run(text, at, Ascii.LETTER);
        int day = month - at < 3 || month - at > 9 ? -1 : gap(text, month, " .-", 2);
        int end = day < 0 ? -1 : ordinal(text, day, Ascii.run(text, day, Ascii.DIGIT), 2);
        return end < 0 ? -1 : year(text, end);
    }

    /** Behind the digits and what may make a first, second or third of them. */
    private static int ordinal(String text, int from, int end, int most) {
        if (end == from || end - from > most) {
            return -1;
        }
        boolean suffixed = text.startsWith("st", end)
                || text.startsWith("nd", end)
                || text.startsWith("rd", end)
                || text.startsWith("th", end);
        return suffixed ? end + 2 : end;
    }

    private static int year(String text, int from) {
        int digits = gap(text, from, " .,/-", 3);
        int end = digits < 0 ? -1 : Ascii.run(text, digits, Ascii.DIGIT);
        return digits < 0 || end == digits || end - digits > 4 || Ascii.is(text, end, Ascii.LETTER) ? -1 : end;
    }

    /** Behind one to so many of the characters; -1 where there is none, or are more. */
    private static int gap(String text, int from, String characters, int most) {
        int i = from;
        while (i < text.length() && i - from <= most && characters.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i == from || i - from > most ? -1 : i;
    }
}
