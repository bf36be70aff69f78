package dev.weir.simulation;

import io.quarkus.arc.Arc;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until the work on a simulation has ended, however it ended. */
public final class Finished {

    private Finished() {}

    public static void of(String id) {
        try (var runs = Arc.container().instance(Runs.class)) {
            runs.get().work(id).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
