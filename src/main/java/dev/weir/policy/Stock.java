package dev.weir.policy;

/**
 * What a text holds, taken in one walk over its characters: so that a detector which can find nothing in it needn't look, and a text in
 * which none can is left at once. Errs on one side only: never says that there is nothing where there is something.
 */
final class Stock {

    /** How many characters in a row may stand between the digits of one number. */
    private static final int MOST_BETWEEN = 4;

    /** Shortest run of letters, digits, {@code _} and {@code -} that can be a key of an interface. */
    private static final int SHORTEST_KEY = 16;

    /** What makes an escape behind {@code %} or a backslash. */
    private static final String ESCAPES = "0123456789ABCDEFabcdefnrtux";

    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte JOINING = 4;
    private static final byte SPACING = 8;
    private static final byte[] KINDS = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            KINDS[c] = (byte) ((Ascii.is(c, Ascii.DIGIT) ? DIGIT : 0)
                    | (Ascii.is(c, Ascii.LETTER) ? LETTER : 0)
                    | (c == '_' || c == '-' ? JOINING : 0)
                    | (Ascii.is(c, Ascii.PHONE_GAP | Ascii.CARD_GAP) ? SPACING : 0));
        }
    }

    private final int length;
    private int digits;
    private int dots;
    private int colons;
    private int longestRun;
    private int mostDigits;
    private boolean at;
    private boolean token;
    private boolean scheme;
    private boolean bearer;
    private boolean b;
    private boolean country;
    private boolean encoded;
    private boolean pairs;
    private boolean folding;
    private boolean beyond;
    private boolean wideWorth;

    private Stock(String text, String key) {
        this.length = text.length();
        this.b = key.indexOf('b') >= 0 || key.indexOf('B') >= 0;
        walk(text);
    }

    /** {@code key} is the name under which the text came. */
    static Stock of(String text, String key) {
        return new Stock(text, key);
    }

    private void walk(String text) {
        int run = 0;
        int together = 0;
        int between = 0;
        int letters = 0;
        int behind = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int kind = c < 128 ? KINDS[c] : 0;
            if (kind == LETTER) {
                run++;
                letters = behind > 0 ? 1 : letters + 1;
                behind = 0;
                together = 0;
                letter(text, i, c);
                continue;
            }
            if (kind == DIGIT) {
                run++;
                digits++;
                together++;
                between = 0;
                behind++;
                country |= behind == 2 && letters > 1;
                if (together > mostDigits) {
                    mostDigits = together;
                }
                continue;
            }
            letters = 0;
            behind = 0;
            if ((kind & JOINING) != 0) {
                run++;
            } else {
                longestRun = Math.max(longestRun, run);
                run = 0;
            }
            if ((kind & SPACING) == 0 || ++between > MOST_BETWEEN) {
                together = 0;
            }
            switch (c) {
                case '.' -> dots++;
                case ':' -> colons++;
                case '@' -> at = true;
                case '%', '\\' -> encoded |= i + 1 < text.length() && ESCAPES.indexOf(text.charAt(i + 1)) >= 0;
                case '&' -> encoded |= Ascii.sees(text, i + 1, '#');
                case '=', '"' -> pairs = true;
                default -> {
                    if (c > '~' || c < ' ') {
                        beyond(c);
                    }
                }
            }
        }
        longestRun = Math.max(longestRun, run);
    }

    private void letter(String text, int i, char c) {
        switch (c) {
            case 'J' -> token |= text.startsWith("ey", i - 2);
            case 'c', 'C' -> scheme |= ends(text, i, "asi");
            case 'r', 'R' -> bearer |= ends(text, i, "eare");
            case 'b', 'B' -> {
                b |= named(text, i);
                scheme |= c == 'B' && text.startsWith("-----", i - 5);
            }
            default -> {}
        }
    }

    /** Whether these small letters stand just before, in any case. */
    private static boolean ends(String text, int end, String letters) {
        int from = end - letters.length();
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if ((text.charAt(from + i) | 32) != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this b is that of {@code birth}, {@code born}, {@code bday}, {@code dob} or {@code d.o.b}, as far as its neighbours tell. */
    private static boolean named(String text, int i) {
        int before = i == 0 ? 0 : text.charAt(i - 1) | 32;
        int after = i + 1 == text.length() ? 0 : text.charAt(i + 1) | 32;
        return before == 'o'
                || before == ('.' | 32)
                || after == 'i'
                || after == 'o'
                || (after == 'd' && i + 2 < text.length() && (text.charAt(i + 2) | 32) == 'a');
    }

    private void beyond(char c) {
        beyond = true;
        folding |= Folding.changes(c);
        wideWorth |= c == '\uff02' || (c >= '\uff10' && c <= '\uff20');
    }

    /** Whether folding changes nothing. */
    boolean plain() {
        return !folding;
    }

    /** Whether there is something to decode: {@code &#|[\\%][\dA-Fa-fnrtux]}. */
    boolean encoded() {
        return encoded;
    }

    /** Whether there may be pairs of a name and a value. */
    boolean pairs() {
        return pairs;
    }

    /** Whether there may be a token in base64. */
    boolean token() {
        return token;
    }

    /** Whether there is a digit that somebody could call one. */
    boolean digits() {
        return digits > 0 || beyond;
    }

    /** The detectors that may find something. */
    int possible() {
        return (token ? Detectors.JWT : 0)
                | (scheme || bearer || longestRun >= SHORTEST_KEY ? Detectors.APIKEY : 0)
                | (at ? Detectors.EMAIL : 0)
                | (country && length >= 15 ? Detectors.IBAN : 0)
                | (mostDigits >= 12 ? Detectors.CARD : 0)
                | (mostDigits >= 9 ? Detectors.SSN : 0)
                | (b && digits >= 2 ? Detectors.DOB : 0)
                | (colons >= 2 && digits >= 1 ? Detectors.IPV6 : 0)
                | (dots >= 3 && mostDigits >= 4 ? Detectors.IPV4 : 0)
                | (mostDigits >= 6 ? Detectors.PHONE : 0);
    }

    /** Whether anything can be found at all: {@code [\d@="\uff02\uff10-\uff20]|eyJ|-----B|[aA][sS][iI][cC]}. */
    boolean worth() {
        return digits > 0 || at || pairs || token || scheme || wideWorth;
    }
}
