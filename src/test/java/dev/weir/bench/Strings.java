package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Strings by class: what events hold, hardly any of it personal; and what somebody would send to keep a server busy. */
final class Strings {

    private static final int EACH = 2_000;
    private static final int HOSTILE_LENGTH = 20_000;

    private static final List<String> WORDS = List.of(
            ("buy now add to cart checkout your order shipping returns free delivery on all orders over size colour red blue green large small women men kids new"
                            + " sale summer winter collection wish list account settings sign in out help about careers press privacy terms cookies")
                    .split(" "));

    private final Random random;

    Strings(long seed) {
        this.random = new Random(seed);
    }

    Map<String, List<String>> ordinary() {
        var classes = new LinkedHashMap<String, List<String>>();
        classes.put("words", many(() -> words(random.nextInt(4, 16))));
        classes.put("class names", many(() -> "btn btn-" + words(5).replace(' ', '-')));
        classes.put("paths", many(() -> "/shop/" + words(4).replace(' ', '/') + "/" + random.nextInt(1000)));
        classes.put("prices", many(() -> words(3) + " $" + random.nextInt(500) + ".99"));
        classes.put(
                "dates and times",
                many(() -> "2026-11-" + random.nextInt(10, 30) + "T10:" + random.nextInt(10, 60) + ":00Z"));
        classes.put("UUIDs", many(() -> new UUID(random.nextLong(), random.nextLong()).toString()));
        classes.put("hashes", many(() -> String.format("%016x%016x", random.nextLong(), random.nextLong())));
        classes.put(
                "versions",
                many(() -> "v" + random.nextInt(20) + "." + random.nextInt(100) + "." + random.nextInt(1000)));
        classes.put(
                "user agents",
                many(() -> "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1"
                        + random.nextInt(10, 45) + ".0.0.0 Safari/537.36"));
        classes.put("order numbers", many(() -> "Order " + random.nextInt(100_000, 999_999) + " " + words(4)));
        classes.put("German", many(() -> "Größe wählen für " + words(4) + " " + random.nextInt(50) + " €"));
        return classes;
    }

    /** All classes together, as they come. */
    List<String> mixed() {
        var all = new ArrayList<String>();
        ordinary().values().forEach(all::addAll);
        java.util.Collections.shuffle(all, random);
        return all;
    }

    static Map<String, List<String>> hostile() {
        var classes = new LinkedHashMap<String, List<String>>();
        for (var piece : List.of(
                "a",
                "a ",
                "1",
                "1.",
                "0 ",
                "1-",
                "01-",
                "(1) ",
                "+1 ",
                "1111 ",
                "4111 ",
                "123-456-",
                "1.1.1.1.1.",
                "DE89 ",
                "@",
                "a@",
                "a@b.",
                "\"a\"@",
                "eyJ",
                "eyJ.",
                "sk-",
                "sk-1 ",
                "bearer ",
                ":",
                "a:",
                "a1:",
                "born ",
                "call ",
                "card ",
                "=",
                "a=",
                "\"",
                "%",
                "%2",
                "&#",
                "\\u00",
                "\u00c4",
                "\u200b")) {
            classes.put(
                    "'" + piece.replace("\u200b", "U+200B") + "' repeated",
                    List.of(piece.repeat(HOSTILE_LENGTH / piece.length())));
        }
        return classes;
    }

    private List<String> many(Supplier<String> one) {
        var many = new ArrayList<String>();
        for (int i = 0; i < EACH; i++) {
            many.add(one.get());
        }
        return many;
    }

    private String words(int count) {
        var out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return out.toString();
    }
}
