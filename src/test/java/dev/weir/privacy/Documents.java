package dev.weir.privacy;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Generated policies, edits and events that touch each other: the same few names occur in rules and in what is judged by them. */
final class Documents {

    private static final List<String> PARAMETERS =
            List.of("token", "state", "email", "utm_source", "utm_*", "q", "plan", "pl*", "user_id");
    private static final List<String> PROPERTIES = List.of("plan", "pl*", "secret", "note", "card", "s*", "city");
    private static final List<String> SELECTORS = List.of(
            "button", ".primary", "#profile a", "div > a", "[data-user]", "a[href]", "[role=button]", "form .x");
    private static final List<String> PAGES = List.of("/admin*", "/account/*", "/login", "*/private/*");
    private static final List<String> REFUSED = List.of("root", "guest", "42", "undefined", "anonymous");
    private static final List<String> PATHS =
            List.of("/account/{id}", "/account/{id}/orders", "/{shop}/orders/{order}", "/account/{id}/{what}");
    private static final List<String> PATTERNS = List.of("order [a-z]+", "[a-z]+ street", "room [0-9]{1,3}");
    static final List<String> ORIGINS = List.of("https://shop.example", "https://a.example", "https://b.example");
    private static final List<String> ACTIONS = List.of("mask", "mask", "mask", "drop", "quarantine");

    private final Random random;
    private int tokens;

    Documents(long seed) {
        this.random = new Random(seed);
    }

    PolicyDocument document() {
        var document = random.nextBoolean() ? PolicyDocument.balanced() : PolicyDocument.strict();
        for (int edits = random.nextInt(12); edits > 0; edits--) {
            document = edited(document);
        }
        return document;
    }

    /** One edit on; the same document where the edit would make it invalid. */
    PolicyDocument edited(PolicyDocument document) {
        Optional<PolicyDocument> edited =
                edit().apply(Rules.of(document)).parsed().match(Optional::of, errors -> Optional.empty());
        return edited.orElse(document);
    }

    /** Every kind of rule that there is, by its place in the document. */
    static final List<String> KINDS = List.of(
            "capture.pageview",
            "capture.click",
            "capture.change",
            "capture.submit",
            "capture.text",
            "capture.maxText",
            "consent.required",
            "consent.honourGpc",
            "pages",
            "events",
            "origins",
            "urls.parameters",
            "urls.parameters.names",
            "urls.fragment",
            "urls.identifiers",
            "urls.paths",
            "elements",
            "text.patterns",
            "text.detectors",
            "properties",
            "schemas",
            "identity.refused",
            "identity.form",
            "identity.contact",
            "identity.perDevice",
            "retention.events",
            "retention.quarantine");

    private UnaryOperator<Rules> edit() {
        return edit(one(KINDS));
    }

    /** One edit of one kind of rule on. */
    PolicyDocument edited(PolicyDocument document, String kind) {
        Optional<PolicyDocument> edited =
                edit(kind).apply(Rules.of(document)).parsed().match(Optional::of, errors -> Optional.empty());
        return edited.orElse(document);
    }

