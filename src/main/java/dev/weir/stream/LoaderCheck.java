package dev.weir.stream;

import dev.weir.planes.Planes;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Where a loader runs: ready while it knows what to load and can. One that has no partition stands by, and is ready too. */
@Readiness
@ApplicationScoped
class LoaderCheck implements HealthCheck {

    private final Planes planes;
    private final Loader loader;

    LoaderCheck(Planes planes, Loader loader) {
        this.planes = planes;
        this.loader = loader;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("loader").withData("used", planes.loader());
        if (!planes.loader()) {
            return response.up().build();
        }
        return response.status(loader.able())
                .withData("partitions", loader.partitions())
                .withData("behind", loader.behind())
                .build();
    }
}
