package dev.weir.check;

import dev.weir.event.Event;
import dev.weir.policy.Finding;
import dev.weir.policy.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says.
 *
 * @param revision the one whose rules judged; 0 where the policy that was sent did
 * @param hash of the rules that judged
 * @param captured what would become of each event, in the order in which they stand
 * @param definitions those that match something of it, by name
 */
record Report(
        String environment,
        long revision,
        String hash,
        List<Remark> remarks,
        List<Captured> captured,
        List<String> definitions) {

    Report {
        remarks = List.copyOf(remarks);
        captured = List.copyOf(captured);
        definitions = List.copyOf(definitions);
    }

    /** One event: what it is, and what is left of it. */
    record Captured(
            String part,
            int line,
            int column,
            String type,
            String outcome,
            String reason,
            List<Finding> findings,
            @Nullable Event event,
            List<String> definitions) {

        static Captured of(String part, int line, int column, Event event, Verdict verdict, List<String> definitions) {
            var type = event.type().wire();
            var findings = verdict.findings();
            return verdict.match(
                    kept -> new Captured(
                            part,
                            line,
                            column,
                            type,
                            findings.isEmpty() ? "kept" : "redacted",
                            "",
                            findings,
                            kept.event(),
                            definitions),
                    aside -> new Captured(
                            part,
                            line,
                            column,
                            type,
                            "quarantined",
                            aside.reason().name(),
                            findings,
                            aside.event(),
                            definitions),
                    dropped -> new Captured(
                            part,
                            line,
                            column,
                            type,
                            "dropped",
                            dropped.reason().name(),
                            findings,
                            null,
                            definitions));
        }
    }

    long count(Rule.Level level) {
        return remarks.stream().filter(remark -> remark.rule().level() == level).count();
    }

    boolean passes() {
        return count(Rule.Level.ERROR) == 0;
    }
}
