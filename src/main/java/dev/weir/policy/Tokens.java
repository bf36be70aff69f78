package dev.weir.policy;

import static dev.weir.policy.Ascii.sees;

/**
 * Reads what is one word to a machine: signed tokens, keys of interfaces, e-mail addresses. Each method reads exactly what the expression
 * of its name in the browser's detectors.ts matches at one place, in one walk.
 */
final class Tokens {

    /** First characters of the keys that are known. */
    static final String KEYS = "ASgynhswrpx-Bb";

    private static final int LABEL = 100;
    private static final int LABELS = 8;
    private static final int QUOTED = 64;

    private Tokens() {}

    /** A run of characters counts only with what follows it, and is looked at once. */
    static int jwt(Scan scan, int at) {
        var text = scan.text;
        if (!text.startsWith("eyJ", at)) {
            return 0;
        }
        int end = Ascii.run(text, at + 3, Ascii.NAME);
        if (!sees(text, end, '.')) {
            return at - end;
        }
        int next = Ascii.run(text, end + 1, Ascii.NAME);
        if (next - end - 1 < 8) {
            return at - end;
        }
        for (int i = 0; i < 3 && sees(text, next, '.'); i++) {
            next = Ascii.run(text, next + 1, Ascii.NAME);
        }
        return next - at;
    }

    static int apikey(Scan scan, int at) {
        var text = scan.text;
        return switch (text.charAt(at)) {
            case 'A' -> {
                int from = after(text, at, "AKIA", "ASIA");
                from = from > 0 ? from : after(text, at, "AIza", "AIza");
                yield from > 0 ? dotted(scan, at, from) : text.startsWith("AC", at) ? hexadecimal(text, at) : 0;
            }
            case 'S' ->
                text.startsWith("SK", at)
                        ? hexadecimal(text, at)
                        : text.startsWith("SG.", at) ? dotted(scan, at, at + 3) : 0;
            case 'y' -> text.startsWith("ya29.", at) ? dotted(scan, at, at + 5) : 0;
            case '-' -> text.startsWith("-----BEGIN ", at) ? privateKey(text, at) : 0;
            case 'B', 'b' -> announced(text, at);
            default -> prefixed(scan, at);
        };
    }

    private static int hexadecimal(String text, int at) {
        for (int i = at + 2; i < at + 34; i++) {
            if (i >= text.length() || !Ascii.is(text.charAt(i), Ascii.HEX) || (text.charAt(i) & 0xe0) == 0x40) {
                return 0;
            }
        }
        return 34;
    }

    /** {@code [\w-]{16,}[\w.-]*}. */
    private static int dotted(Scan scan, int at, int from) {
        int end = scan.nameEnd(from);
        if (end - from < 16) {
            return 0;
        }
        while (sees(scan.text, end, '.')) {
            end = scan.nameEnd(end + 1);
        }
        return end - at;
    }

