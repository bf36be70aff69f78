package dev.weir.erasure;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** Where deleting stands in the rail. */
@Singleton
class ErasureNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Stored events", "/console/{environment}/redaction", "stored", Group.EVENTS, 30),
                new NavigationItem("Erasure", "/console/erasure", "erasure", Group.ORGANISATION, 40));
    }
}
