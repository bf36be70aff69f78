package dev.weir.simulation;

import dev.weir.event.Event;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Layers;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Verdict;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One recorded event as two policies would leave it, as far as both together would keep it: what only one of them keeps is named and not
 * shown. Nothing where either drops it or sets it aside.
 */
public final class SideBySide {

    private static final String MORE = "more is kept than is shown here";
    private static final String GONE = "not kept";
    private static final String SOMEBODY = "an identity";
    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 300;

    private SideBySide() {}

    /** One field on both sides, or what stands in for it. */
    public record Line(String field, String now, String then) {}

    public static List<Line> of(Event event, PolicyDocument now, PolicyDocument then) {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var one = CompiledPolicy.of(now, key);
        var other = CompiledPolicy.of(then, key);
        var both = kept(new Layers(List.of(one, other)).judge(event, Circumstances.SERVER));
        var ones = kept(one.judge(event, Circumstances.SERVER));
        var others = kept(other.judge(event, Circumstances.SERVER));
        if (both.isEmpty() || ones.isEmpty() || others.isEmpty()) {
            return List.of();
        }
        var safe = Fields.of(both.get());
        var left = Fields.of(ones.get());
        var right = Fields.of(others.get());
        var names = new TreeSet<>(safe.keySet());
        Fields.differing(ones.get(), others.get()).stream()
                .map(name -> safe.containsKey(name) ? name : Fields.told(name))
                .forEach(names::add);
        var lines = new ArrayList<Line>();
        names.forEach(name -> lines.add(
                name.equals(Fields.PROPERTIES)
                        ? new Line(name, hidden(left, safe), hidden(right, safe))
                        : new Line(name, side(name, left, safe), side(name, right, safe))));
        return lines;
    }

    /** Properties that one of both does not keep: even their names stay here. */
    private static String hidden(Map<String, String> side, Map<String, String> safe) {
        long more = side.keySet().stream()
                .filter(name -> name.startsWith(Fields.PROPERTIES + ".") && !safe.containsKey(name))
                .count();
        return more == 0 ? GONE : more + " more, not shown here";
    }

    private static String side(String name, Map<String, String> side, Map<String, String> safe) {
        var value = side.get(name);
        if (value == null) {
            return GONE;
        }
        if (!value.equals(safe.get(name))) {
            return MORE;
        }
        return name.equals("identity") ? SOMEBODY : value.substring(0, Math.min(LONGEST, value.length()));
    }

    private static Optional<Event> kept(Verdict verdict) {
        return verdict.match(kept -> Optional.of(kept.event()), aside -> Optional.empty(), dropped -> Optional.empty());
    }
}
