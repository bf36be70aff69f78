package dev.weir.review;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.inject.Singleton;
import java.util.List;

/** Where the reviews stand in the rail. */
@Singleton
class ReviewNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Reviews", "/console/reviews", "reviews", Group.ORGANISATION, 35));
    }
}
