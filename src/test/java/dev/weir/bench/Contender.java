package dev.weir.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program under test, by the name in the table, and the processes besides it whose time its answers cost. */
record Contender(String name, Packaged program, String app, List<ProcessHandle> besides) {

    /** Where Weir takes this in. */
    String path(Kind kind) {
        return switch (kind) {
            case SINGLE -> "/api/track";
            case BATCH_OF_25, BATCH_OF_38 -> "/api/collect/" + app;
            case SCRIPT -> "/js/heap-" + app + ".js";
        };
    }

    double cpuMicros() {
        var all = new ArrayList<>(besides);
        all.add(program.handle());
        // Children of a database that have come since.
        besides.forEach(handle ->
                handle.children().filter(child -> !all.contains(child)).forEach(all::add));
        return all.stream()
                .mapToDouble(handle ->
                        handle.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3)
                .sum();
    }
}
