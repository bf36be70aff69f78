package dev.weir.artifact;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists and tables whose texts mean themselves: nothing in them is a link, a tag or the end of a cell, whatever reads them. */
final class Markdown {

    private static final Pattern MEANS_SOMETHING = Pattern.compile("[\\\\`*_\\[\\]<>#|&]");

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private Markdown() {}

    /** On one line. */
    static String text(String text) {
        var line = BREAKS.matcher(text).replaceAll(" ").strip();
        return MEANS_SOMETHING.matcher(line).replaceAll("\\\\$0");
    }

    static String list(List<String> items, String otherwise) {
        return items.isEmpty()
                ? otherwise + "\n"
                : items.stream().map(item -> "- " + text(item) + "\n").collect(Collectors.joining());
    }

    static String table(List<String> head, List<List<String>> rows) {
        return row(head)
                + "|" + "---|".repeat(head.size()) + "\n"
                + rows.stream()
                        .map(cells -> row(cells.stream().map(Markdown::text).toList()))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
