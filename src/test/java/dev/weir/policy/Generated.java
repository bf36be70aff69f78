package dev.weir.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Policies and events out of a seed: odd, nested, encoded, and full of secrets that a detector knows. */
final class Generated {

    static final List<String> SECRETS = List.of(
            "jane.doe@example.com",
            "4111 1111 1111 1111",
            "5500-0000-0000-0004",
            "jane%40example.com",
            "DE89370400440532013000");
    private static final String PLACEHOLDER = "[email]";
    private static final List<String> WORDS = List.of(
            "buy",
            "Sign up",
            "größe",
            "登録",
            "🛒",
            "12345",
            "order-8",
            "a1b2c3d4",
            "v2",
            "index.html",
            "",
            " ",
            "%41",
            "%",
            "%FF",
            "a+b",
            "x=y",
            "Jane",
            "\u200b",
            "\u0000",
            "\\",
            "//",
            "..",
            PLACEHOLDER,
            "{id}",
            "token",
            "email",
            "false",
            "null");
    private static final List<String> NAMES = List.of(
            "token",
            "Token",
            "%74oken",
            "token[]",
            "user[mail]",
            "q",
            "utm_source",
            "page",
            "gclid",
            "x",
            "next",
            "plan",
            "card_no",
            "phone",
            "e.mail",
            "a b");
    private static final List<String> SELECTORS = List.of(
            "button",
            ".secret",
            "#cart",
            "form .row",
            "div > a",
            "[name]",
            "[role=\"row\"]",
            "li:nth-child(2)",
            ":not(.ok)");

    private static final List<String> EVENTS = List.of("order", "Viewed item", "paid");

    private final Random random;

    /** What schemas are about is drawn by itself: so the rest is what it was before there were any. */
    private final Random schemas;

    private String placeholder = PLACEHOLDER;

    Generated(long seed) {
        this.random = new Random(seed);
        this.schemas = new Random(seed + 1);
    }

