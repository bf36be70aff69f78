package dev.weir.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.policy.Secrets.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Generated policies and events as in {@link Generated}, with secrets put where events have room for them. Every secret stands apart from
 * the letters and digits around it, as it does where people and forms write one: what is glued to a word is no detector's to find.
 */
final class Planted {

    /** Where in an event a secret was put, in which disguise. */
    record Plant(Secret secret, String channel, String disguise) {}

    record Planting(ObjectNode event, List<Plant> plants) {}

    private static final List<String> CHANNELS = List.of(
            "name",
            "text",
            "title",
            "identity",
            "property",
            "array",
            "property key",
            "tag",
            "id",
            "class",
            "attribute",
            "href",
            "page.url",
            "page.previous",
            "session.referrer",
            "session.landing",
            "property address");
    private static final List<String> SPOTS = List.of(
            "segment",
            "matrix",
            "value",
            "parameter",
            "flag",
            "fragment",
            "fragment value",
            "user",
            "password",
            "nested");

    private final Random random;
    private final Generated generated;
    private final Secrets secrets;
    private final StringBuilder spot = new StringBuilder();

    Planted(long seed) {
        this.random = new Random(seed);
        this.generated = new Generated(seed);
        this.secrets = new Secrets(random);
    }

    /** One of {@link Generated}, half the time with another choice of detectors. */
    PolicyDocument policy() {
        var policy = new LinkedHashMap<>(generated.policy());
        if (random.nextBoolean()) {
            policy.remove("text");
            if (random.nextBoolean()) {
                policy.put("text", rules("mask", "mask", "mask", "drop", "quarantine"));
            }
        }
        return PolicyDocument.parse(policy).match(valid -> valid, errors -> PolicyDocument.balanced());
    }

    /** Without rules that drop fields or set events aside: what is hidden from such a rule may stay, as docs/releases.md says. */
    Map<String, @Nullable Object> masking() {
        var policy = new LinkedHashMap<>(generated.policy());
        policy.put("text", rules("mask"));
        policy.put("capture", Map.of("text", pick("keep", "keep", "mask"), "maxText", 1024L));
        policy.put("identity", Map.of("form", pick("any", "number"), "contact", "allow"));
        policy.remove("properties");
        policy.remove(PolicyDocument.SCHEMAS);
        return policy;
    }

    private List<Object> rules(String... actions) {
        var rules = new ArrayList<Object>();
        for (var kind : Detectors.SHARED) {
            if (random.nextInt(4) > 0) {
                var action = pick(actions);
                // The placeholders that Generated writes mean something to the server alone under such a rule.
                boolean written = action.equals("quarantine") && (kind.equals("email") || kind.equals("phone"));
                rules.add(Map.of("detector", kind, "action", written ? "mask" : action));
            }
        }
        return rules;
    }

    ObjectNode given() {
        return generated.given();
    }

