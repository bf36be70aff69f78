package dev.weir.policy;

import dev.weir.policy.Detectors.Start;

/** Where the candidates of detectors can begin. An expression is tried there only, which is what makes clean text cheap. */
final class Starts {

    /** What can stand between the digits of one number, and how many of them in a row. */
    private static final String BETWEEN = " .+/()-|_";

    private static final int MOST_BETWEEN = 4;

    /** First characters of the keys that are known. */
    private static final String KEYS = "ASgynhswrpx-Bb";

    private Starts() {}

    /** A digit with so many more behind it, as far apart as the digits of one number may be. */
    static Start digits(int least) {
        return (text, at) -> isDigit(text.charAt(at)) && number(text, at, least);
    }

    static boolean phone(String text, int at) {
        char c = text.charAt(at);
        return (isDigit(c) || c == '+' || c == '(') && number(text, at, 6);
    }

    /** Two letters and two digits. */
    static boolean country(String text, int at) {
        return at + 4 <= text.length()
                && isLetter(text.charAt(at))
                && isLetter(text.charAt(at + 1))
                && isDigit(text.charAt(at + 2))
                && isDigit(text.charAt(at + 3));
    }

    static boolean key(String text, int at) {
        return KEYS.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean number(String text, int at, int least) {
        int digits = 0;
        int between = 0;
        for (int i = at; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                between = 0;
                if (++digits == least) {
                    return true;
                }
            } else if (BETWEEN.indexOf(text.charAt(i)) < 0 || ++between > MOST_BETWEEN) {
                return false;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
