package dev.weir.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of a recorded hierarchy.
 *
 * @param nthChild position among all siblings, counted from 1; 0 when it was not recorded, which no selector matches
 * @param nthOfType position among siblings of the same tag, likewise
 * @param host whether the path left an open shadow root here: no selector matches across it
 * @param foreign whether it is an SVG or MathML element, whose names HTML does not read without regard to case
 */
public record Element(
        String tag,
        @Nullable String id,
        List<String> classes,
        Map<String, String> attributes,
        int nthChild,
        int nthOfType,
        boolean host,
        boolean foreign) {

    public Element {
        classes = List.copyOf(classes);
        attributes = Map.copyOf(attributes);
    }

    /** An HTML element. */
    public Element(
            String tag,
            @Nullable String id,
            List<String> classes,
            Map<String, String> attributes,
            int nthChild,
            int nthOfType,
            boolean host) {
        this(tag, id, classes, attributes, nthChild, nthOfType, host, false);
    }
}
