package dev.weir.privacy;

import dev.weir.policy.Alignment;
import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two policies as JSON over many lines, compared line by line, with a little of what stays the same around each change. */
public final class LineDiff {

    private static final int CONTEXT = 3;

    private LineDiff() {}

    /** One line; {@code kind} is {@code add}, {@code del}, {@code same} or {@code gap}. */
    public record Line(String kind, String text) {}

    public static List<Line> between(PolicyDocument before, PolicyDocument after) {
        return between(lines(before), lines(after));
    }

    /** A policy as people read it; the canonical form has the same content in one line. */
    public static String pretty(PolicyDocument document) {
        return String.join("\n", lines(document)) + "\n";
    }

    static List<Line> between(List<String> before, List<String> after) {
        var aligned = Alignment.of(before, after);
        var gone = new java.util.HashSet<>(aligned.gone());
        var added = new java.util.HashSet<>(aligned.added());
        var lines = new ArrayList<Line>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && gone.contains(i)) {
                lines.add(new Line("del", before.get(i++)));
            } else if (j < after.size() && added.contains(j)) {
                lines.add(new Line("add", after.get(j++)));
            } else {
                lines.add(new Line("same", after.get(j++)));
                i++;
            }
        }
        return shortened(lines);
    }

    private static List<Line> shortened(List<Line> lines) {
        var near = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).kind().equals("same")) {
                for (int k = Math.max(0, i - CONTEXT); k <= Math.min(lines.size() - 1, i + CONTEXT); k++) {
                    near[k] = true;
                }
            }
        }
        var shown = new ArrayList<Line>();
        for (int i = 0; i < lines.size(); i++) {
            if (near[i]) {
                shown.add(lines.get(i));
            } else if (i == 0 || near[i - 1]) {
                shown.add(new Line("gap", "…"));
            }
        }
        return shown;
    }

    private static List<String> lines(PolicyDocument document) {
        var lines = new ArrayList<String>();
        write(document.json(), "", "", "", lines);
        return lines;
    }

    private static void write(Object value, String indent, String key, String comma, List<String> lines) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            lines.add(indent + key + "{");
            var sorted = new TreeMap<String, Object>();
            map.forEach((name, item) -> sorted.put((String) name, item));
            int left = sorted.size();
            for (var entry : sorted.entrySet()) {
                write(entry.getValue(), indent + "  ", quoted(entry.getKey()) + ": ", --left > 0 ? "," : "", lines);
            }
            lines.add(indent + "}" + comma);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            lines.add(indent + key + "[");
            int left = list.size();
            for (Object item : list) {
                write(item, indent + "  ", "", --left > 0 ? "," : "", lines);
            }
            lines.add(indent + "]" + comma);
        } else {
            lines.add(indent + key + quoted(value) + comma);
        }
    }

    private static String quoted(Object value) {
        return dev.weir.kernel.CanonicalJson.write(value);
    }
}
