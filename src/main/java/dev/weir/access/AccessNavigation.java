package dev.weir.access;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The entry of people and roles in the left rail. */
@Singleton
class AccessNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("People", "/console/people", "people", Group.ORGANISATION, 20));
    }
}
