package dev.weir.planes;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The planes that were started: {@code weir.planes}. A name that is not one of them stops the start. */
@ApplicationScoped
public class Planes {

    static final String SETTING = "weir.planes";

    static final String USUAL = "control,data";

    private final Set<Plane> started;

    Planes(@ConfigProperty(name = SETTING, defaultValue = USUAL) String names) {
        this.started = parse(names);
    }

    static Set<Plane> parse(String names) {
        var planes = EnumSet.noneOf(Plane.class);
        for (String name : names.split(",", -1)) {
            planes.add(Plane.of(name.strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            SETTING + " is a list of control, data and loader, with commas between")));
        }
        return planes;
    }

    public boolean control() {
        return started.contains(Plane.CONTROL);
    }

    public boolean data() {
        return started.contains(Plane.DATA);
    }

    public boolean loader() {
        return started.contains(Plane.LOADER);
    }

    /** As they are written in the setting. */
    @Override
    public String toString() {
        return started.stream().map(Plane::label).collect(Collectors.joining(","));
    }
}
