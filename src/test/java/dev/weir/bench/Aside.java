package dev.weir.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The benchmarks that need nobody else, each in a Java machine of its own while nothing else runs. */
final class Aside {

    private static final Set<String> PARTS = Set.of(
            System.getProperty("weir.bench.parts", "definitions,strings,ingest").split(",", -1));

    private Aside() {}

    /** Where a program is that the caller may name; empty where nobody did, also if Maven leaves the name of its property. */
    static String named(String setting) {
        var path = System.getProperty(setting, "");
        return path.startsWith("$") ? "" : path;
    }

    static boolean asked(String part) {
        return PARTS.contains(part);
    }

    /** {@code javas}: by each of these. */
    static void run(List<String> javas) throws IOException, InterruptedException {
        for (var java : javas) {
            if (asked("definitions")) {
                run(java, MatcherBenchmark.class.getName());
            }
            if (asked("strings")) {
                run(java, PolicyBenchmark.class.getName(), "strings");
            }
        }
    }

    private static void run(String java, String... main) throws IOException, InterruptedException {
        System.out.println("\n" + String.join(" ", main) + ", by " + java);
        var command = new ArrayList<>(List.of(java, "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            System.out.println("NOT AS IT SHOULD BE: it ended with " + status);
        }
    }
}
