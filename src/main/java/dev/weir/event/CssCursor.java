package dev.weir.event;

/** Goes through a selector from left to right, by the tokens of CSS. */
final class CssCursor {

    private final String text;
    private int at;

    /** As CSS has it, a null character is read as one that says that something was there. */
    CssCursor(String text) {
        this.text = text.replace('\u0000', '\ufffd');
    }

    /** How a parser leaves its depths; only {@link SelectorParser} catches it. */
    static final class Stop extends Exception {
        final transient Selector.Refused refused;

        Stop(int position, String message) {
            super(message, null, false, false);
            this.refused = new Selector.Refused(position, message);
        }
    }

    int at() {
        return at;
    }

    boolean more() {
        return at < text.length();
    }

    boolean sees(char wanted) {
        return more() && text.charAt(at) == wanted;
    }

    boolean seesOneOf(String wanted) {
        return more() && wanted.indexOf(text.charAt(at)) >= 0;
    }

    /** Only where there is {@link #more}. */
    char peek() {
        return text.charAt(at);
    }

    char next() {
        return text.charAt(at++);
    }

    boolean taken(char wanted) {
        if (sees(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted, String message) throws Stop {
        if (!taken(wanted)) {
            throw stop(message);
        }
    }

    boolean spaces() {
        int start = at;
        while (more() && CssText.isSpace(peek())) {
            at++;
        }
        return at > start;
    }

    Stop stop(String message) {
        return new Stop(at, message);
    }

    int number() throws Stop {
        int start = at;
        while (seesOneOf("0123456789")) {
            at++;
        }
        if (at == start || at - start > 6 || Integer.parseInt(text.substring(start, at)) == 0) {
            throw new Stop(start, "only a number from 1 to 999999 stands here");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    boolean seesName() {
        if (!sees('-')) {
            return more() && (CssText.startsName(peek()) || escapes(at));
        }
        int second = at + 1;
        return second < text.length()
                && (text.charAt(second) == '-' || CssText.startsName(text.charAt(second)) || escapes(second));
    }

    String name() throws Stop {
        if (!seesName()) {
            throw stop("a name is expected");
        }
        var out = new StringBuilder();
        while (more()) {
            char c = peek();
            if (CssText.startsName(c) || c == '-' || (c >= '0' && c <= '9')) {
                out.append(c);
                at++;
            } else if (escapes(at)) {
                escape(out, false);
            } else {
                break;
            }
        }
        return out.toString();
    }

    /** A text in quotes, which stand here. */
    String string() throws Stop {
        int start = at;
        char quote = next();
        var out = new StringBuilder();
        while (more()) {
            char c = peek();
            if (c == quote) {
                at++;
                return out.toString();
            }
            if (c == '\\') {
                escape(out, true);
            } else if (c == '\n' || c == '\r' || c == '\f' || c == 0) {
                throw stop("a line ends inside quotes");
            } else {
                out.append(c);
                at++;
            }
        }
        throw new Stop(start, "a quote is not closed");
    }

    private boolean escapes(int index) {
        return text.charAt(index) == '\\'
                && index + 1 < text.length()
                && "\n\r\f\0".indexOf(text.charAt(index + 1)) < 0;
    }

    /** CSS Syntax, "consume an escaped code point"; in a string an escaped line break is nothing. */
    private void escape(StringBuilder out, boolean inString) throws Stop {
        int start = at++;
        if (!more()) {
            throw new Stop(start, "an escape is not finished");
        }
        int digits = at;
        while (more() && at - digits < 6 && Character.digit(peek(), 16) >= 0 && peek() < 0x80) {
            at++;
        }
        if (at > digits) {
            int code = Integer.parseInt(text.substring(digits, at), 16);
            boolean bad = code == 0 || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff);
            out.appendCodePoint(bad ? 0xfffd : code);
            if (more() && CssText.isSpace(peek())) {
                space();
            }
            return;
        }
        if (inString && seesOneOf("\n\r\f")) {
            space();
            return;
        }
        int code = text.codePointAt(at);
        out.appendCodePoint(code);
        at += Character.charCount(code);
    }

    /** One white space, of which a line break may be two characters. */
    private void space() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
    }
}
