package dev.weir.testsupport;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program tells of refusals each minute and signs the change log each hour. In tests it does so when it is asked to: a row that
 * comes by itself would be the newest one just where a test looks at the newest one, and one more where a test counts.
 */
@ApplicationScoped
class TellsWhenAsked {

    private static final List<String> TELLING =
            List.of("dev.weir.access.Refusals#tell", "dev.weir.changelog.Signing#hourly");

    void pause(@Observes StartupEvent started, Scheduler scheduler) {
        var paused = scheduler.getScheduledJobs().stream()
                .filter(job -> tells(job.getMethodDescription()))
                .map(Trigger::getId)
                .toList();
        paused.forEach(scheduler::pause);
        if (paused.size() != TELLING.size()) {
            throw new IllegalStateException("not by these names any more: " + TELLING);
        }
    }

    private static boolean tells(@Nullable String method) {
        return method != null && TELLING.contains(method);
    }
}
