package dev.weir.policy;

import dev.weir.event.EventProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for properties, and what every property goes through without a rule. */
final class PropertyRules {

    private static final int MAX_PROPERTIES = 200;
    private static final int MAX_LENGTH = 1023;
    private static final int MAX_LOOKED_AT = 8192;
    private static final Pattern HASHED = Pattern.compile("hmac:[0-9a-f]{32}");

    private final List<Rule> rules = new ArrayList<>();
    private final NameIndex names;
    private final Texts texts;
    private final UrlRules urls;
    private final Pseudonyms pseudonyms;

    private record Rule(NamePattern name, String action, int length, String to) {}

    PropertyRules(List<Json> rules, Texts texts, UrlRules urls, Pseudonyms pseudonyms) {
        this.texts = texts;
        this.urls = urls;
        this.pseudonyms = pseudonyms;
        for (var rule : rules) {
            this.rules.add(new Rule(
                    new NamePattern(rule.get("name").text()),
                    rule.get("action").text(),
                    rule.has("length") ? rule.get("length").number() : 0,
                    rule.has("to") ? rule.get("to").text() : ""));
        }
        this.names = new NameIndex(this.rules.stream().map(Rule::name).toList());
    }

    Map<String, @Nullable Object> apply(Map<String, @Nullable Object> given, Findings findings) {
        if (given.isEmpty()) {
            return given;
        }
        var kept = new EventProperties.Building();
        Map<String, @Nullable Object> renamed = Map.of();
        int count = 0;
        var names = given.keySet().toArray(String[]::new);
        Arrays.sort(names);
        for (var name : names) {
            var value = given.get(name);
            if (value == null) {
                continue;
            }
            var property = new Property(name, findings);
            if (count >= MAX_PROPERTIES) {
                findings.add(Reason.PROPERTY_TYPE, property.field, "floor.type");
                continue;
            }
            var result = property.judged(value);
            if (result != null) {
                count++;
                if (property.rename == null) {
                    kept.put(name, result);
                } else {
                    renamed = renamed.isEmpty() ? new LinkedHashMap<>() : renamed;
                    renamed.put(property.rename.to, result);
                }
            }
        }
        return kept.putAll(renamed).done();
    }

    /** One property on its way through the rules. */
    private final class Property {

        private final String name;
        private final Findings findings;
        private final String field;
        private @Nullable Rule drop;
        private @Nullable Rule mask;
        private @Nullable Rule hash;
        private @Nullable Rule truncate;
        private @Nullable Rule rename;

        Property(String name, Findings findings) {
            this.name = name;
            this.findings = findings;
            var lower = Wording.lower(name);
            String first = null;
            for (int place : names.all(lower)) {
                var rule = rules.get(place);
                first = first == null ? rule.name.text() : first;
                switch (rule.action) {
                    case "drop" -> drop = drop == null ? rule : drop;
                    case "mask" -> mask = mask == null ? rule : mask;
                    case "hash" -> hash = hash == null ? rule : hash;
                    case "truncate" -> truncate = truncate == null ? rule : truncate;
                    default -> rename = rename == null ? rule : rename;
                }
            }
            this.field = first == null ? "properties" : "properties." + first;
        }

        /** Null when nothing of it stays. */
        @Nullable
        Object judged(Object value) {
            var plain = plain(value);
            if (plain == null) {
                findings.add(Reason.PROPERTY_TYPE, field, "floor.type");
                return null;
            }
            if (Wording.cut(name, MAX_LENGTH).length() < name.length()
                    || !Wording.isClean(name)
                    || !texts.labels(name, null).isEmpty()) {
                findings.add(Reason.PROPERTY_KEY, field, "floor.key");
                return null;
            }
            if (drop != null) {
                findings.add(Reason.PROPERTY_DROPPED, field, "properties." + drop.name.text());
                return null;
            }
            var result = protectedValue(plain);
            if (result != null && truncate != null && mask == null && hash == null && !(result instanceof Boolean)) {
                result = truncated(result, truncate);
            }
            if (result instanceof String text) {
                result = shortened(text, MAX_LENGTH);
            }
            if (result != null && rename != null) {
                findings.add(Reason.PROPERTY_RENAMED, field, "properties." + rename.name.text());
            }
            return result;
        }

