package dev.weir.policy;

/** Prints how accurate the detectors are. docs/detectors.md says how to run it and holds its table. */
final class AccuracyReport {

    private AccuracyReport() {}

    public static void main(String[] arguments) {
        boolean details = arguments.length > 0 && arguments[0].equals("--wrong");
        System.out.println("| What | Source | Rows | Right | |");
        System.out.println("|---|---|---:|---:|---:|");
        for (var row : Accuracy.measure()) {
            System.out.printf(
                    "| %s | %s | %d | %d | %.2f %% |%n", row.kind, row.source, row.total, row.right, 100 * row.share());
            if (details) {
                row.wrong.stream().limit(25).forEach(wrong -> System.out.println("      " + wrong.replace('\n', ' ')));
            }
        }
    }
}
