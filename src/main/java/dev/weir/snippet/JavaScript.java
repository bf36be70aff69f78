package dev.weir.snippet;

/** Makes JSON safe inside a script, wherever that script may end up: no tag can open or close in it, no line can end in it. */
final class JavaScript {

    private JavaScript() {}

    /** Outside of strings, JSON has none of these characters, so escaping them everywhere changes no value. */
    static String literal(String json) {
        var out = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                out.append(c).append(json.charAt(++i));
            } else if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
