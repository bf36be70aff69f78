package dev.weir.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which definitions somebody wants to see. An empty text asks for nothing; without a status, the archived ones are left out.
 *
 * @param breaks {@code any} standard, or one that blocks ({@code block}), and nobody has waived it: this is asked of no row
 */
public record Query(String q, String status, String type, String tag, String owner, String category, String breaks) {

    public static final Query ALL = new Query("", "", "", "", "", "");

    static final Set<String> BREAKS = Set.of("", "any", "block");

    public Query(String q, String status, String type, String tag, String owner, String category) {
        this(q, status, type, tag, owner, category, "");
    }

    /** SQL of constant pieces, and what goes into their places. */
    record Where(String condition, List<Object> arguments) {}

    Where where(String reader) {
        var condition = new StringBuilder(" where (personal_to is null or personal_to = ?)");
        var arguments = new ArrayList<Object>(List.of(reader));
        for (var word : q.strip().toLowerCase(Locale.ROOT).split("\\s+", 8)) {
            add(condition, arguments, " and search_text like ? escape '!'", word, like(word));
        }
        add(condition, arguments, " and status = ?", status, status);
        add(condition, arguments, " and type = ?", type, type);
        add(condition, arguments, " and tags like ? escape '!'", tag, like("," + tag + ","));
        add(condition, arguments, " and owner = ?", owner, owner);
        add(condition, arguments, " and category = ?", category, category);
        if (status.isEmpty()) {
            condition.append(" and status <> 'archived'");
        }
        return new Where(condition.toString(), List.copyOf(arguments));
    }

    boolean asksFor(Broken broken) {
        return broken.waived().isEmpty() && (breaks.equals("any") || (breaks.equals("block") && broken.blocks()));
    }

    public boolean all() {
        return equals(ALL);
    }

    private static String like(String text) {
        return "%" + text.replaceAll("([!%_])", "!$1") + "%";
    }

    private static void add(
            StringBuilder condition, List<Object> arguments, String piece, String asked, Object argument) {
        if (!asked.isEmpty()) {
            condition.append(piece);
            arguments.add(argument);
        }
    }
}
