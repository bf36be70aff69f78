package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The ways to look for personal data in a string, for whoever wants to know what they cost. */
public final class Scanning {

    private Scanning() {}

    /** As enforcement does it: all detectors, and pairs by the default parameters. */
    public static ToIntFunction<String> weir() {
        var rules = Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList();
        var parameters = new ParameterNames(new Json(Map.of("mode", "block", "names", Defaults.PARAMETERS)));
        var scrubber = Scrubber.of(rules, parameters);
        return text -> scrubber.scrub(text, null).hits().size();
    }

    /** {@code java.util.regex} with the expression of each detector, one after the other; no check, no second look. */
    public static ToIntFunction<String> expressions() {
        List<NaiveDetectors.Detector> all = NaiveDetectors.ALL;
        return text -> {
            int found = 0;
            for (var detector : all) {
                found += detector.expression().matcher(text).find() ? 1 : 0;
            }
            return found;
        };
    }
}
