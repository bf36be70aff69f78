package dev.weir.live;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The live page's entry in the left rail. */
@Singleton
class LiveNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Live", "/console/{environment}/live", "live", Group.EVENTS, 10));
    }
}
