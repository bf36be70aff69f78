package dev.weir.policy;

import dev.weir.event.Element;
import dev.weir.event.Selector;
import dev.weir.event.Selector.Need;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the selectors of a policy need, a bit for each: so that a selector is only asked about a hierarchy that has it all. There are more
 * needs than bits in few policies; those without one count as had.
 */
final class SelectorNeeds {

    private final Map<Need, Long> bits = new HashMap<>();

    /** The bits of each alternative of a selector. */
    long[] of(Selector selector) {
        return selector.needs().stream().mapToLong(this::all).toArray();
    }

    private long all(List<Need> needs) {
        long all = 0;
        for (var need : needs) {
            var bit = bits.get(need);
            if (bit == null && bits.size() < Long.SIZE) {
                bit = 1L << bits.size();
                bits.put(need, bit);
            }
            all |= bit == null ? 0 : bit;
        }
        return all;
    }

    /** The bits of what an element has. */
    long had(Element element) {
        if (bits.isEmpty()) {
            return 0;
        }
        long had = had(Need.Part.TAG, Selector.lower(element.tag()));
        var id = element.id();
        had |= id == null ? 0 : had(Need.Part.ID, id);
        for (var name : element.classes()) {
            had |= had(Need.Part.CLASS, name);
        }
        for (var name : element.attributes().keySet()) {
            had |= had(Need.Part.ATTRIBUTE, name);
        }
        return had;
    }

    private long had(Need.Part part, String value) {
        return bits.getOrDefault(new Need(part, value), 0L);
    }
}
