package dev.weir.event;

import java.util.List;

/** Where in the page something happened: the target first, then its ancestors up to the root. May be empty. */
public record Hierarchy(List<Element> elements) {

    public static final Hierarchy NONE = new Hierarchy(List.of());

    public Hierarchy {
        elements = List.copyOf(elements);
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }
}
