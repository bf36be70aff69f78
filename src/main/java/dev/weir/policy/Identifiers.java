package dev.weir.policy;

import java.util.regex.Pattern;

/** Recognises path segments that name one thing among many: numbers, UUIDs, tokens. Knows shapes, not meanings. */
final class Identifiers {

    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Identifiers() {}

    static boolean looksLikeOne(String segment) {
        var text = withoutExtension(segment);
        if (text.isEmpty()) {
            return false;
        }
        int digits = 0;
        int hex = 0;
        int letters = 0;
        boolean pure = true;
        boolean found = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '-';
            if (Percent.isAlphanumeric(c)) {
                boolean digit = c <= '9';
                digits += digit ? 1 : 0;
                letters += digit ? 0 : 1;
                hex += digit || (c | 0x20) <= 'f' ? 1 : 0;
            } else {
                found |= isIdentifier(digits, letters, hex);
                digits = 0;
                letters = 0;
                hex = 0;
            }
            pure &= (c >= '0' && c <= '9') || i == text.length();
        }
        return pure || found || UUID.matcher(text).matches();
    }

    private static boolean isIdentifier(int digits, int letters, int hex) {
        int length = digits + letters;
        return (digits >= 5 && letters == 0)
                || (length >= 8 && digits >= 2 && letters >= 2)
                || (length >= 16 && hex == length)
                || length >= 24;
    }

    private static String withoutExtension(String segment) {
        int dot = segment.lastIndexOf('.');
        int length = segment.length() - dot - 1;
        if (dot < 0 || length < 1 || length > 5) {
            return segment;
        }
        for (int i = dot + 1; i < segment.length(); i++) {
            if (!Percent.isAlphanumeric(segment.charAt(i)) || segment.charAt(i) <= '9') {
                return segment;
            }
        }
        return segment.substring(0, dot);
    }
}
