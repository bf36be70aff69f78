package dev.weir.release;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where the revisions stand in the rail. */
@ApplicationScoped
class ReleaseNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Revisions", "/console/{environment}/policy", "revisions", 50),
                new NavigationItem("Change requests", "/console/{environment}/changes", "revisions", 51),
                new NavigationItem("Simulations", "/console/{environment}/simulations", "revisions", 52));
    }
}
