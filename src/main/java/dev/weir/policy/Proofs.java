package dev.weir.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change tightens: simple rules that err on one side. What isn't proven to tighten counts as one that may loosen; the
 * proofs are in docs/releases.md. Never looks at events.
 */
final class Proofs {

    private static final Pattern ATTRIBUTE = Pattern.compile("\\[\\s*([^\\s\\]=~^$*|]+)");
    private static final Set<String> KEPT_ATTRIBUTES = Set.of("type", "role", "name", "data-testid", "autocomplete");

    private static final int USUAL_TEXT = 255;

    private static final String REMOVES = "Less is kept.";
    private static final String ADDS = "More may be kept.";
    private static final String HIDES =
            "A text rule drops fields or quarantines events: it no longer sees what this removes, so more "
                    + "of the rest may be kept.";
    private static final String FREES =
            "An allowed parameter is kept with whatever stands in brackets behind its name, blocked names too.";
    private static final String RENAMES =
            "Another rule renames properties over each other: without this one, what was overwritten may stay.";
    private static final String SHORTENS =
            "Something is cut at a length here: what this shortens makes room for what was cut off.";
    private static final String ORDER =
            "Rules of this kind run in order, and this one comes before another, which then sees something else.";

    /** Whether a rule takes whole fields or events away because of what it finds: then hiding something from it may loosen. */
    private final boolean greedy;

    /** Whether properties are cut at a length that somebody chose; and whether texts are, or those. */
    private final boolean cutsProperties;

    private final boolean cuts;
    private final boolean renames;
    private final boolean passesKept;
    private final boolean pathsKept;
    private final boolean truncatesKept;
    private final SchemaProofs schemas;
    private final Json before;
    private final Json after;

    Proofs(PolicyDocument before, PolicyDocument after) {
        this(new Json(before.complete()), new Json(after.complete()));
    }

    private Proofs(Json before, Json after) {
        this.before = before;
        this.after = after;
        this.schemas = new SchemaProofs(schemas(before), schemas(after));
        this.greedy =
                objects(before, "text").stream().anyMatch(rule -> !action(rule).equals("mask"));
        this.cutsProperties = !truncates(before).isEmpty();
        this.cuts = cutsProperties || before.at("capture.maxText").number() < USUAL_TEXT;
        this.renames = renames(before) || renames(after);
        this.passesKept = begins(passes(before), passes(after), Proofs::subjectOfText);
        this.pathsKept =
                begins(before.at("urls.paths").texts(), after.at("urls.paths").texts(), Function.identity());
        this.truncatesKept =
                begins(truncates(before), truncates(after), rule -> lower(String.valueOf(rule.get("name"))));
    }

    record Judged(Direction direction, String why) {}

    private static final Judged TIGHTENS = new Judged(Direction.TIGHTENING, REMOVES);
    private static final Judged MAY_LOOSEN = new Judged(Direction.BOTH, ADDS);

    private static Judged tightensIf(boolean proven) {
        return proven ? TIGHTENS : MAY_LOOSEN;
    }

    /** Something is taken away before the text rules look. */
    private Judged hidden() {
        return greedy ? new Judged(Direction.BOTH, HIDES) : TIGHTENS;
    }

    /** Something is taken out of addresses, those in properties too. */
    private Judged shortened() {
        return cutsProperties ? new Judged(Direction.BOTH, SHORTENS) : hidden();
    }

