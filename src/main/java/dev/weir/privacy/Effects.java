package dev.weir.privacy;

import dev.weir.privacy.Change.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change tightens: simple rules that err on one side. What isn't proven to tighten counts as one that may loosen; the
 * proofs are in docs/releases.md. Never looks at events.
 */
final class Effects {

    /** The order in which the detectors run, whatever order the policy names them in. */
    static final List<String> PASSES =
            List.of("jwt", "apikey", "email", "iban", "card", "ssn", "dob", "ipv6", "ipv4", "phone", "phone-national");

    private static final Pattern ATTRIBUTE = Pattern.compile("\\[\\s*([^\\s\\]=~^$*|]+)");
    private static final Set<String> KEPT_ATTRIBUTES = Set.of("type", "role", "name", "data-testid", "autocomplete");

    private static final String REMOVES = "Less is kept.";
    private static final String ADDS = "More may be kept.";
    private static final String HIDES =
            "A text rule drops fields or quarantines events: it no longer sees what this removes, so more "
                    + "of the rest may be kept.";
    private static final String RENAMES =
            "Another rule renames properties over each other: without this one, what was overwritten may stay.";
    private static final String ORDER =
            "Rules of this kind run in order, and this one comes before another, which then sees something else.";

    /** Whether a rule takes whole fields or events away because of what it finds: then hiding something from it may loosen. */
    private final boolean greedy;

    private final boolean renames;
    private final boolean passesKept;
    private final boolean pathsKept;
    private final boolean truncatesKept;
    private final Rules before;
    private final Rules after;

    Effects(Rules before, Rules after) {
        this.before = before;
        this.after = after;
        this.greedy = before.objects("text").stream()
                .anyMatch(rule -> !RuleWords.action(rule).equals("mask"));
        this.renames = renames(before) || renames(after);
        this.passesKept = begins(passes(before), passes(after), Effects::subjectOfText);
        this.pathsKept = begins(before.strings("urls.paths"), after.strings("urls.paths"), Function.identity());
        this.truncatesKept =
                begins(truncates(before), truncates(after), rule -> RuleWords.lower(String.valueOf(rule.get("name"))));
    }

    Change change(PolicyDiff.Step step) {
        var judged = judged(step);
        return new Change(
                Section.ofPath(step.path()).orElse(Section.CAPTURE),
                step.path(),
                step.from(),
                step.to(),
                step.before(),
                step.after(),
                judged.effect,
                words(step),
                judged.why);
    }

    private record Judged(Effect effect, String why) {}

    private static final Judged TIGHTENS = new Judged(Effect.TIGHTENS, REMOVES);
    private static final Judged MAY_LOOSEN = new Judged(Effect.MAY_LOOSEN, ADDS);

    private static Judged tightensIf(boolean proven) {
        return proven ? TIGHTENS : MAY_LOOSEN;
    }

    /** Something is taken away before the text rules look. */
    private Judged hidden() {
        return greedy ? new Judged(Effect.MAY_LOOSEN, HIDES) : TIGHTENS;
    }

    private Judged judged(PolicyDiff.Step step) {
        boolean setting = step.from() < 0 && step.to() < 0;
        if (setting) {
            return step.before() == null || step.after() == null
                    ? MAY_LOOSEN
                    : setting(step.path(), step.before(), step.after());
        }
        return switch (step.path()) {
            case "pages", "events" -> tightensIf(step.after() != null);
            case "identity.refused" -> tightensIf(step.after() != null);
            case "origins" -> origins(step);
            case "urls.parameters.names" -> parameter(step);
            case "urls.paths" -> path(step);
            case "elements" -> element(step);
            case "text" -> text(step);
            case "properties" -> property(step);
            default -> MAY_LOOSEN;
        };
    }

    private Judged setting(String path, Object old, Object now) {
        return switch (path) {
            case "capture.pageview", "capture.click", "capture.change", "capture.submit" ->
                tightensIf(now.equals(false));
            case "consent.required", "consent.honourGpc" -> tightensIf(now.equals(true));
            case "capture.text" ->
                rank(now, "keep", "mask", "drop") > rank(old, "keep", "mask", "drop") ? hidden() : MAY_LOOSEN;
            case "urls.fragment" -> now.equals("drop") ? hidden() : MAY_LOOSEN;
            case "urls.identifiers" -> tightensIf(now.equals("mask"));
            case "urls.parameters" -> turned();
            case "identity.form" -> tightensIf(old.equals("any"));
            case "identity.contact" -> tightensIf(now.equals("refuse"));
            case "capture.maxText", "identity.perDevice", "retention.events", "retention.quarantine" ->
                tightensIf(((Number) now).longValue() < ((Number) old).longValue());
            default -> MAY_LOOSEN;
        };
    }

