package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is sent: an order of about 1 kB from a server, and about 20 kB of autocaptured events from a browser; and the policy for both. */
final class Payloads {

    static final String ORIGIN = "https://shop.example";

    private static final String NUMBER = "############";

    /** As the collector mints it. */
    private static final String ID = "@@@@@@@@-@@@@-7000-8000-" + NUMBER;

    /** What stands between a list of products and the page's main part in a page that is made of components. */
    private static final String DEEP =
            "{\"t\":\"div\",\"c\":[\"results-pane\",\"col-span-9\"],\"n\":2,\"k\":1},{\"t\":\"div\",\"c\":[\"layout-grid\",\"gap-6\"],\"n\":1,\"k\":1},"
                    + "{\"t\":\"section\",\"i\":\"catalogue\",\"c\":[\"section\",\"section-wide\"],\"a\":{\"role\":\"region\"},\"n\":3,\"k\":2},"
                    + "{\"t\":\"div\",\"c\":[\"container\",\"mx-auto\"],\"n\":1,\"k\":1},";

    private Payloads() {}

    /** As bytes on the wire. */
    static byte[] post(String path, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: " + ORIGIN
                        + "\r\nUser-Agent: weir-bench\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: weir-bench\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String single(String app) {
        var properties = IntStream.range(0, 8)
                .mapToObj(i -> "\"item_" + i + "_name\":\"Trail running shoe, model " + i + ", blue, size 4" + i + "\"")
                .collect(Collectors.joining(","));
        return "{\"app_id\":\"" + app + "\",\"event\":\"Order Completed\",\"identity\":\"customer-" + NUMBER
                + "\",\"idempotency_key\":\"order-" + NUMBER + "\",\"properties\":{\"order_number\":\"" + NUMBER
                + "\",\"currency\":\"EUR\",\"total\":129.9,\"items\":8,\"express\":true,\"coupon\":\"AUTUMN\","
                + "\"channel\":\"web\",\"store\":\"Rotterdam Centraal\",\"note\":\"leave it with the neighbours please\","
                + "\"landing\":\"https://shop.example/sale/shoes?utm_source=newsletter&utm_campaign=autumn\","
                + properties + "}}";
    }

    /** About 20 kB: the fewer events, the longer the way of each through the page. */
    static String batch(int events) {
        var between = events < 38 ? DEEP : "";
        var all = IntStream.range(0, events).mapToObj(i -> event(i, between)).collect(Collectors.joining(","));
        return "{\"v\":1,\"policy\":\"x\",\"sent\":1764000000000,\"consent\":\"granted\",\"user\":\"4711" + NUMBER
                + "\",\"session\":{\"id\":\"11" + NUMBER
                + "\",\"at\":1764000000000,\"referrer\":\"https://search.example/\"},"
                + "\"page\":{\"id\":\"22" + NUMBER + "\",\"at\":1764000000000,"
                + "\"url\":\"https://shop.example/sale/shoes?utm_source=newsletter&page=2\",\"title\":\"Shoes on sale\"},"
                + "\"events\":[" + all + "]}";
    }

    private static String event(int i, String between) {
        var type = i % 9 == 0 ? "submit" : i % 5 == 0 ? "change" : "click";
        return "{\"id\":\"" + ID + "\",\"at\":1764000000000,\"type\":\"" + type + "\","
                + (type.equals("click") ? "\"text\":\"Add shoe number " + i + " to the cart\"," : "")
                + "\"href\":\"https://shop.example/products/trail-shoe-" + i + "?color=blue&ref=list\",\"path\":["
                + "{\"t\":\"a\",\"i\":\"buy-" + i
                + "\",\"c\":[\"btn\",\"btn-primary\",\"w-full\"],\"a\":{\"role\":\"button\",\"data-testid\":\"add\"},\"n\":2,\"k\":1},"
                + "{\"t\":\"div\",\"c\":[\"card-body\",\"p-4\"],\"n\":2,\"k\":2},{\"t\":\"li\",\"c\":[\"card\"],\"n\":"
                + (i + 1)
                + ",\"k\":" + (i + 1) + "},{\"t\":\"ul\",\"i\":\"results\",\"c\":[\"grid\"],\"n\":1,\"k\":1},"
                + between
                + "{\"t\":\"main\",\"n\":2,\"k\":1},{\"t\":\"body\",\"c\":[\"shop\"],\"n\":2,\"k\":1}]}";
    }

    /** 30 rules besides ten patterns and all detectors, over the balanced policy's default list of parameters. */
    static Map<String, @Nullable Object> policy(Map<String, @Nullable Object> balanced) {
        var policy = new LinkedHashMap<>(balanced);
        policy.put("pages", numbered(6, i -> "/account/area-" + i + "/*"));
        policy.put("events", numbered(6, i -> "Internal Event " + i));
        policy.put(
                "elements",
                numbered(
                        8,
                        i -> Map.<String, Object>of(
                                "selector",
                                i % 2 == 0 ? ".private-" + i : "#form-" + i + " > .field",
                                "action",
                                "ignore")));
        policy.put("properties", numbered(10, i -> Map.<String, Object>of("name", "secret_" + i, "action", "drop")));
        var text = new ArrayList<Object>((List<?>) java.util.Objects.requireNonNull(balanced.get("text")));
        for (int i = 0; i < 10; i++) {
            text.add(
                    Map.of("pattern", "case-" + (char) ('a' + i) + "[0-9]{6}", "label", "case-" + i, "action", "mask"));
        }
        policy.put("text", text);
        return policy;
    }

    private static List<Object> numbered(int count, java.util.function.IntFunction<Object> rule) {
        return IntStream.range(0, count).mapToObj(rule).toList();
    }
}
