package dev.weir.erasure;

import dev.weir.web.Navigation;
import dev.weir.web.NavigationItem;
import jakarta.inject.Singleton;
import java.util.List;

/** Where deleting stands in the rail. */
@Singleton
class ErasureNavigation implements Navigation {

    @Override
    public List<NavigationItem> items() {
        return List.of(
                new NavigationItem("Stored events", "/console/{environment}/redaction", "history", 53),
                new NavigationItem("Erasure", "/console/erasure", "lock", 76));
    }
}
