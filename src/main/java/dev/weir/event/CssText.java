package dev.weir.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How CSS compares and spells names and values. */
final class CssText {

    private CssText() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    /** Whether a name may begin with it. */
    static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    /** Between white space. */
    static List<String> words(String value) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || isSpace(value.charAt(i))) {
                if (i > start) {
                    words.add(value.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** ASCII only, as CSS compares. */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                var out = new StringBuilder(text);
                for (int j = i; j < out.length(); j++) {
                    char c = out.charAt(j);
                    if (c >= 'A' && c <= 'Z') {
                        out.setCharAt(j, (char) (c + 32));
                    }
                }
                return out.toString();
            }
        }
        return text;
    }

    static String escaped(String identifier) {
        var out = new StringBuilder();
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean lead = i == 0 || (i == 1 && identifier.charAt(0) == '-');
            if (c < 0x20 || c == 0x7f || (digit && lead)) {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            } else if (c >= 0x80 || c == '_' || Character.isLetterOrDigit(c) || (c == '-' && identifier.length() > 1)) {
                out.append(c);
            } else {
                out.append('\\').append(c);
            }
        }
        return out.toString();
    }

    static String quoted(String value) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                out.append(String.format(Locale.ROOT, "\\%x ", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"').toString();
    }
}
