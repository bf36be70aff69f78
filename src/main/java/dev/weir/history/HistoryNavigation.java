package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** The entry of the change log in the left rail. Who reads how much of it is decided in {@link History}. */
@Singleton
class HistoryNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem(
                "Change log", "/console/changelog", "history", Group.ORGANISATION, 30, Set.copyOf(Role.ALL)));
    }
}
