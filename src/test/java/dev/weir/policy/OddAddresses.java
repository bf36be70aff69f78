package dev.weir.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Addresses out of a seed of which little is to stay: separators beside each other, blanks of all kinds, layers of encoding. */
final class OddAddresses {

    static final List<PolicyDocument> POLICIES = List.of(
            policy(Map.of("fragment", "keep", "identifiers", "keep", "parameters", names("block", "voucher", "email"))),
            policy(Map.of("fragment", "keep", "parameters", names("allow", "q", "next", "a"))),
            policy(Map.of("fragment", "drop", "paths", List.of("/u/{name}", "/{a}/b/{c}"))),
            policy(Map.of("fragment", "keep", "paths", List.of("/{voucher}", "/{id}/{id}"))));

    private static final List<String> SEPARATORS = List.of("/", "/", "?", "#", "&", "&", ";", ";", "=", "//", "\\");

    private static final List<String> BLANKS =
            List.of(" ", " ", "\t", "\n", "\r", "\u000b", "\u00a0", "\u2003", "\u3000", "\ufeff", "+", "%20", "%09");

    private static final List<String> NOTHING =
            List.of("", "\u0000", "\u0001", "\u001f", "\u007f", "\u0085", "\u200b", "%00", "%");

    private static final List<String> WORDS = List.of(
            "a",
            "q",
            "b",
            "next",
            "voucher",
            "Voucher",
            "%76oucher",
            "voucher=1",
            "u",
            "shop.example",
            "http:",
            "https://shop.example/a",
            "mailto:",
            ":",
            "@",
            "..",
            "größe",
            "🛒",
            "12345678",
            "{id}",
            "[email]",
            "jane@example.com",
            "4111 1111 1111 1111",
            "1.2.3.4",
            "token=x",
            "\"token\":\"x\"");

    private final Random random;

    OddAddresses(long seed) {
        this.random = new Random(seed);
    }

    private static Map<String, Object> names(String mode, String... names) {
        return Map.of("mode", mode, "names", List.of(names));
    }

    private static PolicyDocument policy(Map<String, Object> urls) {
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.put("urls", urls);
        json.put("pages", List.of("/b/*"));
        return PolicyDocumentTest.parsed(json);
    }

    String next() {
        var out = new StringBuilder(pick(List.of("", "", "/", "https://shop.example/", "//shop.example", "?", "#")));
        for (int i = 1 + random.nextInt(14); i > 0; i--) {
            out.append(
                    switch (random.nextInt(12)) {
                        case 0, 1, 2, 3 -> pick(SEPARATORS);
                        case 4, 5 -> pick(SEPARATORS) + pick(BLANKS);
                        case 6 -> pick(BLANKS);
                        case 7 -> pick(NOTHING);
                        case 8 -> hidden();
                        default -> pick(WORDS);
                    });
        }
        return out.toString();
    }

    /** Under so many layers of encoding: an address within, or what a detector knows. */
    private String hidden() {
        var text = random.nextBoolean() ? pick(WORDS) : "/b?" + pick(BLANKS) + "&voucher=1&" + pick(WORDS);
        for (int layers = 1 + random.nextInt(5); layers > 0; layers--) {
            text = Percent.encode(text);
        }
        return pick(List.of("q=", "next=", "")) + text;
    }

    /** {@code count} of them. */
    List<String> some(int count) {
        var out = new ArrayList<String>();
        while (out.size() < count) {
            out.add(next());
        }
        return out;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
