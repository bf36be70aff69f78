package dev.weir.policy;

/** Which of the sets that detectors read by each character is in. Holds ASCII characters only: any other is in none of them. */
final class Ascii {

    static final int DIGIT = 1;
    static final int LETTER = 1 << 1;
    static final int HEX_LETTER = 1 << 2;
    static final int UNDERSCORE = 1 << 3;
    static final int HYPHEN = 1 << 4;

    /** {@code [ .\/-]}, between the groups of a telephone number. */
    static final int GROUP_GAP = 1 << 5;

    /** {@code [ .\/()-]}, between the digits of a telephone number. */
    static final int PHONE_GAP = 1 << 6;

    /** {@code [ .+\/|_-]}, between the digits of a card's or a security number. */
    static final int CARD_GAP = 1 << 7;

    /** {@code [ .+\/_-]}, between the characters of an IBAN. */
    static final int IBAN_GAP = 1 << 8;

    /** {@code [.~+\/]}, what a bearer's token holds besides letters, digits, {@code _} and {@code -}. */
    static final int BEARER_SIGN = 1 << 9;

    /** {@code [+\/]}, the signs of base64. */
    static final int BASE64_SIGN = 1 << 10;

    /** {@code [.!#$%'*+^`{|}~-]}, what the local part of an e-mail address holds besides letters, digits and {@code _}. */
    static final int LOCAL_SIGN = 1 << 11;

    static final int ALPHANUMERIC = DIGIT | LETTER;
    static final int HEX = DIGIT | HEX_LETTER;

    /** {@code \w}. */
    static final int WORD = DIGIT | LETTER | UNDERSCORE;

    /** {@code [\w-]}. */
    static final int NAME = WORD | HYPHEN;

    private static final int[] SETS = new int[128];

    static {
        for (char c = 0; c < 128; c++) {
            SETS[c] = (c >= '0' && c <= '9' ? DIGIT : 0)
                    | ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? LETTER : 0)
                    | ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ? HEX_LETTER : 0)
                    | (c == '_' ? UNDERSCORE : 0)
                    | (c == '-' ? HYPHEN : 0)
                    | in(" ./-", c, GROUP_GAP)
                    | in(" ./()-", c, PHONE_GAP)
                    | in(" .+/|_-", c, CARD_GAP)
                    | in(" .+/_-", c, IBAN_GAP)
                    | in(".~+/", c, BEARER_SIGN)
                    | in("+/", c, BASE64_SIGN)
                    | in(".!#$%'*+^`{|}~-", c, LOCAL_SIGN);
        }
    }

    private Ascii() {}

    private static int in(String characters, char c, int set) {
        return characters.indexOf(c) >= 0 ? set : 0;
    }

    static boolean is(char c, int sets) {
        return c < 128 && (SETS[c] & sets) != 0;
    }

    /** False beyond the end, and before the beginning. */
    static boolean is(String text, int at, int sets) {
        return at >= 0 && at < text.length() && is(text.charAt(at), sets);
    }

    static boolean digit(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c >= '0' && c <= '9';
    }

    static boolean sees(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Where the run of such characters that begins here ends. */
    static int run(String text, int from, int sets) {
        return run(text, from, sets, text.length());
    }

    /** The same, but not beyond {@code most} characters. */
    static int run(String text, int from, int sets, int most) {
        int end = most < text.length() - from ? from + most : text.length();
        int i = from;
        while (i < end && is(text.charAt(i), sets)) {
            i++;
        }
        return i;
    }
}