    private UnaryOperator<Rules> edit(String kind) {
        return switch (kind) {
            case "capture.pageview",
                    "capture.click",
                    "capture.change",
                    "capture.submit",
                    "consent.required",
                    "consent.honourGpc" -> rules -> rules.with(kind, random.nextBoolean());
            case "capture.text" -> rules -> rules.with(kind, one(List.of("keep", "mask", "drop")));
            case "capture.maxText" -> rules -> rules.with(kind, 1L + random.nextInt(random.nextBoolean() ? 300 : 12));
            case "urls.fragment" -> rules -> rules.with(kind, one(List.of("drop", "keep")));
            case "urls.identifiers" -> rules -> rules.with(kind, one(List.of("mask", "keep")));
            case "identity.form" -> rules -> rules.with(kind, one(List.of("any", "number", "uuid")));
            case "identity.contact" -> rules -> rules.with(kind, one(List.of("allow", "refuse")));
            case "identity.perDevice" -> rules -> rules.with(kind, 1L + random.nextInt(20));
            case "retention.events", "retention.quarantine" -> rules -> rules.with(kind, 1L + random.nextInt(90));
            case "urls.parameters" -> this::turn;
            case "urls.parameters.names" -> rules -> list(rules, kind, one(PARAMETERS));
            case "urls.paths" -> rules -> list(rules, kind, one(PATHS));
            case "pages" -> rules -> list(rules, kind, one(PAGES));
            case "events" -> rules -> list(rules, kind, one(List.of("order placed", "signed up", "ping")));
            case "identity.refused" ->
                rules -> random.nextBoolean()
                        ? rules.with(kind, List.of(one(REFUSED)))
                        : list(rules, kind, one(REFUSED));
            case "elements" -> rules -> list(rules, kind, element());
            case "properties" -> rules -> list(rules, kind, property());
            case "schemas" -> rules -> list(rules, kind, schema());
            case "text.patterns" -> rules -> list(rules, "text", pattern());
            case "text.detectors" -> this::detector;
            case "origins" -> rules -> list(rules, kind, one(ORIGINS));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Rules turn(Rules rules) {
        boolean allow = rules.text("urls.parameters.mode").equals("block");
        return rules.with("urls.parameters.mode", allow ? "allow" : "block")
                .with("urls.parameters.names", allow ? List.of(one(PARAMETERS)) : SectionForms.defaultNames());
    }

    private Rules list(Rules rules, String path, Object item) {
        int size = rules.list(path).size();
        var items = new ArrayList<>(rules.list(path));
        return switch (size == 0 ? 0 : random.nextInt(5)) {
            case 1 -> rules.removing(path, random.nextInt(size));
            case 2 -> rules.replacing(path, random.nextInt(size), item);
            case 3 -> {
                items.add(random.nextInt(size + 1), item);
                yield rules.with(path, items);
            }
            default -> rules.adding(path, List.of(item));
        };
    }

    private Rules detector(Rules rules) {
        var name = one(List.of("email", "card", "phone", "ipv4", "ssn"));
        var text = new ArrayList<Object>(rules.list("text"));
        var known = text.stream()
                .filter(rule -> rule instanceof Map<?, ?> map && name.equals(map.get("detector")))
                .findFirst();
        known.ifPresent(text::remove);
        if (known.isEmpty() || random.nextBoolean()) {
            text.add(Map.of("detector", name, "action", one(ACTIONS)));
        }
        return rules.with("text", text);
    }

    private Map<String, Object> element() {
        var rule = new HashMap<String, Object>();
        rule.put("selector", one(SELECTORS));
        rule.put("action", one(List.of("ignore", "maskText", "dropAttributes")));
        if (rule.get("action").equals("dropAttributes")) {
            rule.put("attributes", random.nextBoolean() ? List.of("role") : List.of("role", "data-user"));
        }
        return rule;
    }

    private Map<String, Object> property() {
        var rule = new HashMap<String, Object>();
        rule.put("name", one(PROPERTIES));
        rule.put("action", one(List.of("drop", "mask", "hash", "truncate", "rename")));
        if (rule.get("action").equals("truncate")) {
            rule.put("length", 1L + random.nextInt(30));
        }
        if (rule.get("action").equals("rename")) {
            rule.put("to", one(List.of("city", "renamed")));
        }
        return rule;
    }

    private Map<String, Object> schema() {
        var type = one(List.of("any", "string", "number", "boolean"));
        return Map.of(
                "event",
                one(List.of("order placed", "signed up")),
                "property",
                one(List.of("plan", "note", "total", "seats", "trial")),
                "type",
                type,
                "required",
                type.equals("any") || random.nextBoolean());
    }

    private Map<String, Object> pattern() {
        var pattern = one(PATTERNS);
        return Map.of("pattern", pattern, "label", "own-" + PATTERNS.indexOf(pattern), "action", one(ACTIONS));
    }

    /** An event full of words that occur nowhere else: whichever is in the answer has been kept. */
    Event event() {
        tokens = 0;
        var type = one(List.of(
                EventType.PAGEVIEW,
                EventType.CLICK,
                EventType.CHANGE,
                EventType.SUBMIT,
                EventType.CUSTOM,
                EventType.IDENTIFY));
        var properties = new LinkedHashMap<String, @Nullable Object>();
        for (String name : List.of("plan", "secret", "note", "card", "city", "planet")) {
            if (random.nextBoolean()) {
                properties.put(name, value());
            }
        }
        for (String name : List.of("total", "seats", "trial")) {
            if (random.nextBoolean()) {
                properties.put(name, typed());
            }
        }
        return new Event(
                type,
                type == EventType.CUSTOM ? one(List.of("Order placed", "Signed up", "Viewed " + token())) : null,
                type == EventType.CLICK ? value() : null,
                type == EventType.CLICK ? url() : null,
                hierarchy(),
                properties,
                type == EventType.IDENTIFY ? identity() : null,
                new Page(url(), value(), url()),
                new Session(url(), url()));
    }

    private Object typed() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextBoolean();
            case 1 -> 4111111111111111L;
            case 2 -> value();
            default -> (long) random.nextInt(40);
        };
    }

    private String identity() {
        return one(List.of(
                "root",
                "42",
                "0f8fad5b-d9cb-469f-a165-70867728950e",
                token() + "@example.com",
                token(),
                "+4930123456"));
    }

    private Hierarchy hierarchy() {
        return new Hierarchy(List.of(
                element("a", "x", Map.of("data-user", token(), "role", "button", "href", token())),
                element(one(List.of("button", "form", "div")), one(List.of("primary", "x")), Map.of("role", token())),
                new Element("div", "profile", List.of(token()), Map.of(), 1, 1, false),
                new Element("body", null, List.of(), Map.of(), 1, 1, false)));
    }

    private static Element element(String tag, String name, Map<String, String> attributes) {
        return new Element(tag, null, List.of(name), attributes, 1, 1, false);
    }

    private String url() {
        var path = one(List.of(
                "/account/" + token(),
                "/account/" + token() + "/orders",
                "/" + token() + "/orders/" + token(),
                "/login",
                "/admin/" + token(),
                "/shop/" + 48213 + "/" + token()));
        var query = new StringBuilder("?");
        for (String name : List.of("token", "state", "utm_source", "q", "q[token]", "plan", "user_id")) {
            if (random.nextBoolean()) {
                query.append(name)
                        .append('=')
                        .append(random.nextInt(6) == 0 ? "4111111111111111" : token())
                        .append('&');
            }
        }
        return "https://shop.example" + path + query + "z=" + token() + (random.nextBoolean() ? "#" + token() : "");
    }

    private String value() {
        var word = token();
        return switch (random.nextInt(7)) {
            case 0 -> word + " " + token() + "@example.com";
            case 1 -> word + " 4111 1111 1111 1111";
            case 2 -> "order " + word + " in room 12";
            case 3 -> word + " 203.0.113.7 " + token();
            case 4 -> word + " street " + token();
            default -> word + " " + token();
        };
    }

    /** Letters alone, so that no detector takes it for anything. */
    private String token() {
        int number = tokens++;
        return "zq" + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26) + "vx";
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    int below(int limit) {
        return random.nextInt(limit);
    }
}
