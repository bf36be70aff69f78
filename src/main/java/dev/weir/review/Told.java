package dev.weir.review;

import dev.weir.kernel.EnvironmentKey;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cycles and tasks as programs read them. */
final class Told {

    private Told() {}

    static Map<String, @Nullable Object> cycle(Cycle cycle, LocalDate today) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("number", cycle.number());
        told.put("name", cycle.name());
        told.put("due", cycle.due().toString());
        told.put("state", cycle.open() ? "open" : "closed");
        told.put(
                "environments",
                cycle.environments().stream().map(EnvironmentKey::value).toList());
        told.put("opened", Reporting.act(cycle.opened()));
        told.put("closed", cycle.closing().map(Told::closing).orElse(null));
        told.put("progress", progress(cycle, today));
        told.put("version", cycle.version());
        return told;
    }

    private static Map<String, Object> progress(Cycle cycle, LocalDate today) {
        var told = new LinkedHashMap<String, Object>();
        told.put("tasks", cycle.progress().tasks());
        told.put("signed", cycle.progress().signed());
        told.put("counterSigned", cycle.progress().counterSigned());
        told.put("needWork", cycle.progress().needWork());
        told.put("overdue", cycle.late(today));
        return told;
    }

    private static Map<String, Object> closing(Cycle.Closing closing) {
        var told = new LinkedHashMap<String, Object>(Reporting.act(closing.act()));
        told.put("why", closing.why());
        told.put("report", closing.hash());
        return told;
    }

    static Map<String, @Nullable Object> task(Task task, LocalDate today) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("cycle", task.cycle());
        told.put("number", task.number());
        told.put("title", task.title());
        told.put("matter", task.portion().matter().id());
        told.put(
                "environment",
                task.portion().environment().map(EnvironmentKey::value).orElse(null));
        told.put("about", task.portion().about());
        told.put("owner", Reporting.someone(task.owner()));
        told.put("state", task.state().id());
        told.put("due", task.due().toString());
        told.put("overdue", task.overdue(today));
        told.put("evidenceSha256", task.evidence());
        told.put("gatheredAt", task.gatheredAt().toString());
        told.put("signature", task.signature().map(Reporting::signature).orElse(null));
        told.put("counterSigned", task.counterSigned().map(Reporting::act).orElse(null));
        told.put("handedBack", task.returned().map(Told::returned).orElse(null));
        told.put("version", task.version());
        return told;
    }

    private static Map<String, Object> returned(Task.Return back) {
        var told = new LinkedHashMap<String, Object>(Reporting.act(back.act()));
        told.put("why", back.why());
        return told;
    }
}
