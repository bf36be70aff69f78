package dev.weir.planes;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Stops what would run by the clock in a plane that is not started, before it has run once. By the room that it is in: a schedule
 * that is added later is stopped as well.
 */
@ApplicationScoped
class PlaneSchedules {

    /** Rooms of the data plane in docs/architecture.md. All others are the control plane's. */
    static final Set<String> DATA_ROOMS = Set.of("store", "stream", "ingest", "snippet");

    private static final Logger LOG = Logger.getLogger(PlaneSchedules.class);

    private static final String ROOMS = "dev.weir.";

    /** The scheduler itself starts at the start, and looks at its jobs in the next second for the first time. */
    private static final int EARLY = 1;

    private final Planes planes;
    private final Scheduler scheduler;

    PlaneSchedules(Planes planes, Scheduler scheduler) {
        this.planes = planes;
        this.scheduler = scheduler;
    }

    void pause(@Observes @Priority(EARLY) StartupEvent started) {
        LOG.infof("planes started: %s", planes);
        for (Trigger job : scheduler.getScheduledJobs()) {
            var method = job.getMethodDescription();
            if (method != null && !runs(method)) {
                scheduler.pause(job.getId());
                LOG.infof("does not run here: %s", method);
            }
        }
    }

    /** {@code method} as the scheduler describes it, with the name of its class first. What is not ours runs everywhere. */
    private boolean runs(String method) {
        if (!method.startsWith(ROOMS)) {
            return true;
        }
        var room = method.substring(ROOMS.length()).split("\\.", 2)[0];
        return DATA_ROOMS.contains(room) ? planes.data() || planes.loader() : planes.control();
    }
}
