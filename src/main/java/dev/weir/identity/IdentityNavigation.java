package dev.weir.identity;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** Where links between devices and identities stand in the rail. */
@Singleton
class IdentityNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Identity links", "/console/{environment}/identities", "people", Group.EVENTS, 40));
    }
}
