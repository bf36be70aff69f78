package dev.weir.bench;

import dev.weir.policy.PolicyDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What browsers and servers send on an ordinary day, and policies with few rules and with many. Nearly nothing of it is personal. */
final class Bodies {

    private static final List<String> WORDS = List.of(
            "buy now add to cart checkout order shipping returns free delivery size colour red blue green large small new sale summer winter"
                    .split(" "));

    private final Random random;

    Bodies(long seed) {
        this.random = new Random(seed);
    }

    /** 38 clicks on one page, of about 535 bytes each. */
    byte[] batch() {
        var out = new StringBuilder("{\"v\":1,\"policy\":\"").append("0".repeat(64));
        out.append("\",\"sent\":1764000000000,\"consent\":\"granted\",\"user\":\"")
                .append(hex())
                .append("\",\"session\":{\"id\":\"")
                .append(hex())
                .append(
                        "\",\"referrer\":\"https://search.example/?q=red+shoes\",\"landing\":\"https://shop.example/?utm_source=news\"},\"page\":{\"id\":\"")
                .append(hex())
                .append("\",\"at\":1764000000000,\"url\":\"https://shop.example/")
                .append(words(2).replace(' ', '/'))
                .append("?page=2&sort=price\",\"title\":\"")
                .append(words(4))
                .append("\"},\"events\":[");
        for (int i = 0; i < 38; i++) {
            out.append(i == 0 ? "" : ",").append(event());
        }
        return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private String event() {
        return "{\"id\":\"" + uuid() + "\",\"at\":1764000000" + random.nextInt(100, 999)
                + ",\"type\":\"click\",\"text\":\"" + words(3) + "\",\"href\":\"https://shop.example/"
                + words(2).replace(' ', '/')
                + "?page=" + random.nextInt(9) + "\",\"path\":[{\"t\":\"button\",\"i\":\"" + words(1)
                + "-action\",\"c\":[\"btn\",\"btn-primary\"],\"a\":{\"type\":\"submit\"},\"n\":2,\"k\":1},"
                + "{\"t\":\"div\",\"c\":[\"row\",\"product-" + words(1) + "\"],\"n\":" + random.nextInt(1, 9)
                + ",\"k\":1},"
                + "{\"t\":\"section\",\"i\":\"products\",\"c\":[\"grid\",\"grid-wide\"],\"n\":3,\"k\":2},"
                + "{\"t\":\"main\",\"c\":[\"container\"],\"a\":{\"role\":\"main\"},\"n\":2,\"k\":1},{\"t\":\"body\",\"n\":2,\"k\":1}],"
                + "\"properties\":{\"plan\":\"" + words(1) + "\",\"seats\":" + random.nextInt(9) + "}}";
    }

    /** One event of a server, of about a kilobyte, with sixteen properties. */
    byte[] single() {
        var out = new StringBuilder("{\"app_id\":\"1234567890\",\"event\":\"Order placed\",\"identity\":\"u-");
        out.append(words(1)).append("\",\"timestamp\":\"2026-11-27T10:15:30Z\",\"properties\":{");
        for (int i = 0; i < 8; i++) {
            out.append("\"text_")
                    .append((char) ('a' + i))
                    .append("\":\"")
                    .append(words(11))
                    .append("\",");
        }
        out.append(
                        "\"agent\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1")
                .append(random.nextInt(10, 45))
                .append(".0.0.0 Safari/537.36\",\"address\":\"https://shop.example/")
                .append(words(2).replace(' ', '/'))
                .append("?page=2&sort=price\",\"order\":\"")
                .append(uuid())
                .append("\",\"total\":")
                .append(random.nextInt(500))
                .append(".99,\"items\":")
                .append(random.nextInt(9))
                .append(",\"express\":true,\"version\":\"4.")
                .append(random.nextInt(90))
                .append(".1\",\"shipped\":\"2026-11-")
                .append(random.nextInt(10, 30))
                .append("\"}}");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** So many rules beside the detectors: a fifth patterns, two fifths parameters, a fifth events, a fifth properties. */
    static PolicyDocument policy(int rules) {
        var text = new ArrayList<Map<String, String>>();
        for (var detector : List.of("jwt", "apikey", "email", "iban", "card", "ssn", "dob", "ipv6", "ipv4", "phone")) {
            text.add(Map.of("detector", detector, "action", "mask"));
        }
        int patterns = Math.min(190, rules / 5);
        for (int i = 0; i < patterns; i++) {
            text.add(Map.of("pattern", "cust" + i + "x-\\d{4,8}", "label", "customer-" + i, "action", "mask"));
        }
        var parameters = names("param", rules * 2 / 5);
        parameters.add("token");
        var properties = new ArrayList<Map<String, Object>>();
        for (var name : names("secret", rules / 5)) {
            properties.add(Map.of("name", name, "action", "drop"));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", 1L);
        json.put("capture", Map.of("text", "keep"));
        json.put("text", text);
        json.put("urls", Map.of("parameters", Map.of("mode", "block", "names", parameters)));
        json.put("events", names("blocked", rules - patterns - parameters.size() + 1 - properties.size()));
        json.put("properties", properties);
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors.toString());
        });
    }

    private static List<String> names(String beginning, int count) {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add(beginning + i);
        }
        return names;
    }

    private String words(int count) {
        var out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return out.toString();
    }

    private String uuid() {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String hex() {
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
}
