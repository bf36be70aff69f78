package dev.weir.review;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.proof.Statement;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a cycle, with all evidence, and has it signed. Keeps nothing. */
@ApplicationScoped
class Reporting {

    private static final String KIND = "review-report";

    private final TaskRows tasks;
    private final ChangeLog log;

    Reporting(TaskRows tasks, ChangeLog log) {
        this.tasks = tasks;
        this.log = log;
    }

    Report report(Cycle cycle, List<Task> all, Act closed, String why) {
        var content = new TreeMap<String, @Nullable Object>();
        content.put("cycle", cycle.number());
        content.put("name", cycle.name());
        content.put("due", cycle.due().toString());
        content.put("opened", act(cycle.opened()));
        content.put("closed", act(closed));
        content.put("why", why);
        content.put("tasks", all.stream().map(this::task).toList());
        var canonical = CanonicalJson.write(content);
        return new Report(CanonicalJson.sha256(canonical), log.sign(new Statement(KIND, canonical)));
    }

    private Map<String, @Nullable Object> task(Task task) {
        var evidence = tasks.evidence(task);
        var told = new TreeMap<String, @Nullable Object>();
        told.put("number", task.number());
        told.put("title", task.title());
        told.put("owner", someone(task.owner()));
        told.put("state", task.state().id());
        told.put("evidence", evidence.content());
        told.put("evidenceSha256", evidence.hash());
        told.put("signature", task.signature().map(Reporting::signature).orElse(null));
        told.put("counterSigned", task.counterSigned().map(Reporting::act).orElse(null));
        return told;
    }

    /** Also what its hash is made of. */
    static Map<String, Object> signature(Task.Signature signature) {
        var told = new LinkedHashMap<String, Object>(act(signature.act()));
        told.put("outcome", signature.outcome().id());
        told.put("words", signature.words());
        told.put("sha256", signature.hash());
        return told;
    }

    static Map<String, Object> act(Act act) {
        return Map.of("by", someone(act.by()), "at", act.at().toString());
    }

    static Map<String, String> someone(Someone one) {
        return Map.of("subject", one.subject(), "name", one.name());
    }

    /** The content of a signed report, for pages and programs. */
    static Map<?, ?> content(Report report) {
        // The first line says what the note is, the second is the content.
        var line = report.note().lines().skip(1).findFirst().orElse("{}");
        return CanonicalJson.read(line) instanceof Map<?, ?> content ? content : Map.of();
    }
}
