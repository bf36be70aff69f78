package dev.weir.policy;

import java.util.List;

/**
 * The detectors that both engines have, in the order in which they look. The browser's detectors.ts is the twin: it finds candidates by
 * expressions, here they are read character by character, as that is what makes it cheap. Never decides by a name or a street: those are
 * out of reach of patterns.
 */
final class Detectors {

    /** Their names; the policy language knows these and {@link NationalPhones#NAME}. */
    static final List<String> SHARED =
            List.of("jwt", "apikey", "email", "iban", "card", "ssn", "dob", "ipv6", "ipv4", "phone");

    /** One bit for each, in the same order. */
    static final int JWT = 1;

    static final int APIKEY = 1 << 1;
    static final int EMAIL = 1 << 2;
    static final int IBAN = 1 << 3;
    static final int CARD = 1 << 4;
    static final int SSN = 1 << 5;
    static final int DOB = 1 << 6;
    static final int IPV6 = 1 << 7;
    static final int IPV4 = 1 << 8;
    static final int PHONE = 1 << 9;

    /** Which of them can begin with a character. */
    private static final int[] BEGINNING = new int[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean digit = Ascii.is(c, Ascii.DIGIT);
            boolean letter = Ascii.is(c, Ascii.LETTER);
            BEGINNING[c] = (c == '"' || Ascii.is(c, Ascii.WORD | Ascii.LOCAL_SIGN) ? EMAIL : 0)
                    | (c == 'e' ? JWT : 0)
                    | (Tokens.KEYS.indexOf(c) >= 0 ? APIKEY : 0)
                    | (letter ? IBAN | DOB : 0)
                    | (digit ? CARD | SSN | DOB | IPV4 | PHONE : 0)
                    | (c == '+' || c == '(' ? PHONE : 0)
                    | (c == ':' || Ascii.is(c, Ascii.HEX) ? IPV6 : 0);
        }
    }

    private Detectors() {}

    /** Those of {@code detectors} that can begin with this character. */
    static int beginning(char c, int detectors) {
        return detectors & (c < 128 ? BEGINNING[c] : EMAIL);
    }

    static int bit(String name) {
        return 1 << SHARED.indexOf(name);
    }

    /**
     * How many characters here are what the detector with this bit looks for; 0: none, look again one character further on; negative:
     * none, and that many need not be looked at again. Only asked where neither a letter nor a digit stands before.
     */
    static int find(int bit, Scan scan, int at) {
        return switch (bit) {
            case JWT -> Tokens.jwt(scan, at);
            case APIKEY -> Tokens.apikey(scan, at);
            case EMAIL -> Tokens.email(scan, at);
            case IBAN -> Numbers.iban(scan, at);
            case CARD -> Numbers.card(scan, at);
            case SSN -> Numbers.ssn(scan, at);
            case DOB -> Numbers.dob(scan, at);
            case IPV6 -> Addresses.ipv6(scan, at);
            case IPV4 -> Addresses.ipv4(scan, at);
            default -> Telephones.phone(scan, at);
        };
    }

    /** Whether one of {@code detectors} finds anything: one walk for all of them. May say so where it only seems so. */
    static boolean any(int detectors, Scan scan) {
        if ((detectors & (JWT | EMAIL)) != 0) {
            // These pass over what they have looked at, so they are not asked in the middle of a word.
            return true;
        }
        var text = scan.text;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int here = beginning(c, detectors);
            if (here != 0 && !Ascii.is(before, Ascii.ALPHANUMERIC)) {
                for (; here != 0; here &= here - 1) {
                    if (find(here & -here, scan, i) > 0) {
                        return true;
                    }
                }
            }
            before = c;
        }
        return false;
    }
}
