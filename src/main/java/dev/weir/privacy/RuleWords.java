package dev.weir.privacy;

import dev.weir.policy.RuleChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a rule does, said in words: on the rule pages, in differences and beside revisions. Decides nothing. */
final class RuleWords {

    static final Map<String, String> DETECTORS = Map.ofEntries(
            Map.entry("jwt", "JSON Web Tokens"),
            Map.entry("apikey", "API keys of well-known forms"),
            Map.entry("email", "E-mail addresses"),
            Map.entry("iban", "Bank account numbers (IBAN, with a valid checksum)"),
            Map.entry("card", "Payment card numbers (with a valid checksum)"),
            Map.entry("ssn", "US social security numbers"),
            Map.entry("dob", "Dates of birth (a date beside a word that says so)"),
            Map.entry("ipv6", "IPv6 addresses"),
            Map.entry("ipv4", "IPv4 addresses"),
            Map.entry("phone", "Phone numbers"),
            Map.entry("phone-national", "Phone numbers in national spelling"));

    private RuleWords() {}

    /** One rule of a list. {@code rules} gives the context: a listed parameter is removed or kept according to the mode. */
    static String rule(Rules rules, String path, Object item) {
        return switch (path) {
            case "pages" -> "Nothing is captured on pages whose path matches " + item + ".";
            case "urls.paths" ->
                "In addresses that fit " + item + ", the parts in braces are replaced by what the braces say.";
            case "urls.parameters.names" -> parameter(rules.text("urls.parameters.mode"), item);
            case "events" -> "The custom event “" + item + "” is dropped.";
            case "identity.refused" -> "The identity “" + item + "” is refused.";
            case "origins" -> "Browsers may send from " + item + ", for App IDs that name it as well.";
            default -> item instanceof Map<?, ?> map ? object(path, map) : String.valueOf(item);
        };
    }

    static String setting(String path, Object value) {
        return switch (path) {
            case "capture.pageview" -> captured("Page views", value);
            case "capture.click" -> captured("Clicks", value);
            case "capture.change" -> captured("Field changes (that, never what)", value);
            case "capture.submit" -> captured("Form submissions", value);
            case "capture.text" -> text(value);
            case "capture.maxText" -> "Visible text is cut after " + value + " characters.";
            case "consent.required" ->
                yes(value)
                        ? "Nothing is captured before consent is granted."
                        : "Events are captured unless consent is denied.";
            case "consent.honourGpc" ->
                yes(value)
                        ? "Browsers that send Global Privacy Control are not captured."
                        : "Global Privacy Control makes no difference.";
            case "urls.fragment" ->
                is(value, "drop")
                        ? "The part of an address behind # is removed."
                        : "The part of an address behind # is kept, and searched as the rest is.";
            case "urls.identifiers" ->
                is(value, "mask")
                        ? "Parts of a path that look like an identifier become {id}."
                        : "Parts of a path that look like an identifier are kept.";
            case "urls.parameters" -> parameters(value);
            case "identity.form" -> form(value);
            case "identity.contact" ->
                is(value, "refuse")
                        ? "An e-mail address or a phone number is refused as an identity."
                        : "An e-mail address or a phone number is accepted as an identity.";
            case "identity.perDevice" -> "One device may use " + value + " identities.";
            case "retention.events" -> "Events are kept for " + value + " days.";
            case "retention.quarantine" -> "Quarantined events are kept for " + value + " days.";
            default -> path + " is " + value + ".";
        };
    }

    /** What changes: how it is now, and how it was. */
    static String change(Rules before, Rules after, RuleChange change) {
        var old = change.before() == null ? "" : said(before, change, change.before());
        var now = change.after() == null ? "" : said(after, change, change.after());
        if (old.isEmpty()) {
            return now;
        }
        if (now.isEmpty()) {
            return "No longer: " + old;
        }
        return old.equals(now) ? "Moved: " + now : now + " Before: " + old;
    }

    private static String said(Rules rules, RuleChange change, Object value) {
        return change.setting() ? setting(change.path(), value) : rule(rules, change.path(), value);
    }