    /** An event with one to four secrets, each in another channel. */
    Planting event() {
        var event = generated.event();
        var plants = new ArrayList<Plant>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var channel = pick(CHANNELS);
            if (plants.stream().noneMatch(plant -> plant.channel.startsWith(channel))) {
                plants.add(plant(event, channel));
            }
        }
        return new Planting(event, plants);
    }

    private Plant plant(ObjectNode event, String channel) {
        var secret = secrets.of(pick(Secrets.KINDS));
        var disguise = pick(Secrets.DISGUISES);
        var value = Secrets.disguised(secret.value(), disguise);
        spot.setLength(0);
        switch (channel) {
            case "name" -> event.put(channel, among(value, 1024));
            case "text" -> event.put(channel, among(value, textLimit()));
            case "identity" -> event.put(channel, random.nextBoolean() ? value : among(value, 255));
            case "title" -> event.withObject("/page").put("title", among(value, textLimit()));
            case "property" ->
                event.withObject("/properties").put(key(), random.nextBoolean() ? value : among(value, 1023));
            case "array" ->
                event.withObject("/properties")
                        .putArray(key())
                        .add("a")
                        .add(among(value, 1023))
                        .add(7);
            case "property key" ->
                event.withObject("/properties").put(random.nextBoolean() ? value : among(value, 1023), "x");
            case "tag" -> node(event).put("t", among(value, 100));
            case "id" -> node(event).put("i", among(value, 100));
            case "class" -> classes(event).add(random.nextBoolean() ? value : "c:" + value);
            case "attribute" ->
                node(event).withObject("/a").put(pick("name", "role", "data-testid", "title"), among(value, 100));
            case "href" -> event.put(channel, address(value));
            case "property address" -> event.withObject("/properties").put(key(), address(value));
            default -> {
                var path = channel.split("\\.", -1);
                event.withObject("/" + path[0]).put(path[1], address(value));
            }
        }
        return new Plant(secret, channel + spot, disguise);
    }

    private String address(String value) {
        return address(
                value,
                pick("https://shop.example", "HTTPS://Shop.Example:8443", "//cdn.example", "", "http:\\\\h.example"),
                0);
    }

    private String address(String value, String base, int depth) {
        var kind = pick(SPOTS.subList(0, depth == 3 ? SPOTS.size() - 1 : SPOTS.size()));
        spot.append(' ').append(kind);
        // In a path a plus is a plus.
        var written = written(value, !kind.equals("segment") && !kind.equals("fragment"));
        return switch (kind) {
            case "segment" ->
                base + "/p/" + filling(2048 - base.length(), value).replace(' ', '/') + written
                        + pick("", "/", "/b", "?q=1", ".html");
            case "matrix" -> base + "/p;q=" + written + "/b";
            case "value" ->
                base + "/p?a=1&" + pick("q", "note", "utm_source") + "=" + written + pick("", "&b=2", "#top");
            case "parameter" -> base + "/p?a=1&" + written + pick("=", "=1&b=2");
            case "flag" -> base + "/p?" + written + pick("", "&b");
            case "fragment" -> base + "/p#" + pick("", "/", "!/") + written;
            case "fragment value" -> base + "/p#a=1&q=" + written;
            case "user" -> "https://" + written + pick("", ":pw") + "@h.example/p";
            case "password" -> "https://jane:" + written + "@h.example/p";
            default ->
                base + "/p?next=" + encoded(address(value, pick("https://in.example", "", "//in.example"), depth + 1));
        };
    }

    /** So that it stands in an address as one piece, with whatever else it holds: as a form writes it, as a script does, by hand. */
    private String written(String value, boolean query) {
        return switch (random.nextInt(3)) {
            case 0 -> query ? URLEncoder.encode(value, StandardCharsets.UTF_8) : encoded(value);
            case 1 -> encoded(value);
            default ->
                value.codePoints()
                        .mapToObj(Character::toString)
                        .map(c -> " #?&;=/\\".contains(c) ? encoded(c) : c)
                        .collect(Collectors.joining());
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Between other text; now and then where a limit of length cuts into it. */
    private String among(String value, int limit) {
        var before = pick(
                "", "so ", "note: ", "(", "\"", "<", "a, ", "he=", "x|", "line\n", "[", "q;", "go:", "a\\n", "\\t");
        var after = pick("", " ok", ")", "\"", ">", ", b", ";", "|x", "\nline", "!", ": no", ". Yes", "]");
        return filling(limit - before.length(), value) + before + value + after;
    }

    private String filling(int limit, String value) {
        int length = limit - random.nextInt(value.length() + 3);
        return random.nextInt(4) > 0 || length < 0 ? "" : "ab ".repeat(length / 3) + "ab ".substring(3 - length % 3);
    }

    private int textLimit() {
        return random.nextBoolean() ? 255 : 40;
    }

    private String key() {
        return pick("note", "plan", "next", "q", "x", "page", "phone", "Über");
    }

    private ObjectNode node(ObjectNode event) {
        ArrayNode path = event.withArray("/path");
        if (path.isEmpty()) {
            path.addObject().put("t", "button").put("n", 1).put("k", 1);
        }
        return (ObjectNode) path.get(random.nextInt(path.size()));
    }

    private ArrayNode classes(ObjectNode event) {
        return node(event).withArray("/c");
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
