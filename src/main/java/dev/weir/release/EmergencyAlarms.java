package dev.weir.release;

import dev.weir.web.Alarms;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Has every page say that something was published in an emergency, until somebody else has reviewed it. */
@ApplicationScoped
class EmergencyAlarms implements Alarms {

    private final Emergencies emergencies;

    EmergencyAlarms(Emergencies emergencies) {
        this.emergencies = emergencies;
    }

    @Override
    public List<Alarm> alarms() {
        return emergencies.open().stream()
                .map(one -> new Alarm(
                        one.publishedBy().name() + " has loosened the policy of " + one.environment()
                                + " alone, in an emergency. A second Admin has to review it.",
                        "/console/" + one.environment() + "/policy/" + one.revision(),
                        "Revision " + one.revision()))
                .toList();
    }
}
