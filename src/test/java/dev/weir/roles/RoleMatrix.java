package dev.weir.roles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The role table of docs/access.md: what each role is for, what a word allows, and which operations make up a row.
 *
 * @param words by row, then by role, as the columns stand
 * @param allows what a word lists
 * @param notBuilt what has no case yet, and the row it belongs to
 * @param outside operations that belong to no row
 */
record RoleMatrix(
        Map<String, Map<String, String>> words,
        Map<String, Set<String>> allows,
        List<Case> cases,
        Map<String, String> notBuilt,
        Set<String> outside) {

    static final List<String> ROLES = List.of("admin", "architect", "developer", "auditor");

    private static final Pattern GOVERNED =
            Pattern.compile("\\| `((?:POST|PUT|PATCH|DELETE) /\\S*)` \\| no \\|(?: (?:yes|no) \\|){4}");

    /** The ways to an operation; empty texts where there is none. */
    record Case(String row, String name, String needs, String page, String api) {

        String operation(Way way) {
            return way == Way.PAGE ? page : api;
        }
    }

    enum Way {
        PAGE,
        API
    }

    /** One cell of the table, for one case and one way. */
    record Cell(String name, String role, Way way, String needs, String operation, boolean allowed) {

        @Override
        public String toString() {
            return role + (allowed ? " may " : " may not ") + name + (way == Way.PAGE ? " (page)" : " (interface)");
        }
    }

    static RoleMatrix read() {
        try {
            return parsed(Files.readAllLines(Path.of("docs/access.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RoleMatrix parsed(List<String> lines) {
        var words = new LinkedHashMap<String, Map<String, String>>();
        rows(lines, "What", "Admin").forEach(row -> {
            var cells = new LinkedHashMap<String, String>();
            for (int i = 0; i < ROLES.size(); i++) {
                cells.put(ROLES.get(i), row.get(i + 1));
            }
            words.put(row.get(0), cells);
        });
        var allows = new LinkedHashMap<String, Set<String>>();
        rows(lines, "Word", "Allows")
                .forEach(row -> allows.put(row.get(0), Set.of(row.get(1).split(", "))));
        var cases = rows(lines, "Row", "Case").stream()
                .map(row -> new Case(row.get(0), row.get(1), row.get(2), operation(row.get(3)), operation(row.get(4))))
                .toList();
        var notBuilt = new TreeMap<String, String>();
        rows(lines, "Not built yet", "Row").forEach(row -> notBuilt.put(row.get(0), row.get(1)));
        var outside = rows(lines, "Outside", "Why").stream()
                .flatMap(row -> Stream.of(row.get(0).split(", ")))
                .map(RoleMatrix::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        return new RoleMatrix(words, allows, cases, notBuilt, outside);
    }

    /** The rows of the table whose head begins so. */
    private static List<List<String>> rows(List<String> lines, String first, String second) {
        var rows = new ArrayList<List<String>>();
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith("| " + first + " | " + second + " |")) {
            at++;
        }
        for (int i = at + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            var cells = lines.get(i).split("\\|", -1);
            rows.add(Stream.of(cells)
                    .skip(1)
                    .limit(cells.length - 2L)
                    .map(String::strip)
                    .toList());
        }
        return rows;
    }

    /** Operations that change something and that not everybody may do, by the tables that list every operation. */
    static Set<String> governed() {
        try (var lines = Files.lines(Path.of("docs/access.md"))) {
            return lines.map(GOVERNED::matcher)
                    .filter(row -> row.matches())
                    .map(row -> row.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String operation(String cell) {
        return cell.equals("–") ? "" : cell.replace("`", "");
    }

    boolean allowed(Case one, String role) {
        return allows.getOrDefault(words.get(one.row()).get(role), Set.of()).contains(one.needs());
    }

    List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (Case one : cases) {
            for (Way way : Way.values()) {
                if (!one.operation(way).isEmpty()) {
                    ROLES.forEach(role -> cells.add(
                            new Cell(one.name(), role, way, one.needs(), one.operation(way), allowed(one, role))));
                }
            }
        }
        return cells;
    }
}
