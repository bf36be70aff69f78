package dev.weir.policy;

/**
 * Reads addresses of machines. Each method reads exactly what the expression of its name in the browser's detectors.ts matches at one
 * place, in one walk of bounded length, and says how much of it the check there accepts.
 */
final class Addresses {

    static final Words IPV4_NOT = new Words(4, Expressions.IPV4_NOT);

    private static final int GROUPS = 8;

    private Addresses() {}

    static int ipv4(Scan scan, int at) {
        var text = scan.text;
        int end = octets(text, at);
        return end < 0 || versioned(text, at) || scan.near(IPV4_NOT, at) > 0 || agent(text, at) ? 0 : end - at;
    }

    /** {@code [\d.]\.$|[\w.]\/$} before it: a part of a version. */
    private static boolean versioned(String text, int at) {
        if (at < 2) {
            return false;
        }
        char last = text.charAt(at - 1);
        char before = text.charAt(at - 2);
        return (last == '.' && (before == '.' || Ascii.is(before, Ascii.DIGIT)))
                || (last == '/' && (before == '.' || Ascii.is(before, Ascii.WORD)));
    }

    /** Words with a number, such as {@code Presto 2.8.1.1}, in the name that a browser gives itself. */
    private static boolean agent(String text, int at) {
        return at > 0
                && text.charAt(at - 1) == ' '
                && (text.startsWith("Mozilla/") || text.startsWith("Opera/") || text.startsWith("Dalvik/"));
    }

    /** Where the four numbers end; -1 where there are none. */
    private static int octets(String text, int at) {
        int i = at;
        for (int count = 1; ; count++) {
            int end = octet(text, i);
            if (end < 0) {
                return -1;
            }
            if (count == 4) {
                return ends(text, end) ? end : -1;
            }
            if (!Ascii.sees(text, end, '.')) {
                return -1;
            }
            i = end + 1;
        }
    }

    /** A whole run of digits that is a number up to 255, or of two digits; -1 where there is none. */
    private static int octet(String text, int at) {
        int end = Ascii.run(text, at, Ascii.DIGIT, 4);
        return switch (end - at) {
            case 1, 2 -> end;
            case 3 -> {
                char first = text.charAt(at);
                int rest = (text.charAt(at + 1) - '0') * 10 + text.charAt(at + 2) - '0';
                yield first == '1' || (first == '2' && rest <= 55) ? end : -1;
            }
            default -> -1;
        };
    }

    /** {@code (?!\w|\.\d)}. */
    private static boolean ends(String text, int end) {
        return !Ascii.is(text, end, Ascii.WORD) && !(Ascii.sees(text, end, '.') && Ascii.digit(text, end + 1));
    }

    static int ipv6(Scan scan, int at) {
        var text = scan.text;
        int end = groups(text, at);
        return end > 0 && digitIn(text, at, end) && !eui(text, at, end) ? end - at : 0;
    }

    /** Where the address ends, whole or shortened; -1 where there is none. */
    private static int groups(String text, int at) {
        int i = at;
        int groups = 0;
        while (groups < GROUPS - 1) {
            int end = group(text, i);
            if (end < 0 || !Ascii.sees(text, end, ':')) {
                break;
            }
            groups++;
            i = end + 1;
            if (groups == GROUPS - 2) {
                int whole = rest(text, i);
                if (whole > 0) {
                    return whole;
                }
            }
            if (Ascii.sees(text, i, ':')) {
                return shortened(text, i + 1);
            }
        }
        return groups == 0 && text.startsWith("::", at) ? shortened(text, at + 2) : -1;
    }

    /** The last two groups of eight, or an address of four numbers in their place; -1 where there is neither. */
    private static int rest(String text, int from) {
        int end = group(text, from);
        if (end > 0 && Ascii.sees(text, end, ':')) {
            int last = group(text, end + 1);
            if (last > 0 && ends(text, last)) {
                return last;
            }
        }
        return octets(text, from);
    }

    /** What stands behind {@code ::}: as many groups as there are. */
    private static int shortened(String text, int from) {
        int[] starts = new int[GROUPS];
        int count = 0;
        starts[0] = from;
        while (count < GROUPS - 2) {
            int end = group(text, starts[count]);
            if (end < 0 || !Ascii.sees(text, end, ':')) {
                break;
            }
            starts[++count] = end + 1;
        }
        for (; count >= 0; count--) {
            int end = octets(text, starts[count]);
            if (end > 0) {
                return end;
            }
            end = group(text, starts[count]);
            if (end > 0 && ends(text, end)) {
                return end;
            }
        }
        return ends(text, from) ? from : -1;
    }

    /** A whole run of one to four hexadecimal digits; -1 where there is none. */
    private static int group(String text, int at) {
        int end = Ascii.run(text, at, Ascii.HEX, 5);
        return end == at || end - at > 4 ? -1 : end;
    }

    private static boolean digitIn(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.digit(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Eight pairs: the name of a device, not of a network. */
    private static boolean eui(String text, int from, int to) {
        if (to - from != 23) {
            return false;
        }
        for (int i = from + 2; i < to; i += 3) {
            if (text.charAt(i) != ':' || text.charAt(i - 1) == ':' || text.charAt(i - 2) == ':') {
                return false;
            }
        }
        return text.charAt(to - 1) != ':' && text.charAt(to - 2) != ':';
    }
}
