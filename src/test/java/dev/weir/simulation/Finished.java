package dev.weir.simulation;

import dev.weir.jobs.JobsAtWork;
import io.quarkus.arc.Arc;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does what is left to do of a simulation, or waits until its file has been judged. */
public final class Finished {

    private Finished() {}

    public static void of(String id) {
        try {
            Arc.container().instance(HeldFiles.class).get().gone(id).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
        JobsAtWork.all();
    }
}
