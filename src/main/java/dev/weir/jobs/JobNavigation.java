package dev.weir.jobs;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** Where jobs stand in the rail. */
@Singleton
class JobNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Jobs", "/console/jobs", "settings", Group.ORGANISATION, 50));
    }
}