    Map<String, @Nullable Object> policy() {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("version", 1L);
        if (some(2)) {
            out.put(
                    "capture",
                    Map.of("click", !some(8), "text", pick(List.of("keep", "keep", "mask", "drop")), "maxText", (long)
                            pick(List.of(5, 40, 255))));
        }
        if (some(4)) {
            out.put("consent", Map.of("required", some(2), "honourGpc", some(2)));
        }
        if (some(3)) {
            out.put("pages", List.of(pick(List.of("/account/*", "*x*", "/p/q", "*/buy"))));
        }
        if (some(2)) {
            var parameters = some(2)
                    ? Map.of("mode", "allow", "names", List.of("q", "utm_*"))
                    : Map.of("mode", "block", "names", List.of("x", "token", "p*"));
            out.put(
                    "urls",
                    Map.of(
                            "parameters",
                            parameters,
                            "fragment",
                            pick(List.of("drop", "keep")),
                            "identifiers",
                            pick(List.of("mask", "keep")),
                            "paths",
                            some(2) ? List.of("/u/{name}", "/{a}/buy/{b}") : List.of()));
        }
        if (some(2)) {
            var elements = new ArrayList<Object>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                var action = pick(List.of("ignore", "maskText", "maskText", "dropAttributes", "dropAttributes"));
                elements.add(
                        action.equals("dropAttributes")
                                ? Map.of(
                                        "selector", pick(SELECTORS),
                                        "action", action,
                                        "attributes", List.of(pick(List.of("name", "role", "id", "class", "href"))))
                                : Map.of("selector", pick(SELECTORS), "action", action));
            }
            out.put("elements", elements);
        }
        placeholder = PLACEHOLDER;
        if (some(2)) {
            var email = action();
            // What such a rule leaves behind means something to the server alone; the shared cases say what.
            placeholder = email.equals("quarantine") ? "[phone]" : PLACEHOLDER;
            out.put(
                    "text",
                    List.of(
                            Map.of("detector", "email", "action", email),
                            Map.of("detector", "card", "action", action()),
                            Map.of("pattern", "ord[a-z]+-\\d", "label", "order", "action", action())));
        }
        if (some(2)) {
            var rules = new ArrayList<Object>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                switch (random.nextInt(4)) {
                    case 0 -> rules.add(Map.of("name", pick(List.of("plan", "p*", "x")), "action", "drop"));
                    case 1 -> rules.add(Map.of("name", pick(List.of("q", "Token", "t*")), "action", "mask"));
                    case 2 ->
                        rules.add(Map.of("name", pick(List.of("next", "n*", "x")), "action", "truncate", "length", 3L));
                    default ->
                        rules.add(Map.of("name", pick(List.of("page", "phone")), "action", "rename", "to", "renamed"));
                }
            }
            out.put("properties", rules);
        }
        if (some(4)) {
            out.put("events", List.of("buy", "sign up"));
        }
        if (schemas.nextInt(3) == 0) {
            var rules = new ArrayList<Object>();
            for (int i = schemas.nextInt(4); i >= 0; i--) {
                rules.add(schema());
            }
            out.put(PolicyDocument.SCHEMAS, rules);
        }
        if (some(4)) {
            out.put(
                    "identity",
                    Map.of(
                            "form",
                            pick(List.of("any", "number", "uuid")),
                            "contact",
                            pick(List.of("refuse", "allow"))));
        }
        return out;
    }

    private Map<String, Object> schema() {
        var type = List.of("any", "string", "string", "number", "boolean").get(schemas.nextInt(5));
        return Map.of(
                "event",
                EVENTS.get(schemas.nextInt(EVENTS.size())),
                "property",
                NAMES.get(schemas.nextInt(NAMES.size())),
                "type",
                type,
                "required",
                type.equals("any") || schemas.nextBoolean());
    }

    ObjectNode event() {
        var out = Wire.JSON.createObjectNode();
        out.put(
                "type",
                pick(List.of(
                        "session",
                        "pageview",
                        "click",
                        "click",
                        "click",
                        "change",
                        "submit",
                        "custom",
                        "custom",
                        "identify")));
        if (some(3)) {
            out.put("name", text());
        }
        if (schemas.nextInt(4) == 0) {
            out.put("name", EVENTS.get(schemas.nextInt(EVENTS.size())));
        }
        if (some(2)) {
            out.put("text", text());
        }
        if (some(2)) {
            out.put("href", url());
        }
        if (some(2)) {
            var path = out.putArray("path");
            for (int i = random.nextInt(4); i >= 0; i--) {
                var node = path.addObject();
                boolean host = some(8);
                node.put("t", host ? "div" : pick(List.of("button", "a", "div", "li", "form", "span")));
                if (some(3)) {
                    node.put("i", some(2) ? "cart" : "x" + secretOrWord().replaceAll("\\s|\u0000", ""));
                }
                if (some(2)) {
                    var classes = node.putArray("c");
                    classes.add(pick(List.of("secret", "row", "ok", "btn")));
                    if (some(6)) {
                        classes.add(pick(List.of("heap-ignore", "jane@example.com", "data-heap-redact-text")));
                    }
                }
                if (some(2)) {
                    var attributes = node.putObject("a");
                    attributes.put(pick(List.of("name", "role", "title", "data-testid", "href", "type")), text());
                    if (some(5)) {
                        attributes.put(
                                pick(List.of("data-heap-redact-attributes", "data-heap-redact-text", "autocomplete")),
                                pick(List.of("name", "id, class", "cc-number", "false", "href", "email")));
                    }
                }
                node.put("n", 1 + random.nextInt(3)).put("k", 1);
                if (host) {
                    node.put("h", 1);
                }
            }
        }
        if (some(2)) {
            var properties = out.putObject("properties");
            for (int i = random.nextInt(4); i >= 0; i--) {
                var key = some(12) ? secretOrWord() : pick(NAMES);
                switch (random.nextInt(8)) {
                    case 0 -> properties.put(key, random.nextInt(1000));
                    case 1 -> properties.put(key, random.nextInt(100000) / 100.0);
                    case 2 -> properties.put(key, some(2));
                    case 3 -> properties.putNull(key);
                    case 4 -> properties.putArray(key).add(text()).add(7).add(true);
                    case 5 -> properties.putObject(key).put("x", text());
                    case 6 -> properties.put(key, url());
                    default -> properties.put(key, text());
                }
            }
        }
        if (some(4)) {
            out.put(
                    "identity",
                    some(2) ? secretOrWord() : pick(List.of("cus_1", "12345", "550e8400-e29b-41d4-a716-446655440000")));
        }
        if (some(2)) {
            var page = out.putObject("page");
            page.put("url", url());
            if (some(2)) {
                page.put("title", text());
            }
            if (some(3)) {
                page.put("previous", url());
            }
        }
        if (some(3)) {
            out.putObject("session").put("referrer", url()).put("landing", url());
        }
        return out;
    }

    ObjectNode given() {
        var out = Wire.JSON.createObjectNode();
        if (some(3)) {
            out.put("consent", pick(List.of("granted", "granted", "denied")));
        }
        return out.put("gpc", some(6));
    }

    private String text() {
        var out = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            out.append(secretOrWord()).append(some(2) ? " " : "");
        }
        return some(40) ? out.toString().repeat(200) : out.toString();
    }

    private String url() {
        var out = new StringBuilder(pick(List.of(
                "https://shop.example",
                "HTTP://Shop.Example:81",
                "//cdn.example",
                "",
                "https://jane:pw@shop.example",
                "mailto:",
                "javascript:",
                "x:",
                "https:\\\\h.example")));
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(pick(List.of("/", "/", "//", "\\")))
                    .append(some(3) ? pick(List.of("u", "account", "buy", "p")) : secretOrWord());
            if (some(8)) {
                out.append(";").append(pick(NAMES)).append("=1");
            }
        }
        char before = '?';
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(before).append(pick(NAMES));
            if (!some(5)) {
                out.append('=')
                        .append(
                                some(4)
                                        ? pick(List.of(
                                                "/a/12345?token=1",
                                                "https%3A%2F%2Fh%2F%3Ftoken%3D1",
                                                "%2Fx%3Fb%3D%252Fy%253Ftoken%253Dz"))
                                        : secretOrWord());
            }
            before = some(4) ? ';' : '&';
        }
        if (some(3)) {
            out.append('#').append(pick(List.of("top", "access_token=1&x=2", "/u/jane?token=1", "!/12345", "a?b=c")));
        }
        return out.toString();
    }

    private String secretOrWord() {
        var word = some(5) ? pick(SECRETS) : pick(WORDS);
        return word.equals(PLACEHOLDER) ? placeholder : word;
    }

    private String action() {
        return pick(List.of("mask", "mask", "mask", "drop", "quarantine"));
    }

    private boolean some(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
