package dev.weir.catalog;

import dev.weir.catalog.standards.Deviation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A standard that a definition breaks, for programs. {@code waived}: by whom, and when, for the definition as it is. */
record BrokenStandard(
        String rule, String level, String text, @Nullable WaivedBody waived) {

    record WaivedBody(String name, Instant at) {}

    static BrokenStandard of(Deviation deviation) {
        return new BrokenStandard(deviation.rule().id(), deviation.level().id(), deviation.text(), null);
    }

    static List<BrokenStandard> of(List<Broken> broken) {
        return broken.stream()
                .map(each -> new BrokenStandard(
                        each.rule().id(),
                        each.deviation().level().id(),
                        each.text(),
                        each.waived()
                                .map(hand -> new WaivedBody(hand.name(), hand.at()))
                                .orElse(null)))
                .toList();
    }
}
