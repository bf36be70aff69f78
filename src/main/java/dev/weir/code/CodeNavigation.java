package dev.weir.code;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import dev.weir.web.NavigationItem.Group;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where policy as code stands in the rail. */
@ApplicationScoped
class CodeNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(new NavigationItem("Policy as code", "/console/{environment}/code", "code", Group.POLICY, 60));
    }
}
