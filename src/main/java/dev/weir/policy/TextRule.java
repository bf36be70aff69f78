package dev.weir.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the policy's {@code text}: what to look for and what to do about it. Holds only what the policy says.
 *
 * @param label the detector's name, or the pattern's label
 * @param pattern null for a detector
 * @param regions for {@code phone-national} alone
 */
record TextRule(String label, @Nullable String pattern, List<String> regions, Action action) {

    TextRule {
        regions = List.copyOf(regions);
    }

    static TextRule detector(String name, Action action) {
        return new TextRule(name, null, List.of(), action);
    }

    static TextRule national(List<String> regions, Action action) {
        return new TextRule(NationalPhones.NAME, null, regions, action);
    }

    static TextRule pattern(String pattern, String label, Action action) {
        return new TextRule(label, pattern, List.of(), action);
    }
}
