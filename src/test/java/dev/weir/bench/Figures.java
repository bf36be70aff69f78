package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, by name and kind, a figure a round; printed as medians. */
final class Figures {

    private final Map<String, Map<Kind, List<Figure>>> all = new LinkedHashMap<>();

    /** {@code perSecond}: events; {@code micros}: processor time of one, or 0 where nobody looked. */
    record Figure(double perSecond, double micros) {}

    void note(String name, Kind kind, Figure figure) {
        all.computeIfAbsent(name, none -> new LinkedHashMap<>())
                .computeIfAbsent(kind, none -> new ArrayList<>())
                .add(figure);
    }

    /** The median of the rounds; 0 where nothing was measured. */
    double perSecond(String name, Kind kind) {
        return median(of(name, kind).stream().map(Figure::perSecond).toList());
    }

    private List<Figure> of(String name, Kind kind) {
        return all.getOrDefault(name, Map.of()).getOrDefault(kind, List.of());
    }

    void table(List<Kind> kinds, String head) {
        System.out.println(head);
        System.out.println("|---".repeat(1 + 2 * kinds.size()) + "|");
        all.forEach((name, measured) -> {
            if (kinds.stream().anyMatch(measured::containsKey)) {
                var line = new StringBuilder("| " + name);
                for (var kind : kinds) {
                    var micros = of(name, kind).stream().map(Figure::micros).toList();
                    line.append(" | ").append(shown("%,.0f", perSecond(name, kind)));
                    line.append(" | ").append(shown("%.1f", median(micros)));
                }
                System.out.println(line + " |");
            }
        });
        System.out.println();
    }

    private static String shown(String format, double value) {
        return value == 0 ? "–" : String.format(Locale.ROOT, format, value);
    }

    /** Round by round, so that what else the machine did counts for both. */
    void ratio(String goal, Kind kind, String mine, String limit, String wanted) {
        var mines = of(mine, kind);
        var limits = of(limit, kind);
        if (mines.isEmpty() || mines.size() != limits.size()) {
            line(goal, "not measured", wanted);
            return;
        }
        var quotients = new ArrayList<Double>();
        for (int round = 0; round < mines.size(); round++) {
            quotients.add(mines.get(round).perSecond / limits.get(round).perSecond);
        }
        line(goal, String.format(Locale.ROOT, "%.3f", median(quotients)), wanted);
    }

    /** Of processor time. */
    void difference(String goal, Kind kind, String mine, String bare, String wanted) {
        var mines = of(mine, kind).stream().map(Figure::micros).toList();
        var bares = of(bare, kind).stream().map(Figure::micros).toList();
        boolean measured = !mines.isEmpty() && !bares.isEmpty();
        line(
                goal,
                measured ? String.format(Locale.ROOT, "%.1f µs", median(mines) - median(bares)) : "not measured",
                wanted);
    }

    static void line(String goal, String measured, String wanted) {
        System.out.printf("| %s | %s | %s |%n", goal, measured, wanted);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return 0;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
