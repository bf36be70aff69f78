package dev.weir.policy;

/** Wide characters, spaces, dashes and invisible characters in their plain form. The browser's text.ts is the twin. */
final class Folding {

    private static final char NOTHING = 0;

    private Folding() {}

    static String fold(String text) {
        int same = 0;
        while (same < text.length() && !changes(text.charAt(same))) {
            same++;
        }
        if (same == text.length()) {
            return text;
        }
        var out = new StringBuilder(text.length()).append(text, 0, same);
        for (int i = same; i < text.length(); i++) {
            char c = text.charAt(i);
            if (leads(c) && invisible(text.codePointAt(i))) {
                i++;
                continue;
            }
            char plain = changes(c) ? plain(c) : c;
            if (plain != NOTHING || c == NOTHING) {
                out.append(plain);
            }
        }
        return out.toString();
    }

    /** Whether something becomes of it, or perhaps of it and the one behind it. */
    static boolean changes(char c) {
        return (c < ' ' || c > '~') && (plain(c) != c || leads(c));
    }

    /** What it becomes; NUL for nothing. */
    private static char plain(char c) {
        if (space(c)) {
            return ' ';
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return (char) (c - 0xfee0);
        }
        if (c < 0xad) {
            return c;
        }
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
            return '-';
        }
        return invisible(c) ? NOTHING : c;
    }

    /** What JavaScript calls white space; U+FEFF, which it also does, is invisible before that. */
    private static boolean space(char c) {
        return (c >= '\t' && c <= '\r')
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** Unicode's Default_Ignorable_Code_Point, {@code \p{DI}} in JavaScript. */
    private static boolean invisible(char c) {
        return c == 0xad
                || c == 0x34f
                || c == 0x61c
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xfeff
                || c == 0xffa0
                || (c >= 0xfff0 && c <= 0xfff8);
    }

    /** First halves of what is invisible beyond U+FFFF. */
    private static boolean leads(char c) {
        return c == 0xd82f || c == 0xd834 || (c >= 0xdb40 && c <= 0xdb43);
    }

    private static boolean invisible(int c) {
        return (c >= 0x1bca0 && c <= 0x1bca3) || (c >= 0x1d173 && c <= 0x1d17a) || (c >= 0xe0000 && c <= 0xe0fff);
    }
}
