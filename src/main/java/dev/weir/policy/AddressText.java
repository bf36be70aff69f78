package dev.weir.policy;

/** The surface of an address: where its parts begin. Strings only; never resolves, never looks anything up. */
final class AddressText {

    private AddressText() {}

    /** Without control characters, without white space around, at most as much as is looked at. */
    static String tidy(String url) {
        if (isTidy(url)) {
            return url;
        }
        var out = new StringBuilder(Math.min(url.length(), 8192));
        var text = Wording.cut(Wording.clean(url), 8192);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && !(c >= 0x7f && c <= 0x9f)) {
                out.append(c);
            }
        }
        return Wording.trim(out.toString());
    }

    /** Nothing but printable ASCII, no space around, not too long: as most are. */
    private static boolean isTidy(String url) {
        int length = url.length();
        if (length > 8192 || (length > 0 && (url.charAt(0) == ' ' || url.charAt(length - 1) == ' '))) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = url.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Index of the colon behind the scheme; -1 when there is no scheme. */
    static int scheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (c == ':') {
                return i > 0 ? i : -1;
            }
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    static boolean isHttp(String scheme) {
        var lower = Wording.lower(scheme);
        return lower.equals("http") || lower.equals("https");
    }

    /** Whether a parameter's value is an address itself: absolute, or from the root of a site. */
    static boolean isAddress(String value) {
        if (isOther(value)) {
            return false;
        }
        var text = tidy(value);
        int colon = scheme(text);
        return text.startsWith("/") || text.startsWith("\\") || (colon > 0 && isHttp(text.substring(0, colon)));
    }

    /**
     * Whether a whole text, such as a property's value, is an address: like a parameter's value, but without a space in it, and no
     * backslash before it, which is more often that of an escape.
     */
    static boolean isWholly(String value) {
        if (!isAddress(value)) {
            return false;
        }
        var text = tidy(value);
        return !text.startsWith("\\") && !Wording.hasSpace(text);
    }

    /** Whether it is seen at once that the text begins with something else than an address does. */
    private static boolean isOther(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                // What tidying takes away could have stood here, and so could the slash of an address without a scheme.
                return (c > ' ' && c <= '~' && c != ':' && c != '/' && c != '\\') || (c == ' ' && i > 0);
            }
        }
        return true;
    }

    /** Where query or fragment begin. */
    static int pathEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?' || text.charAt(i) == '#') {
                return i;
            }
        }
        return text.length();
    }
}
