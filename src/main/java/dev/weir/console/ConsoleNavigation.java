package dev.weir.console;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The overview's entry in the left rail. */
@Singleton
class ConsoleNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Overview", "/console", "overview", Group.START, 10));
    }
}
