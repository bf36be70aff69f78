package dev.weir.catalog;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values after RFC 4180, safe to open in a spreadsheet: what would be a formula there is written as text. */
final class Csv {

    private static final String FORMULA = "=+-@\t\r";

    private Csv() {}

    static String line(List<String> values) {
        var out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            var value = safe(values.get(i));
            out.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(value.replace("\"", "\"\""))
                    .append('"');
        }
        return out.append("\r\n").toString();
    }

    private static String safe(String value) {
        return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    /** As it was before {@link #line} made it safe. */
    private static String plain(String value) {
        return value.length() > 1 && value.charAt(0) == '\'' && FORMULA.indexOf(value.charAt(1)) >= 0
                ? value.substring(1)
                : value;
    }

    /** The lines, without empty ones. */
    static List<List<String>> read(String text) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        var value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else if (c == '"' && i < text.length()) {
                quoted = !quoted;
            } else if (quoted && i < text.length()) {
                value.append(c);
            } else if (c == ',' || c == '\n') {
                line.add(plain(value.toString()));
                value.setLength(0);
                if (c == '\n') {
                    if (line.size() > 1 || !line.get(0).isBlank()) {
                        lines.add(List.copyOf(line));
                    }
                    line.clear();
                }
            } else if (c != '\r' && c != '\uFEFF') {
                value.append(c);
            }
        }
        return lines;
    }
}
