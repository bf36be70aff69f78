package dev.weir.jobs;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * A kind of work for tests: each step adds one to the cursor of an environment that nobody else has. The input names it and says of
 * how many steps the job is, and at which one it fails: {@code name 5 3}.
 */
@ApplicationScoped
class StepsInTests implements Work {

    static final String KIND = "test-steps";

    private final Sql sql;

    StepsInTests(Sql sql) {
        this.sql = sql;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Count in a test";
    }

    @Override
    public Map<String, String> words() {
        return Map.of("added", "Added");
    }

    @Override
    public Step step(Job job) {
        var input = job.input().split(" ", -1);
        long most = Long.parseLong(input[1]);
        long at = job.place().isEmpty() ? 0 : Long.parseLong(job.place());
        sql.change("update event_cursor set last_sequence = last_sequence + 1 where environment = ?", input[0]);
        if (at + 1 == Long.parseLong(input[2])) {
            throw new IllegalStateException("on purpose");
        }
        var step = Step.of(job).at(String.valueOf(at + 1)).outOf(most).did(1).counted("added", 1);
        return at + 1 == most ? step.theLast() : step;
    }

    @Override
    public void over(Job job) {
        sql.change(
                "insert into event_cursor (environment, last_sequence) values (?, 1)",
                job.input().split(" ", -1)[0] + "-over");
    }
}