    private static int privateKey(String text, int at) {
        int from = at + 11;
        int end = from;
        while (end < text.length()
                && end - from <= 41
                && (text.charAt(end) == ' ' || (text.charAt(end) >= 'A' && text.charAt(end) <= 'Z'))) {
            end++;
        }
        if (end - from < 11 || end - from > 41 || !text.startsWith("PRIVATE KEY-----", end - 11)) {
            return 0;
        }
        int i = end + 5;
        while (i < text.length()
                && (Ascii.is(text.charAt(i), Ascii.NAME | Ascii.BASE64_SIGN) || "=\\ ".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i - at;
    }

    /** {@code Bearer …} with a digit near the beginning, {@code Basic …} that decodes to a name and a password. */
    private static int announced(String text, int at) {
        boolean bearer = word(text, at, "earer", "EARER");
        if (!bearer && !word(text, at, "asic", "ASIC")) {
            return 0;
        }
        int after = at + (bearer ? 6 : 5);
        int from = after;
        while (sees(text, from, ' ')) {
            from++;
        }
        if (from == after) {
            return 0;
        }
        int end = Ascii.run(text, from, Ascii.NAME | (bearer ? Ascii.BEARER_SIGN : Ascii.BASE64_SIGN));
        int whole = end;
        while (sees(text, whole, '=')) {
            whole++;
        }
        if (bearer) {
            return end - from >= 16 && digitIn(text, from, Math.min(end, from + 100)) ? whole - at : 0;
        }
        return end - from >= 8 && Decoding.base64(text.substring(from, whole)).indexOf(':') >= 0 ? whole - at : 0;
    }

    private static boolean word(String text, int at, String small, String capital) {
        return text.startsWith(small, at + 1) || (text.charAt(at) == 'B' && text.startsWith(capital, at + 1));
    }

    private static boolean digitIn(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.digit(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** A prefix, then at least sixteen characters with a digit among the first hundred. */
    private static int prefixed(Scan scan, int at) {
        int from = prefix(scan.text, at);
        return from > 0 && scan.nameEnd(from) - from >= 16 && scan.digitWithin(from) ? scan.nameEnd(from) - at : 0;
    }

    /** Where the part behind a known prefix begins; 0 where none stands here. */
    private static int prefix(String text, int at) {
        return switch (text.charAt(at)) {
            case 'g' ->
                text.startsWith("gh", at) && small(text, at + 2, 1) && sees(text, at + 3, '_')
                        ? at + 4
                        : after(text, at, "github_pat_", "glpat-");
            case 'n' -> after(text, at, "npm_", "npm_");
            case 'h' -> after(text, at, "hf_", "hf_");
            case 'w' -> after(text, at, "whsec_", "whsec_");
            case 'p' -> {
                int from = after(text, at, "pk_live_", "pk_test_");
                yield from > 0 ? from : after(text, at, "pypi-", "pypi-");
            }
            case 'r' -> after(text, at, "rk_live_", "rk_test_");
            case 's' -> {
                if (text.startsWith("shp", at) && small(text, at + 3, 2) && sees(text, at + 5, '_')) {
                    yield at + 6;
                }
                int from = after(text, at, "sk_live_", "sk_test_");
                yield from > 0 ? from : after(text, at, "sk-", "sk-");
            }
            case 'x' ->
                text.startsWith("xox", at) && small(text, at + 3, 1) && sees(text, at + 4, '-')
                        ? at + 5
                        : after(text, at, "xapp-", "xapp-");
            default -> 0;
        };
    }

    private static int after(String text, int at, String one, String other) {
        return text.startsWith(one, at) ? at + one.length() : text.startsWith(other, at) ? at + other.length() : 0;
    }

    private static boolean small(String text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (i >= text.length() || text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    /** A run of characters counts only with what follows it, and is looked at once. */
    static int email(Scan scan, int at) {
        var text = scan.text;
        int end = text.charAt(at) == '"' ? quoted(text, at) : local(text, at);
        if (end == at) {
            return 0;
        }
        int whole = sees(text, end, '@') ? domain(text, end + 1) : 0;
        return whole > 0 ? whole - at : at - end;
    }

    private static int local(String text, int at) {
        int i = at;
        while (i < text.length()
                && (Ascii.is(text.charAt(i), Ascii.WORD | Ascii.LOCAL_SIGN) || foreign(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** Letters, and much else, of other scripts. */
    private static boolean foreign(char c) {
        return (c >= '\u00aa' && c <= '\u1fff') || (c >= '\u3040' && c <= '\ud7ff');
    }

    private static int quoted(String text, int at) {
        int i = at + 1;
        while (i < text.length() && i - at <= QUOTED && quotable(text.charAt(i))) {
            i++;
        }
        return i > at + 1 && sees(text, i, '"') && sees(text, i + 1, '@') ? i + 1 : at;
    }

    private static boolean quotable(char c) {
        return (c >= ' ' && c <= '~' && c != '"') || (c >= '\u00a0' && c <= '\ud7ff');
    }

    /** Where the host behind an {@code @} ends; 0 where there is none. */
    private static int domain(String text, int from) {
        if (sees(text, from, '[')) {
            int i = from + 1;
            while (i < text.length() && (Ascii.is(text.charAt(i), Ascii.WORD) || ":.".indexOf(text.charAt(i)) >= 0)) {
                i++;
            }
            return i - from > 3 && i - from <= 46 && sees(text, i, ']') ? i + 1 : 0;
        }
        if (versioned(text, from)) {
            return 0;
        }
        int[] dots = new int[LABELS];
        int labels = 0;
        for (int i = from; labels < LABELS; ) {
            int end = label(text, i);
            if (end == i || text.charAt(i) == '-' || end - i > LABEL || !sees(text, end, '.')) {
                break;
            }
            i = end + 1;
            dots[labels++] = i;
        }
        while (labels > 0) {
            int end = top(text, dots[--labels]);
            if (end > 0) {
                return end;
            }
        }
        return 0;
    }

    /** {@code package@1.2}, {@code logo@2x.png}. */
    private static boolean versioned(String text, int from) {
        int digits = Ascii.run(text, from, Ascii.DIGIT);
        return digits > from
                && ((sees(text, digits, '.') && Ascii.digit(text, digits + 1))
                        || (digits == from + 1 && sees(text, digits, 'x') && sees(text, digits + 1, '.')));
    }

    private static int label(String text, int from) {
        int i = from;
        while (i < text.length() && (Ascii.is(text.charAt(i), Ascii.NAME) || foreign(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** The last part of a host. */
    private static int top(String text, int from) {
        if (text.startsWith("xn--", from)) {
            int end = Ascii.run(text, from + 4, Ascii.NAME, 59);
            if (end - from - 4 >= 2) {
                return end;
            }
        }
        int i = from;
        while (i < text.length()
                && i - from < 24
                && (Ascii.is(text.charAt(i), Ascii.LETTER) || foreign(text.charAt(i)))) {
            i++;
        }
        return i - from >= 2 ? i : 0;
    }
}
