package dev.weir.policy;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Several policies that hold at once: whatever any of them forbids is forbidden, whichever rules they have. Each is shown the event as it
 * came, so none hides anything from another; {@link Strictness#stricter} can't say that in one document.
 */
public final class Layers {

    private final List<CompiledPolicy> policies;

    /** Names under which a layer may keep what stood under another one. */
    private final Set<String> renamed = new HashSet<>();

    public Layers(List<CompiledPolicy> policies) {
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("no policy at all");
        }
        this.policies = List.copyOf(policies);
        for (var policy : policies) {
            new Json(policy.document().json())
                    .get("properties").items().stream()
                            .filter(rule -> rule.get("action").text().equals("rename"))
                            .forEach(rule ->
                                    renamed.add(Wording.lower(rule.get("to").text())));
        }
    }

    /** Dropped where one drops, else set aside where one sets aside; of what is left, what all of them leave. */
    public Verdict judge(Event event, Circumstances circumstances) {
        var findings = new LinkedHashSet<Finding>();
        var dropped = new TreeSet<Reason>();
        var aside = new TreeSet<Reason>();
        var left = new ArrayList<Event>();
        for (var policy : policies) {
            var verdict = policy.judge(event, circumstances);
            findings.addAll(verdict.findings());
            verdict.<@Nullable Void>match(
                    kept -> {
                        left.add(kept.event());
                        return null;
                    },
                    quarantined -> {
                        left.add(quarantined.event());
                        aside.add(quarantined.reason());
                        return null;
                    },
                    drop -> {
                        dropped.add(drop.reason());
                        return null;
                    });
        }
        var told = findings.stream()
                .sorted(Comparator.comparing(Finding::reason)
                        .thenComparing(Finding::field)
                        .thenComparing(Finding::rule))
                .toList();
        if (!dropped.isEmpty()) {
            return new Verdict.Dropped(dropped.first(), told);
        }
        var common = common(event, left);
        return aside.isEmpty() ? new Verdict.Kept(common, told) : new Verdict.Quarantined(common, aside.first(), told);
    }

    private Event common(Event came, List<Event> left) {
        return new Event(
                came.type(),
                common(came, left, Event::name),
                common(came, left, Event::text),
                common(came, left, Event::href),
                hierarchy(came.hierarchy(), left.stream().map(Event::hierarchy).toList()),
                properties(
                        came.properties(), left.stream().map(Event::properties).toList()),
                common(came, left, Event::identity),
                new Page(
                        common(came, left, event -> event.page().url()),
                        common(came, left, event -> event.page().title()),
                        common(came, left, event -> event.page().previous())),
                new Session(
                        common(came, left, event -> event.session().referrer()),
                        common(came, left, event -> event.session().landing())));
    }

    private static Hierarchy hierarchy(Hierarchy came, List<Hierarchy> left) {
        int length = came.elements().size();
        if (left.stream().anyMatch(each -> each.elements().size() != length)) {
            return left.stream().distinct().count() == 1 ? left.get(0) : Hierarchy.NONE;
        }
        var elements = new ArrayList<Element>();
        for (int i = 0; i < length; i++) {
            int place = i;
            elements.add(element(
                    came.elements().get(i),
                    left.stream().map(each -> each.elements().get(place)).toList()));
        }
        return new Hierarchy(elements);
    }

    private static Element element(Element came, List<Element> left) {
        var tag = common(came, left, Element::tag);
        var classes = common(came, left, Element::classes);
        return new Element(
                tag == null ? "" : tag,
                common(came, left, Element::id),
                classes == null ? List.of() : classes,
                attributes(
                        came.attributes(),
                        left.stream().map(Element::attributes).toList()),
                came.nthChild(),
                came.nthOfType(),
                came.host(),
                came.foreign());
    }

    /** A name that one of them does not have is gone; so is one to which something was renamed, where not all say the same of it. */
    private Map<String, @Nullable Object> properties(
            Map<String, @Nullable Object> came, List<Map<String, @Nullable Object>> left) {
        var both = new LinkedHashMap<String, @Nullable Object>();
        for (var name : left.get(0).keySet()) {
            var first = left.get(0).get(name);
            boolean settled = !renamed.contains(Wording.lower(name))
                    || left.stream().allMatch(each -> Objects.equals(each.get(name), first));
            var value =
                    agreed(came.get(name), left.size(), place -> left.get(place).get(name));
            if (value != null && settled) {
                both.put(name, value);
            }
        }
        return both;
    }

    private static Map<String, String> attributes(Map<String, String> came, List<Map<String, String>> left) {
        var both = new LinkedHashMap<String, String>();
        for (var name : left.get(0).keySet()) {
            var value =
                    agreed(came.get(name), left.size(), place -> left.get(place).get(name));
            if (value != null) {
                both.put(name, value);
            }
        }
        return both;
    }

    private static <T, V> @Nullable V common(T came, List<T> left, Function<T, @Nullable V> part) {
        return agreed(part.apply(came), left.size(), place -> part.apply(left.get(place)));
    }

    /** As it came where all leave it; as changed where it is changed in one way only; else nothing. */
    private static <V> @Nullable V agreed(@Nullable V came, int layers, IntFunction<@Nullable V> left) {
        @Nullable V agreed = came;
        for (int i = 0; i < layers; i++) {
            @Nullable V value = left.apply(i);
            if (value == null
                    || !(value.equals(came) || agreed == null || agreed.equals(came) || agreed.equals(value))) {
                return null;
            }
            if (!value.equals(came)) {
                agreed = value;
            }
        }
        return agreed;
    }
}
