package dev.weir.install;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The snippet page's entry in the left rail. */
@Singleton
class InstallNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Snippet", "/console/{environment}/snippet", "snippet", Group.TRACKING, 20));
    }
}