    private static int rank(Object value, String... order) {
        return List.of(order).indexOf(String.valueOf(value));
    }

    /** From "all but these" to "only these": tighter when none of the allowed names was blocked. */
    private Judged turned() {
        if (!after.text("urls.parameters.mode").equals("allow")) {
            return MAY_LOOSEN;
        }
        var blocked = before.strings("urls.parameters.names");
        boolean freed = after.strings("urls.parameters.names").stream()
                .anyMatch(allowed -> blocked.stream().anyMatch(name -> overlap(allowed, name)));
        return freed ? new Judged(Effect.MAY_LOOSEN, "A parameter that was removed may now be kept.") : hidden();
    }

    private static boolean overlap(String one, String other) {
        var a = RuleWords.lower(one);
        var b = RuleWords.lower(other);
        boolean prefixA = a.endsWith("*");
        boolean prefixB = b.endsWith("*");
        var stemA = prefixA ? a.substring(0, a.length() - 1) : a;
        var stemB = prefixB ? b.substring(0, b.length() - 1) : b;
        return (prefixA && stemB.startsWith(stemA)) || (prefixB && stemA.startsWith(stemB)) || stemA.equals(stemB);
    }

    private Judged parameter(PolicyDiff.Step step) {
        boolean allow = after.text("urls.parameters.mode").equals("allow");
        if (step.before() != null && step.after() != null) {
            return step.before().equals(step.after()) ? moved() : MAY_LOOSEN;
        }
        return (step.after() == null) == allow ? hidden() : MAY_LOOSEN;
    }

    private static Judged moved() {
        return new Judged(Effect.SAME, "The order of this list makes no difference.");
    }

    private Judged path(PolicyDiff.Step step) {
        if (!pathsKept) {
            return step.before() == null ? new Judged(Effect.MAY_LOOSEN, ORDER) : MAY_LOOSEN;
        }
        return hidden();
    }

    /** An empty list sets no fence of its own: only the App IDs' origins count. */
    private Judged origins(PolicyDiff.Step step) {
        boolean fencedBefore = !before.list("origins").isEmpty();
        boolean fencedAfter = !after.list("origins").isEmpty();
        if (!fencedBefore) {
            return TIGHTENS;
        }
        return tightensIf(fencedAfter && step.after() == null);
    }

    private Judged element(PolicyDiff.Step step) {
        if (step.after() instanceof Map<?, ?> now && revealsAttribute(now)) {
            return new Judged(
                    Effect.MAY_LOOSEN,
                    "The selector names an attribute: from now on that attribute is kept with the elements it is on.");
        }
        if (step.after() instanceof Map<?, ?> now && step.before() instanceof Map<?, ?> old) {
            return elementChanged(old, now);
        }
        if (step.after() instanceof Map<?, ?> now) {
            return RuleWords.action(now).equals("ignore") ? TIGHTENS : hidden();
        }
        return MAY_LOOSEN;
    }

    private Judged elementChanged(Map<?, ?> old, Map<?, ?> now) {
        if (RuleWords.action(now).equals("ignore")) {
            return TIGHTENS;
        }
        boolean more = RuleWords.action(now).equals(RuleWords.action(old))
                && now.get("attributes") instanceof List<?> names
                && old.get("attributes") instanceof List<?> oldNames
                && names.containsAll(oldNames);
        return old.equals(now) ? moved() : more ? hidden() : MAY_LOOSEN;
    }

    private boolean revealsAttribute(Map<?, ?> rule) {
        var known = new HashSet<>(KEPT_ATTRIBUTES);
        before.objects("elements").forEach(old -> known.addAll(attributes(old)));
        return !known.containsAll(attributes(rule));
    }

    private static Set<String> attributes(Map<?, ?> rule) {
        var names = new HashSet<String>();
        var selector = ATTRIBUTE.matcher(String.valueOf(rule.get("selector")));
        while (selector.find()) {
            names.add(RuleWords.lower(selector.group(1)));
        }
        return names;
    }

