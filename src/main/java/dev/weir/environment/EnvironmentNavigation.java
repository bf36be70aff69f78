package dev.weir.environment;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The environments' entry in the left rail. */
@Singleton
class EnvironmentNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Environments", "/console/environments", "environments", Group.ORGANISATION, 10));
    }
}