    Judged judged(Comparison.Step step) {
        if (step.setting()) {
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
            case "properties" -> schemas.bearing(step).orElseGet(() -> property(step));
            case PolicyDocument.SCHEMAS -> schemas.judged(step);
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
            case "urls.fragment" -> now.equals("drop") ? shortened() : MAY_LOOSEN;
            case "urls.identifiers" ->
                now.equals("mask") && cutsProperties
                        ? new Judged(Direction.BOTH, SHORTENS)
                        : tightensIf(now.equals("mask"));
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

    /**
     * From "all but these" to "only these". A block-list also looks at the parts of a name, {@code q[token]}, where an allow-list looks
     * at what stands before the bracket alone: so every allowed name may bring a blocked one back.
     */
    private Judged turned() {
        if (!after.at("urls.parameters.mode").text().equals("allow")) {
            return MAY_LOOSEN;
        }
        boolean freed = !after.at("urls.parameters.names").items().isEmpty()
                && !before.at("urls.parameters.names").items().isEmpty();
        return freed ? new Judged(Direction.BOTH, FREES) : shortened();
    }

    private Judged parameter(Comparison.Step step) {
        boolean allow = after.at("urls.parameters.mode").text().equals("allow");
        if (step.before() != null && step.after() != null) {
            return step.before().equals(step.after()) ? moved() : MAY_LOOSEN;
        }
        return (step.after() == null) == allow ? shortened() : MAY_LOOSEN;
    }

    private static Judged moved() {
        return new Judged(Direction.NEUTRAL, "The order of this list makes no difference.");
    }

    private Judged path(Comparison.Step step) {
        if (!pathsKept) {
            return step.before() == null ? new Judged(Direction.BOTH, ORDER) : MAY_LOOSEN;
        }
        return shortened();
    }

    /** An empty list sets no fence of its own: only the App IDs' origins count. */
    private Judged origins(Comparison.Step step) {
        boolean fencedBefore = !before.at("origins").items().isEmpty();
        boolean fencedAfter = !after.at("origins").items().isEmpty();
        if (!fencedBefore) {
            return TIGHTENS;
        }
        return tightensIf(fencedAfter && step.after() == null);
    }

    private Judged element(Comparison.Step step) {
        if (step.after() instanceof Map<?, ?> now && revealsAttribute(now)) {
            return new Judged(
                    Direction.BOTH,
                    "The selector names an attribute: from now on that attribute is kept with the elements it is on.");
        }
        if (step.after() instanceof Map<?, ?> now && step.before() instanceof Map<?, ?> old) {
            return elementChanged(old, now);
        }
        if (step.after() instanceof Map<?, ?> now) {
            return action(now).equals("ignore") ? TIGHTENS : hidden();
        }
        return MAY_LOOSEN;
    }

    private Judged elementChanged(Map<?, ?> old, Map<?, ?> now) {
        if (action(now).equals("ignore")) {
            return TIGHTENS;
        }
        boolean more = action(now).equals(action(old))
                && now.get("attributes") instanceof List<?> names
                && old.get("attributes") instanceof List<?> oldNames
                && names.containsAll(oldNames);
        return old.equals(now) ? moved() : more ? hidden() : MAY_LOOSEN;
    }

    private boolean revealsAttribute(Map<?, ?> rule) {
        var known = new HashSet<>(KEPT_ATTRIBUTES);
        objects(before, "elements").forEach(old -> known.addAll(attributes(old)));
        return !known.containsAll(attributes(rule));
    }

    private static Set<String> attributes(Map<?, ?> rule) {
        var names = new HashSet<String>();
        var selector = ATTRIBUTE.matcher(String.valueOf(rule.get("selector")));
        while (selector.find()) {
            names.add(lower(selector.group(1)));
        }
        return names;
    }

    private Judged text(Comparison.Step step) {
        if (renames) {
            return new Judged(Direction.BOTH, RENAMES);
        }
        if (!(step.after() instanceof Map<?, ?> now)) {
            return MAY_LOOSEN;
        }
        if (!passesKept) {
            return new Judged(Direction.BOTH, step.before() == null ? ORDER : ADDS);
        }
        if (!(step.before() instanceof Map<?, ?> old)) {
            return cuts && !action(now).equals("drop") ? new Judged(Direction.BOTH, SHORTENS) : hiding(now);
        }
        if (action(old).equals(action(now))) {
            return withoutAction(old).equals(withoutAction(now))
                    ? new Judged(Direction.NEUTRAL, "The order among the detectors is fixed.")
                    : MAY_LOOSEN;
        }
        return action(old).equals("mask") && withoutAction(old).equals(withoutAction(now)) ? hiding(now) : MAY_LOOSEN;
    }

    /** A rule that drops a field takes it away from the greedy rules behind it; one that masks or quarantines does not. */
    private Judged hiding(Map<?, ?> rule) {
        return action(rule).equals("drop") ? hidden() : TIGHTENS;
    }

    private static Map<?, ?> withoutAction(Map<?, ?> rule) {
        var rest = new java.util.HashMap<Object, Object>(rule);
        rest.remove("action");
        return rest;
    }

    private Judged property(Comparison.Step step) {
        var old = step.before() instanceof Map<?, ?> rule ? action(rule) : "";
        if (!(step.after() instanceof Map<?, ?> now)) {
            return MAY_LOOSEN;
        }
        var action = action(now);
        return switch (action) {
            case "drop" -> renames ? new Judged(Direction.BOTH, RENAMES) : propertyHidden(old, action);
            case "mask" -> propertyHidden(old, action);
            case "truncate" ->
                old.isEmpty() || old.equals("truncate")
                        ? (truncatesKept && shorter(step.before(), now) ? TIGHTENS : new Judged(Direction.BOTH, ORDER))
                        : MAY_LOOSEN;
            case "hash" ->
                new Judged(
                        Direction.BOTH,
                        "The browser sends the value as it is, exempt from the text rules, for the server to hash.");
            default -> new Judged(Direction.BOTH, "A new name may escape what other rules say about the old one.");
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

    private static boolean renames(Json rules) {
        return objects(rules, "properties").stream()
                .anyMatch(rule -> action(rule).equals("rename"));
    }

    private static List<Map<?, ?>> truncates(Json rules) {
        return objects(rules, "properties").stream()
                .filter(rule -> action(rule).equals("truncate"))
                .toList();
    }

    /** The text rules in the order in which they run. */
    private static List<Map<?, ?>> passes(Json rules) {
        var passes = new ArrayList<Map<?, ?>>();
        var all = objects(rules, "text");
        for (String detector : Strictness.PASSES) {
            all.stream().filter(rule -> detector.equals(rule.get("detector"))).forEach(passes::add);
        }
        all.stream()
                .filter(rule -> !Strictness.PASSES.contains(String.valueOf(rule.get("detector"))))
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

    private static List<Map<?, ?>> objects(Json document, String path) {
        var objects = new ArrayList<Map<?, ?>>();
        for (Json item : document.at(path).items()) {
            if (item.value() instanceof Map<?, ?> rule) {
                objects.add(rule);
            }
        }
        return objects;
    }

    private static List<Map<?, ?>> schemas(Json document) {
        return objects(document, PolicyDocument.SCHEMAS);
    }

    private static String action(Map<?, ?> rule) {
        return String.valueOf(rule.get("action"));
    }

    private static String lower(Object text) {
        return String.valueOf(text).strip().toLowerCase(Locale.ROOT);
    }
}
