package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Alarms;
import dev.weir.web.Places;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Has every page say that something was published in an emergency, until somebody else has reviewed it. */
@ApplicationScoped
class EmergencyAlarms implements Alarms {

    private final Emergencies emergencies;

    private final Places places;

    EmergencyAlarms(Emergencies emergencies, Places places) {
        this.emergencies = emergencies;
        this.places = places;
    }

    @Override
    public List<Alarm> alarms() {
        return emergencies.open().stream()
                .map(one -> new Alarm(
                        one.publishedBy().name() + " has loosened the policy of " + name(one.environment())
                                + " alone, in an emergency. A second Admin has to review it.",
                        "/console/" + one.environment() + "/policy/" + one.revision(),
                        "Revision " + one.revision()))
                .toList();
    }

    private String name(EnvironmentKey key) {
        return places.places().stream()
                .filter(place -> place.key().equals(key))
                .map(Places.Place::name)
                .findFirst()
                .orElse(key.value());
    }
}
