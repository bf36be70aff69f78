package dev.weir.policy;

import dev.weir.event.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody wrote into a complete document, and notes everything that is wrong with it. Never repairs a wrong value and
 * never quotes one: an error says where and why.
 */
final class DocumentReader {

    private static final int MAX_ERRORS = 100;

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z_][a-z0-9_:.-]{0,63}");
    private static final Pattern TEMPLATE = Pattern.compile("(?:/(?:\\{[a-z0-9_-]{1,32}\\}|[^/{}?#;\\\\]+))+/?");
    private static final Pattern RENAMED = Pattern.compile("[A-Za-z_][A-Za-z_.-]*(?:[0-9]{1,3}[A-Za-z_.-]*)?");

    private static final List<String> DETECTORS = Stream.concat(
                    Detectors.SHARED.stream(), Stream.of(NationalPhones.NAME))
            .toList();

    private final List<PolicyError> errors = new ArrayList<>();

    /** What a single string of a list may be: the form in which it is kept, or null with an error noted. */
    private interface Form {
        @Nullable
        String of(String text, String pointer);
    }

    List<PolicyError> errors() {
        return List.copyOf(errors);
    }

    Map<String, @Nullable Object> read(@Nullable Object json) {
        var document = object(
                json,
                "",
                Set.of(
                        "version",
                        "capture",
                        "origins",
                        "consent",
                        "pages",
                        "urls",
                        "elements",
                        "text",
                        "properties",
                        "events",
                        "identity",
                        "retention"));
        if (document == null) {
            return Map.of();
        }
        if (!(document.get("version") instanceof Number version) || version.doubleValue() != 1) {
            error("/version", "the version must be 1");
        }
        var complete = new LinkedHashMap<String, @Nullable Object>();
        complete.put("version", 1L);
        complete.put("capture", capture(part(document, "capture")));
        complete.put("origins", strings(document, "", "origins", 100, 255, List.of(), this::origin));
        complete.put("consent", consent(part(document, "consent")));
        complete.put("pages", strings(document, "", "pages", 500, 500, List.of(), this::page));
        complete.put("urls", urls(part(document, "urls")));
        complete.put("elements", elements(list(document, "", "elements", 500, List.of())));
        complete.put("text", text(document.containsKey("text") ? list(document, "", "text", 200, List.of()) : null));
        complete.put("properties", properties(list(document, "", "properties", 500, List.of())));
        complete.put("events", strings(document, "", "events", 500, 1024, List.of(), DocumentReader::folded));
        complete.put("identity", identity(part(document, "identity")));
        complete.put("retention", retention(part(document, "retention")));
        return Collections.unmodifiableMap(complete);
    }

    static Map<String, Integer> counts(Json document) {
        var counts = new LinkedHashMap<String, Integer>();
        counts.put(
                "parameters",
                document.get("urls").get("parameters").get("names").items().size());
        counts.put("paths", document.get("urls").get("paths").items().size());
        for (var kind : List.of("pages", "elements", "text", "properties", "events", "origins")) {
            counts.put(kind, document.get(kind).items().size());
        }
        counts.put("refused", document.get("identity").get("refused").items().size());
        return Collections.unmodifiableMap(counts);
    }

    private Map<String, Object> capture(@Nullable Object json) {
        var given = object(json, "/capture", Set.of("pageview", "click", "change", "submit", "text", "maxText"));
        var complete = new LinkedHashMap<String, Object>();
        for (var type : List.of("pageview", "click", "change", "submit")) {
            complete.put(type, flag(given, "/capture", type, true));
        }
        complete.put("text", choice(given, "/capture", "text", List.of("keep", "mask", "drop")));
        complete.put("maxText", number(given, "/capture", "maxText", 1, 1024, 255));
        return Collections.unmodifiableMap(complete);
    }

    private Map<String, Object> consent(@Nullable Object json) {
        var given = object(json, "/consent", Set.of("required", "honourGpc"));
        return Map.of(
                "required", flag(given, "/consent", "required", false),
                "honourGpc", flag(given, "/consent", "honourGpc", false));
    }

    private Map<String, Object> urls(@Nullable Object json) {
        var given = object(json, "/urls", Set.of("parameters", "fragment", "identifiers", "paths"));
        var at = "/urls/parameters";
        var parameters = object(given == null ? null : given.get("parameters"), at, Set.of("mode", "names"));
        var mode = choice(parameters, at, "mode", List.of("block", "allow"));
        var names = mode.equals("block") ? Defaults.PARAMETERS : List.<String>of();
        return Map.of(
                "parameters",
                Map.of("mode", mode, "names", strings(parameters, at, "names", 1000, 64, names, this::named)),
                "fragment",
                choice(given, "/urls", "fragment", List.of("drop", "keep")),
                "identifiers",
                choice(given, "/urls", "identifiers", List.of("mask", "keep")),
                "paths",
                strings(given, "/urls", "paths", 500, 500, List.of(), this::template));
    }

    private List<Object> elements(List<?> given) {
        var complete = new ArrayList<Object>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/elements/" + i;
            var rule = object(given.get(i), at, Set.of("selector", "action", "attributes"));
            if (rule != null) {
                complete.add(element(rule, at));
            }
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> element(Map<?, ?> rule, String at) {
        var complete = new LinkedHashMap<String, Object>();
        var selector = string(rule, at, "selector", 500);
        if (selector != null) {
            Selector.parse(selector)
                    .match(
                            parsed -> complete.put("selector", parsed.toString()),
                            error -> error(at + "/selector", error.position(), error.message()));
        }
        var action = required(rule, at, "action", List.of("ignore", "maskText", "dropAttributes"));
        complete.put("action", action);
        if (action.equals("dropAttributes")) {
            var names = strings(rule, at, "attributes", 50, 64, List.of(), this::attribute);
            if (names.isEmpty()) {
                error(at + "/attributes", "name at least one attribute");
            }
            complete.put("attributes", names);
        } else if (rule.containsKey("attributes")) {
            error(at + "/attributes", "only dropAttributes has attributes");
        }
        return Collections.unmodifiableMap(complete);
    }

    /** No list at all means every detector: silence never switches a protection off. */
    private List<Object> text(@Nullable List<?> given) {
        if (given == null) {
            return Detectors.SHARED.stream()
                    .<Object>map(name -> Map.of("detector", name, "action", "mask"))
                    .toList();
        }
        var complete = new ArrayList<Object>();
        var labels = new LinkedHashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/text/" + i;
            var rule = object(given.get(i), at, Set.of("detector", "pattern", "label", "regions", "action"));
            if (rule != null) {
                complete.add(textRule(rule, at, labels));
            }
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> textRule(Map<?, ?> rule, String at, Set<String> labels) {
        var complete = new LinkedHashMap<String, Object>();
        complete.put("action", required(rule, at, "action", List.of("mask", "drop", "quarantine")));
        if (rule.containsKey("detector") == rule.containsKey("pattern")) {
            error(at, "a text rule has either a detector or a pattern");
            return complete;
        }
        String label;
        if (rule.containsKey("detector")) {
            if (rule.containsKey("label")) {
                error(at + "/label", "a detector has its own label");
            }
            label = required(rule, at, "detector", DETECTORS);
            complete.put("detector", label);
            if (label.equals(NationalPhones.NAME)) {
                var regions = strings(rule, at, "regions", NationalPhones.MAX_REGIONS, 2, List.of(), this::region);
                if (regions.isEmpty()) {
                    error(at + "/regions", "name at least one region, in two letters");
                }
                complete.put("regions", regions);
            }
        } else {
            label = string(rule, at, "label", 32);
            if (label != null && (!LABEL.matcher(label).matches() || DETECTORS.contains(label))) {
                error(at + "/label", "a label is 1 to 32 of a-z, 0-9 and -, and no detector's name");
            }
            var pattern = string(rule, at, "pattern", 200);
            if (pattern != null) {
                PatternSubset.check(pattern)
                        .ifPresent(fault -> error(at + "/pattern", fault.position(), fault.message()));
                complete.put("pattern", pattern);
            }
            complete.put("label", label == null ? "" : label);
        }
        if (rule.containsKey("regions") && !NationalPhones.NAME.equals(label)) {
            error(at + "/regions", "only phone-national has regions");
        }
        if (label != null && !labels.add(label)) {
            error(at, "another rule has this label already");
        }
        return Collections.unmodifiableMap(complete);
    }

    private List<Object> properties(List<?> given) {
        var complete = new ArrayList<Object>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/properties/" + i;
            var rule = object(given.get(i), at, Set.of("name", "action", "length", "to"));
            if (rule != null) {
                complete.add(property(rule, at));
            }
        }
        if (errors.isEmpty()) {
            renames(complete);
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> property(Map<?, ?> rule, String at) {
        var complete = new LinkedHashMap<String, Object>();
        var written = string(rule, at, "name", 255);
        var name = written == null ? null : named(written, at + "/name");
        complete.put("name", name == null ? "" : name);
        var action = required(rule, at, "action", List.of("drop", "mask", "hash", "truncate", "rename"));
        complete.put("action", action);
        if (action.equals("truncate")) {
            if (!rule.containsKey("length")) {
                error(at + "/length", "truncate needs a length");
            }
            complete.put("length", number(rule, at, "length", 1, 1023, 1));
        } else if (rule.containsKey("length")) {
            error(at + "/length", "only truncate has a length");
        }
        if (action.equals("rename")) {
            var to = string(rule, at, "to", 64);
            if (to != null && !RENAMED.matcher(to).matches()) {
                error(at + "/to", "a new name is letters, _, . and -, with at most three digits");
            }
            if (name != null && name.endsWith("*")) {
                error(at + "/name", "a prefix can't be renamed");
            }
            complete.put("to", to == null ? "" : to);
        } else if (rule.containsKey("to")) {
            error(at + "/to", "only rename has a new name");
        }
        return Collections.unmodifiableMap(complete);
    }

    /** A renamed property must not become subject to another rule: judged again, it would change again. */
    private void renames(List<Object> rules) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = new Json(rules.get(i));
            if (rule.has("to")) {
                var to = rule.get("to").text().toLowerCase(Locale.ROOT);
                if (rules.stream()
                        .anyMatch(other ->
                                new NamePattern(new Json(other).get("name").text()).fits(to))) {
                    error("/properties/" + i + "/to", "a rule is about the new name: rename to a name without rules");
                }
            }
        }
    }

    private Map<String, Object> identity(@Nullable Object json) {
        var at = "/identity";
        var given = object(json, at, Set.of("refused", "form", "contact", "perDevice"));
        return Map.of(
                "refused",
                strings(given, at, "refused", 100, 255, Defaults.REFUSED_IDENTITIES, DocumentReader::folded),
                "form",
                choice(given, at, "form", List.of("any", "number", "uuid")),
                "contact",
                choice(given, at, "contact", List.of("refuse", "allow")),
                "perDevice",
                number(given, at, "perDevice", 1, 1000, 10));
    }

    private Map<String, Object> retention(@Nullable Object json) {
        var given = object(json, "/retention", Set.of("events", "quarantine"));
        return Map.of(
                "events", number(given, "/retention", "events", 1, 3650, 395),
                "quarantine", number(given, "/retention", "quarantine", 1, 3650, 30));
    }

    // Forms of strings

    private static String folded(String text, String pointer) {
        return Wording.trim(text).toLowerCase(Locale.ROOT);
    }

    private @Nullable String origin(String text, String pointer) {
        var origin = text.toLowerCase(Locale.ROOT);
        return ORIGIN.matcher(origin).matches()
                ? origin
                : error(pointer, "an origin is http:// or https:// and a host, perhaps a port, and nothing behind");
    }

    private @Nullable String page(String text, String pointer) {
        if (!text.startsWith("/") && !text.startsWith("*")) {
            return error(pointer, "a page is a path: it begins with / or *");
        }
        if (text.contains("?") || text.contains("#")) {
            return error(pointer, "a page is a path alone, without ? and #");
        }
        return PagePatterns.normalised(text);
    }

    private @Nullable String named(String text, String pointer) {
        var name = folded(text, pointer);
        return name.indexOf('*') < 0 || (name.indexOf('*') == name.length() - 1 && name.length() > 1)
                ? name
                : error(pointer, "* stands only at the end, behind at least one character");
    }

    private @Nullable String template(String text, String pointer) {
        var template = text.toLowerCase(Locale.ROOT);
        return TEMPLATE.matcher(template).matches() && template.contains("{")
                ? template
                : error(
                        pointer,
                        "a template is a path such as /account/{id}, with at least one {placeholder} as a segment");
    }

    private @Nullable String region(String text, String pointer) {
        var region = text.toUpperCase(Locale.ROOT);
        return NationalPhones.known(region) ? region : error(pointer, "not a region with telephone numbers");
    }

    private @Nullable String attribute(String text, String pointer) {
        var name = text.toLowerCase(Locale.ROOT);
        return ATTRIBUTE.matcher(name).matches() ? name : error(pointer, "not the name of an attribute");
    }

    // Readers of values

    private static @Nullable Object part(Map<?, ?> document, String key) {
        return document.containsKey(key) && document.get(key) == null ? List.of() : document.get(key);
    }

    /** Null where nothing was written, or nothing usable. */
    private @Nullable Map<?, ?> object(@Nullable Object json, String pointer, Set<String> known) {
        if (json == null && !pointer.isEmpty()) {
            return null;
        }
        if (!(json instanceof Map<?, ?> map)) {
            error(pointer, "an object is expected");
            return null;
        }
        if (map.containsKey("replay") && pointer.isEmpty()) {
            error("/replay", "replay is reserved until its rules are enforced");
        } else if (!map.keySet().stream().allMatch(known::contains)) {
            error(pointer, "a key is not known here");
        }
        return map;
    }

    private boolean flag(@Nullable Map<?, ?> map, String pointer, String key, boolean absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (map.get(key) instanceof Boolean flag) {
            return flag;
        }
        error(pointer + "/" + key, "true or false is expected");
        return absent;
    }

    private long number(@Nullable Map<?, ?> map, String pointer, String key, long least, long most, long absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (map.get(key) instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.longValue();
        }
        error(pointer + "/" + key, "a whole number from " + least + " to " + most + " is expected");
        return absent;
    }

    /** The first of the options is the default. */
    private String choice(@Nullable Map<?, ?> map, String pointer, String key, List<String> options) {
        if (map == null || !map.containsKey(key)) {
            return options.get(0);
        }
        return required(map, pointer, key, options);
    }

    private String required(Map<?, ?> map, String pointer, String key, List<String> options) {
        if (map.get(key) instanceof String text && options.contains(text)) {
            return text;
        }
        error(pointer + "/" + key, "one of these is expected: " + String.join(", ", options));
        return options.get(0);
    }

    private @Nullable String string(Map<?, ?> map, String pointer, String key, int most) {
        return string(map.get(key), pointer + "/" + key, most);
    }

    private @Nullable String string(@Nullable Object value, String pointer, int most) {
        if (!(value instanceof String text) || Wording.trim(text).isEmpty()) {
            return error(pointer, "a text is expected");
        }
        if (text.codePointCount(0, text.length()) > most) {
            return error(pointer, "at most " + most + " characters are expected");
        }
        if (!Wording.isClean(text) || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return error(pointer, "control characters and broken characters are not allowed");
        }
        return text;
    }

    private List<?> list(@Nullable Map<?, ?> map, String pointer, String key, int most, List<?> absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (!(map.get(key) instanceof List<?> list)) {
            error(pointer + "/" + key, "a list is expected");
            return List.of();
        }
        if (list.size() > most) {
            error(pointer + "/" + key, "at most " + most + " entries are expected");
            return List.of();
        }
        return list;
    }

    private List<String> strings(
            @Nullable Map<?, ?> map, String pointer, String key, int most, int length, List<String> absent, Form form) {
        Collection<String> kept = new LinkedHashSet<>();
        var given = list(map, pointer, key, most, absent);
        for (int i = 0; i < given.size(); i++) {
            var at = pointer + "/" + key + "/" + i;
            var text = string(given.get(i), at, length);
            var formed = text == null ? null : form.of(text, at);
            if (formed != null) {
                kept.add(formed);
            }
        }
        return List.copyOf(kept);
    }

    private @Nullable String error(String pointer, String message) {
        return error(pointer, -1, message);
    }

    private @Nullable String error(String pointer, int position, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new PolicyError(pointer, position, message));
        }
        return null;
    }
}
