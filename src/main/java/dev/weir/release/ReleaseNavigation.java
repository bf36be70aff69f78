package dev.weir.release;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where the revisions stand in the rail. */
@ApplicationScoped
class ReleaseNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Revisions", "/console/{environment}/policy", "revisions", Group.POLICY, 50),
                new NavigationItem("Change requests", "/console/{environment}/changes", "requests", Group.POLICY, 40),
                new NavigationItem(
                        "Simulations", "/console/{environment}/simulations", "simulation", Group.POLICY, 30));
    }
}
