package dev.weir.planes;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says which planes this node is. Never a reason not to be ready. */
@Readiness
@ApplicationScoped
class PlanesCheck implements HealthCheck {

    private final Planes planes;

    PlanesCheck(Planes planes) {
        this.planes = planes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("planes")
                .up()
                .withData("started", planes.toString())
                .build();
    }
}
