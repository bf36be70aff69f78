package dev.weir.catalog;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** The catalog's entry in the left rail. */
@Singleton
class CatalogNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Definitions", "/console/definitions", "tag", Group.TRACKING, 10));
    }
}
