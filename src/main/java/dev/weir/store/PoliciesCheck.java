package dev.weir.store;

import dev.weir.planes.Planes;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once policies have been read, and where nothing is enforced at once. An environment with an unreadable policy is named here and does not take the others down;
 * neither does a database that has gone away since: the last policies stay in force, and the database has a check of its own.
 */
@Readiness
@ApplicationScoped
class PoliciesCheck implements HealthCheck {

    private final Published published;
    private final Planes planes;

    PoliciesCheck(Published published, Planes planes) {
        this.published = published;
        this.planes = planes;
    }

    @Override
    public HealthCheckResponse call() {
        var unreadable = published.unreadable();
        return HealthCheckResponse.named("policies")
                .status(published.loaded() || !planes.data())
                .withData("apps", published.apps())
                .withData("degraded", !unreadable.isEmpty())
                .withData("unreadable", String.join(",", unreadable))
                .withData("fresh", published.reachable())
                .build();
    }
}