        private @Nullable Object protectedValue(Object plain) {
            if (mask != null) {
                findings.add(Reason.PROPERTY_MASKED, field, "properties." + mask.name.text());
                return "[masked]";
            }
            if (hash != null) {
                findings.add(Reason.PROPERTY_HASHED, field, "properties." + hash.name.text());
                return hashed(Wording.cut(textOf(plain), MAX_LENGTH));
            }
            if (plain instanceof Boolean) {
                return plain;
            }
            var text = textOf(plain);
            var scrubbed = looked(text);
            if (scrubbed != null && rename != null) {
                scrubbed = texts.scrub(scrubbed, rename.to, field, findings);
            }
            return scrubbed != null && plain instanceof Number && scrubbed.equals(text) ? plain : scrubbed;
        }

        private @Nullable Object truncated(Object value, Rule rule) {
            var text = textOf(value);
            if (Wording.cut(text, rule.length).length() == text.length()) {
                return value;
            }
            findings.add(Reason.PROPERTY_TRUNCATED, field, "properties." + rule.name.text());
            return shortened(text, rule.length);
        }

        /** What was cut is looked at once more, because a shorter text can mean something else. */
        private @Nullable String shortened(String text, int most) {
            var cut = Wording.cut(text, most);
            if (cut.length() == text.length() || mask != null || hash != null) {
                return cut;
            }
            var again = looked(cut);
            return again == null ? null : Wording.cut(again, most);
        }

        /** What the rules leave of a text. Twice, as what is left can be an address. */
        private @Nullable String looked(String text) {
            var once = lookedOnce(text);
            return once == null || once.equals(text) ? once : lookedOnce(once);
        }

        /** Parts that are addresses are judged as such first. */
        private @Nullable String lookedOnce(String text) {
            var looked = Wording.cut(text, MAX_LOOKED_AT);
            boolean several = looked.contains("||");
            if (!several && !AddressText.isWholly(looked)) {
                return texts.scrub(looked, name, field, findings);
            }
            var parts = several ? looked.split("\\|\\|", -1) : new String[] {looked};
            boolean gone = false;
            for (int i = 0; i < parts.length; i++) {
                if (AddressText.isWholly(parts[i])) {
                    var kept = urls.clean(parts[i], field, findings);
                    gone |= kept == null;
                    parts[i] = String.valueOf(kept);
                }
            }
            // What goes is looked at all the same: a rule may set the event aside for it.
            var scrubbed = texts.scrub(gone ? text : String.join("||", parts), name, field, findings);
            return gone ? null : scrubbed;
        }

        private String hashed(String text) {
            if (HASHED.matcher(text).matches()) {
                return text;
            }
            return "hmac:" + pseudonyms.of(text);
        }
    }

    /** A string, a number or a boolean; an array of those as one string; null for anything else. */
    private static @Nullable Object plain(Object value) {
        if (value instanceof String text) {
            return Wording.clean(text);
        }
        if (value instanceof Boolean
                || value instanceof Long
                || (value instanceof Number number && Numerals.text(number) != null)) {
            return value;
        }
        if (!(value instanceof Collection<?> items)) {
            return null;
        }
        var out = new StringBuilder();
        boolean first = true;
        for (var item : items) {
            if (item == null) {
                continue;
            }
            var text = item instanceof String || item instanceof Boolean
                    ? item.toString()
                    : item instanceof Number number ? Numerals.text(number) : null;
            if (text == null) {
                return null;
            }
            out.append(first ? "" : "||");
            // Beyond what is ever looked at it only has to be known whether the rest is well formed.
            if (out.length() <= 2 * MAX_LOOKED_AT) {
                out.append(text);
            }
            first = false;
        }
        return Wording.clean(out.toString());
    }

    private static String textOf(Object plain) {
        return plain instanceof Number number ? String.valueOf(Numerals.text(number)) : plain.toString();
    }
}
