package dev.weir.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * How fast one core looks for personal data in the strings of events: Weir's scrubber beside the bare expressions one after the other and
 * beside a walk over the characters, interleaved in one process. Prints megabytes (UTF-16 code units, of which almost all are ASCII) a second.
 */
public final class DetectorsBench {

    private static final long SEED = 20261127;
    private static final int ROUNDS = 9;
    private static final List<String> WORDS = List.of(
            ("buy now add to cart checkout your order shipping returns free delivery on all orders over size colour red blue green large small women men kids new"
                            + " sale summer winter collection wish list account settings sign in out help contact about careers press privacy terms cookies")
                    .split(" "));

    private DetectorsBench() {}

    public static void main(String[] arguments) {
        var texts = texts(new Random(SEED), 20_000);
        long characters = texts.stream().mapToLong(String::length).sum();
        var scrubber = Scrubber.of(Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList());
        var names = List.of("walk over the characters", "weir, all detectors", "expressions one after the other");
        List<ToIntFunction<String>> ways = List.of(
                text -> {
                    int digits = 0;
                    for (int i = 0; i < text.length(); i++) {
                        digits += text.charAt(i) - '0' < 10 ? 1 : 0;
                    }
                    return digits;
                },
                text -> scrubber.scrub(text, null).hits().size(),
                text -> {
                    int found = 0;
                    for (var detector : NaiveDetectors.ALL) {
                        found += detector.expression().matcher(text).find() ? 1 : 0;
                    }
                    return found;
                });
        var rates = new double[ways.size()][ROUNDS];
        int kept = 0;
        for (int round = -3; round < ROUNDS; round++) {
            for (int way = 0; way < ways.size(); way++) {
                long start = System.nanoTime();
                for (var text : texts) {
                    kept += ways.get(way).applyAsInt(text);
                }
                if (round >= 0) {
                    rates[way][round] = characters * 1e3 / (System.nanoTime() - start);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "seed %d, %d strings, %d characters, %d rounds (%d)%n",
                SEED,
                texts.size(),
                characters,
                ROUNDS,
                kept);
        for (int way = 0; way < ways.size(); way++) {
            Arrays.sort(rates[way]);
            System.out.printf(Locale.ROOT, "%-34s %8.0f MB/s%n", names.get(way), rates[way][ROUNDS / 2]);
        }
    }

    /** What events are made of: labels, titles, addresses, classes, ids, user agents, prices; one in a hundred holds an e-mail address. */
    private static List<String> texts(Random random, int count) {
        var out = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            out.add(
                    switch (random.nextInt(100)) {
                        case 0 -> words(random, 3) + " jane.doe" + i + "@example.com";
                        case 1, 2, 3, 4 ->
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1"
                                    + random.nextInt(10, 45) + ".0.0.0 Safari/537.36";
                        case 5, 6, 7, 8, 9, 10 -> words(random, 2) + " $" + random.nextInt(500) + ".99";
                        case 11, 12, 13, 14 ->
                            "2026-11-" + random.nextInt(10, 30) + "T10:" + random.nextInt(10, 60) + ":00Z";
                        default ->
                            switch (random.nextInt(4)) {
                                case 0 ->
                                    "https://shop.example/" + words(random, 4).replace(' ', '/');
                                case 1 -> words(random, 12);
                                case 2 -> "btn btn-" + words(random, 5).replace(' ', '-');
                                default -> words(random, 16);
                            };
                    });
        }
        return out;
    }

    private static String words(Random random, int count) {
        var out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return out.toString();
    }
}
