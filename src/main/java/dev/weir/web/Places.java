package dev.weir.web;

import dev.weir.kernel.EnvironmentKey;
import java.util.List;

/** The environments one can be in, for the switcher of the layout. Implemented above, read once a page. */
public interface Places {

    List<Place> places();

    /** One environment as the switcher shows it; {@code kind} is {@code development}, {@code staging} or {@code production}. */
    record Place(EnvironmentKey key, String name, String kind, boolean critical) {}
}