    private static String object(String path, Map<?, ?> rule) {
        return switch (path) {
            case "elements" -> element(rule);
            case "text" -> textRule(rule);
            case "properties" -> property(rule);
            case "schemas" -> schema(rule);
            default -> rule.toString();
        };
    }

    private static String element(Map<?, ?> rule) {
        var selector = rule.get("selector");
        return switch (action(rule)) {
            case "ignore" -> "Interactions with " + selector + ", and with anything inside it, are not captured.";
            case "maskText" -> "The text of " + selector + ", and of anything inside it, becomes [redacted].";
            default -> "The attributes " + joined(rule.get("attributes")) + " of " + selector + " are removed.";
        };
    }

    private static String textRule(Map<?, ?> rule) {
        var detector = rule.get("detector");
        var label = detector == null ? rule.get("label") : detector;
        var what = detector == null
                ? "What matches " + rule.get("pattern")
                : DETECTORS.getOrDefault(String.valueOf(detector), "What the detector " + detector + " knows");
        var where =
                rule.get("regions") == null ? "" : " (as written in " + joined(rule.get("regions")) + "; server only)";
        return switch (action(rule)) {
            case "mask" -> what + where + ": replaced by [" + label + "].";
            case "drop" -> what + where + ": the whole field in which it is found is removed.";
            default -> what + where + ": replaced by [" + label + "], and the event is set aside in quarantine.";
        };
    }

    private static String property(Map<?, ?> rule) {
        var name = "The property “" + rule.get("name") + "”";
        return switch (action(rule)) {
            case "drop" -> name + " is removed.";
            case "mask" -> name + " keeps its name; its value becomes [masked].";
            case "hash" -> name + " is replaced by a keyed hash. The browser sends the value, the server hashes it.";
            case "truncate" -> name + " is cut after " + rule.get("length") + " characters.";
            default -> name + " is stored as “" + rule.get("to") + "”.";
        };
    }

    private static String schema(Map<?, ?> rule) {
        var type = String.valueOf(rule.get("type"));
        var of = type.equals("any") ? "" : ", as a " + type;
        var event = "“" + rule.get("event") + "”";
        var property = "“" + rule.get("property") + "”" + of;
        return Boolean.TRUE.equals(rule.get("required"))
                ? "The custom event " + event + " is set aside unless it carries " + property + " (server only)."
                : "The custom event " + event + " is set aside if it carries " + "“" + rule.get("property")
                        + "”, and not" + of.substring(1) + " (server only).";
    }

    private static String parameter(String mode, Object name) {
        return mode.equals("allow")
                ? "The parameter “" + name + "” is kept."
                : "The parameter “" + name + "” is removed from every address.";
    }

    private static String parameters(Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("names") instanceof List<?> names)) {
            return "Parameters are " + value + ".";
        }
        if (is(Objects.requireNonNullElse(map.get("mode"), "block"), "block")) {
            return "Listed parameters are removed (" + count(names) + "), all others are kept.";
        }
        return names.isEmpty()
                ? "Every parameter is removed."
                : "Every parameter is removed but the listed ones (" + count(names) + ").";
    }

    private static String count(List<?> names) {
        return names.size() == 1 ? "1 name" : names.size() + " names";
    }

    private static String text(Object value) {
        return switch (String.valueOf(value)) {
            case "keep" -> "Visible text and page titles are kept, after the text rules.";
            case "mask" -> "Visible text and page titles become [text].";
            default -> "Visible text and page titles are removed.";
        };
    }

    private static String form(Object value) {
        return switch (String.valueOf(value)) {
            case "number" -> "An identity must be a number.";
            case "uuid" -> "An identity must be a UUID.";
            default -> "An identity may have any form.";
        };
    }

    private static String captured(String what, Object value) {
        return what + (yes(value) ? " are captured." : " are not captured.");
    }

    static String action(Map<?, ?> rule) {
        return String.valueOf(rule.get("action"));
    }

    static String joined(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }

    private static boolean yes(Object value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean is(Object value, String text) {
        return text.equals(value);
    }
}
