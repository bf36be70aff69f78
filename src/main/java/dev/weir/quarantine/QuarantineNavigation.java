package dev.weir.quarantine;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** Where the quarantine stands in the rail. */
@Singleton
class QuarantineNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Quarantine", "/console/{environment}/quarantine", "quarantine", Group.EVENTS, 20));
    }
}