    private Judged text(PolicyDiff.Step step) {
        if (renames) {
            return new Judged(Effect.MAY_LOOSEN, RENAMES);
        }
        if (!(step.after() instanceof Map<?, ?> now)) {
            return MAY_LOOSEN;
        }
        if (!passesKept) {
            return new Judged(Effect.MAY_LOOSEN, step.before() == null ? ORDER : ADDS);
        }
        if (!(step.before() instanceof Map<?, ?> old)) {
            return hiding(now);
        }
        if (RuleWords.action(old).equals(RuleWords.action(now))) {
            return withoutAction(old).equals(withoutAction(now))
                    ? new Judged(Effect.SAME, "The order among the detectors is fixed.")
                    : MAY_LOOSEN;
        }
        return RuleWords.action(old).equals("mask") && withoutAction(old).equals(withoutAction(now))
                ? hiding(now)
                : MAY_LOOSEN;
    }

    /** A rule that drops a field takes it away from the greedy rules behind it; one that masks or quarantines does not. */
    private Judged hiding(Map<?, ?> rule) {
        return RuleWords.action(rule).equals("drop") ? hidden() : TIGHTENS;
    }

    private static Map<?, ?> withoutAction(Map<?, ?> rule) {
        var rest = new java.util.HashMap<Object, Object>(rule);
        rest.remove("action");
        return rest;
    }

    private Judged property(PolicyDiff.Step step) {
        var old = step.before() instanceof Map<?, ?> rule ? RuleWords.action(rule) : "";
        if (!(step.after() instanceof Map<?, ?> now)) {
            return MAY_LOOSEN;
        }
        var action = RuleWords.action(now);
        return switch (action) {
            case "drop" -> renames ? new Judged(Effect.MAY_LOOSEN, RENAMES) : propertyHidden(old, action);
            case "mask" -> propertyHidden(old, action);
            case "truncate" ->
                old.isEmpty() || old.equals("truncate")
                        ? (truncatesKept && shorter(step.before(), now)
                                ? TIGHTENS
                                : new Judged(Effect.MAY_LOOSEN, ORDER))
                        : MAY_LOOSEN;
            case "hash" ->
                new Judged(
                        Effect.MAY_LOOSEN,
                        "The browser sends the value as it is, exempt from the text rules, for the server to hash.");
            default -> new Judged(Effect.MAY_LOOSEN, "A new name may escape what other rules say about the old one.");
        };
    }

    private Judged propertyHidden(String old, String now) {
        boolean weaker = old.equals("drop") && now.equals("mask");
        boolean unrelated = old.equals("rename") || old.equals("truncate");
        return weaker || unrelated ? MAY_LOOSEN : hidden();
    }

    private static boolean shorter(@Nullable Object old, Map<?, ?> now) {
        return !(old instanceof Map<?, ?> rule) || length(now) <= length(rule);
    }

    private static long length(Map<?, ?> rule) {
        return rule.get("length") instanceof Number number ? number.longValue() : Long.MAX_VALUE;
    }

    private static boolean renames(Rules rules) {
        return rules.objects("properties").stream()
                .anyMatch(rule -> RuleWords.action(rule).equals("rename"));
    }

    private static List<Map<?, ?>> truncates(Rules rules) {
        return rules.objects("properties").stream()
                .filter(rule -> RuleWords.action(rule).equals("truncate"))
                .toList();
    }

    /** The text rules in the order in which they run. */
    private static List<Map<?, ?>> passes(Rules rules) {
        var passes = new ArrayList<Map<?, ?>>();
        var all = rules.objects("text");
        for (String detector : PASSES) {
            all.stream().filter(rule -> detector.equals(rule.get("detector"))).forEach(passes::add);
        }
        all.stream()
                .filter(rule -> !PASSES.contains(String.valueOf(rule.get("detector"))))
                .forEach(passes::add);
        return passes;
    }

    private static String subjectOfText(Map<?, ?> rule) {
        return withoutAction(rule).toString();
    }

    /** Whether the new list is the old one, in its order, with nothing but additions at the end. */
    private static <T, K> boolean begins(List<T> before, List<T> after, Function<T, K> subject) {
        return after.size() >= before.size()
                && before.stream()
                        .map(subject)
                        .toList()
                        .equals(after.subList(0, before.size()).stream()
                                .map(subject)
                                .toList());
    }

    private String words(PolicyDiff.Step step) {
        boolean setting = step.from() < 0 && step.to() < 0;
        var old = step.before() == null
                ? ""
                : setting
                        ? RuleWords.setting(step.path(), step.before())
                        : RuleWords.rule(before, step.path(), step.before());
        var now = step.after() == null
                ? ""
                : setting
                        ? RuleWords.setting(step.path(), step.after())
                        : RuleWords.rule(after, step.path(), step.after());
        if (old.isEmpty()) {
            return now;
        }
        if (now.isEmpty()) {
            return "No longer: " + old;
        }
        return old.equals(now) ? "Moved: " + now : now + " Before: " + old;
    }
}
