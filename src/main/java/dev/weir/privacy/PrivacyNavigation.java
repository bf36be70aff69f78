package dev.weir.privacy;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where the rules and the bench stand in the rail. */
@ApplicationScoped
class PrivacyNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Privacy rules", "/console/{environment}/privacy", "shield", Group.POLICY, 10),
                new NavigationItem("Test bench", "/console/{environment}/bench", "bench", Group.POLICY, 20));
    }
}
