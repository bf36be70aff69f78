package dev.weir.web;

import java.util.Set;

/**
 * One entry of the console's left rail. It never decides what a person may do: the page behind it does.
 *
 * @param path where it leads; {@code {environment}} stands for the key of the chosen environment
 * @param icon the name of a symbol in {@code assets/icons.svg}
 * @param group where in the rail it stands
 * @param order within the group, smaller comes first; the console's own entries count in tens
 * @param roles who sees it; empty for everyone who is signed in
 */
public record NavigationItem(String label, String path, String icon, Group group, int order, Set<String> roles) {

    static final String ENVIRONMENT = "{environment}";

    /** What stands together in the rail, in this order. */
    public enum Group {
        /** Without a heading of its own. */
        START(""),
        EVENTS("Events"),
        POLICY("Policy"),
        TRACKING("Tracking"),
        ORGANISATION("Organisation");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public NavigationItem {
        roles = Set.copyOf(roles);
    }

    public NavigationItem(String label, String path, String icon, Group group, int order) {
        this(label, path, icon, group, order, Set.of());
    }

    boolean needsEnvironment() {
        return path.contains(ENVIRONMENT);
    }
}
