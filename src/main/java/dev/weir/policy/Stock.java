package dev.weir.policy;

/**
 * What a text holds, taken in one walk over its characters: so that a detector which can find nothing in it needn't look, and a text in
 * which none can is left at once. Errs on one side only: never says that there is nothing where there is something.
 */
final class Stock {

    /** Characters that may stand between the digits of one number, and how many of them in a row. */
    private static final String BETWEEN = " .+/()-|_";

    private static final int MOST_BETWEEN = 4;

    /** Shortest run of letters, digits, {@code _} and {@code -} that can be a key of an interface. */
    private static final int SHORTEST_KEY = 16;

    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte JOINING = 4;
    private static final byte SPACING = 8;
    private static final byte[] KINDS = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            KINDS[c] = (byte) ((c >= '0' && c <= '9' ? DIGIT : 0)
                    | ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? LETTER : 0)
                    | (c == '_' || c == '-' ? JOINING : 0)
                    | (BETWEEN.indexOf(c) >= 0 ? SPACING : 0));
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
    private boolean beyond;

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
                if (c == 'J') {
                    token |= text.startsWith("ey", i - 2);
                } else if (c == 'c' || c == 'C') {
                    scheme |= text.regionMatches(true, i - 3, "asi", 0, 3);
                } else if (c == 'r' || c == 'R') {
                    bearer |= text.regionMatches(true, i - 4, "eare", 0, 4);
                } else if (c == 'b' || c == 'B') {
                    b = true;
                    scheme |= c == 'B' && text.startsWith("-----", i - 5);
                }
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
                case '%', '&', '\\' -> encoded = true;
                case '=', '"' -> pairs = true;
                default -> beyond |= c > '~' || c < ' ';
            }
        }
        longestRun = Math.max(longestRun, run);
    }

    /** Whether folding changes nothing: there are only printable ASCII characters. */
    boolean plain() {
        return !beyond;
    }

    /** Whether there may be something to decode. */
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

    boolean mayHold(String detector) {
        return switch (detector) {
            case "jwt" -> token;
            case "apikey" -> scheme || bearer || longestRun >= SHORTEST_KEY;
            case "email" -> at;
            case "iban" -> country && length >= 15;
            case "card" -> mostDigits >= 12;
            case "ssn" -> mostDigits >= 9;
            case "dob" -> b && digits >= 2;
            case "ipv6" -> colons >= 2 && digits >= 1;
            case "ipv4" -> dots >= 3 && mostDigits >= 4;
            default -> mostDigits >= 6;
        };
    }

    /** Exactly {@link Expressions#WORTH}, but for what only a text beyond ASCII can hold. */
    boolean worth() {
        return digits > 0 || at || pairs || token || scheme;
    }
}
