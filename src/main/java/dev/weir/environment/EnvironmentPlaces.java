package dev.weir.environment;

import dev.weir.web.Places;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The environments, as the layout's switcher shows them. */
@ApplicationScoped
class EnvironmentPlaces implements Places {

    private final Environments environments;

    EnvironmentPlaces(Environments environments) {
        this.environments = environments;
    }

    @Override
    public List<Place> places() {
        return environments.list().stream()
                .map(e -> new Place(e.key(), e.name(), e.kind().id(), e.critical()))
                .toList();
    }
}
