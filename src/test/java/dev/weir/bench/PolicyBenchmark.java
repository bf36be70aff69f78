package dev.weir.bench;

import dev.weir.ingest.Enforcing;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Scanning;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What enforcement costs one core: an event with a hundred rules (G5), many rules beside few (G6), the search for personal data on strings
 * of every class beside {@code java.util.regex}, and on hostile ones (G8). Rounds are interleaved; prints medians of processor time, so a
 * busy machine disturbs little.
 *
 * <p>Arguments choose a part: {@code events}, {@code rules}, {@code strings}; none means all.
 *
 * <pre>./mvnw -q test-compile exec:java -Dexec.mainClass=dev.weir.bench.PolicyBenchmark -Dexec.classpathScope=test</pre>
 */
public final class PolicyBenchmark {

    private static final long SEED = 20261127;
    private static final int ROUNDS = 7;
    private static final int WARM = 10;

    /** Processor time of one measurement. */
    private static final long ENOUGH = 60_000_000;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private int kept;

    /** One thing to measure: some work, and how many bytes or events it is. */
    private record Work(Runnable once, double units) {}

    public static void main(String[] arguments) {
        System.out.printf(
                Locale.ROOT, "seed %d, %d rounds, Java %s%n", SEED, ROUNDS, System.getProperty("java.vm.version"));
        var benchmark = new PolicyBenchmark();
        var asked = Set.of(arguments);
        if (asked.isEmpty() || asked.contains("events")) {
            benchmark.events();
        }
        if (asked.isEmpty() || asked.contains("rules")) {
            benchmark.rules();
        }
        if (asked.isEmpty() || asked.contains("strings")) {
            benchmark.strings();
        }
        System.out.println("(" + benchmark.kept + ")");
    }

    private void events() {
        var bodies = new Bodies(SEED);
        var policy = policy(100);
        var batches = many(bodies::batch);
        var singles = many(bodies::single);
        var collecting = Enforcing.collecting(policy);
        var tracking = Enforcing.tracking(policy);
        var works = new LinkedHashMap<String, Work>();
        works.put("batch decoded", work(batches, collecting::decoded, 38));
        works.put("batch enforced", work(batches, collecting::enforced, 38));
        works.put("single decoded", work(singles, tracking::decoded, 1));
        works.put("single enforced", work(singles, tracking::enforced, 1));
        var cost = measured(works);
        System.out.printf(
                Locale.ROOT,
                "%nG5, a hundred rules%nautocaptured event of %d bytes: decoded %.2f µs, decoded, judged and written %.2f µs (goal 3)%n"
                        + "server event of %d bytes: decoded %.2f µs, decoded, judged and written %.2f µs (goal 8)%n",
                batches.get(0).length / 38,
                cost.get("batch decoded") / 1e3,
                cost.get("batch enforced") / 1e3,
                singles.get(0).length,
                cost.get("single decoded") / 1e3,
                cost.get("single enforced") / 1e3);
    }

    private void rules() {
        var bodies = new Bodies(SEED);
        var batches = many(bodies::batch);
        var singles = many(bodies::single);
        var works = new LinkedHashMap<String, Work>();
        for (int rules : new int[] {10, 100, 1000}) {
            var policy = policy(rules);
            works.put("batch " + rules, work(batches, Enforcing.collecting(policy)::enforced, 38));
            works.put("single " + rules, work(singles, Enforcing.tracking(policy)::enforced, 1));
        }
        var cost = measured(works);
        System.out.printf(Locale.ROOT, "%nG6, throughput with more rules beside 10 (goal: not under 90 %%)%n");
        for (var kind : List.of("batch", "single")) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: 10 rules %.2f µs an event, 100 rules %.0f %%, 1000 rules %.0f %%%n",
                    kind,
                    cost.get(kind + " 10") / 1e3,
                    100 * cost.get(kind + " 10") / cost.get(kind + " 100"),
                    100 * cost.get(kind + " 10") / cost.get(kind + " 1000"));
        }
    }

    private void strings() {
        var weir = Scanning.weir();
        var expressions = Scanning.expressions();
        var classes = new LinkedHashMap<>(new Strings(SEED).ordinary());
        classes.put("mixed", new Strings(SEED).mixed());
        var works = new LinkedHashMap<String, Work>();
        classes.forEach((name, texts) -> {
            works.put(name, scan(texts, weir));
            works.put(name + " regex", scan(texts, expressions));
        });
        Strings.hostile().forEach((name, texts) -> works.put(name, scan(texts, weir)));
        var cost = measured(works);
        System.out.printf(Locale.ROOT, "%nG8, all detectors on strings (goals: 300 MB/s, 30 times java.util.regex)%n");
        classes.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-18s %6.0f MB/s, %5.1f times java.util.regex%n",
                        name,
                        1e3 / cost.get(name),
                        cost.get(name + " regex") / cost.get(name)));
        System.out.printf(
                Locale.ROOT, "%nG8, 20 kB of hostile text beside mixed strings (goal: 3 times the time a byte)%n");
        Strings.hostile()
                .keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-24s %6.2f ns a byte, %5.1f times%n",
                        name,
                        cost.get(name),
                        cost.get(name) / cost.get("mixed")));
    }

    private static CompiledPolicy policy(int rules) {
        return CompiledPolicy.of(Bodies.policy(rules), "a key".getBytes(StandardCharsets.US_ASCII));
    }

    private static List<byte[]> many(java.util.function.Supplier<byte[]> one) {
        var many = new ArrayList<byte[]>();
        for (int i = 0; i < 40; i++) {
            many.add(one.get());
        }
        return many;
    }

    private Work work(List<byte[]> bodies, ToIntFunction<byte[]> way, double events) {
        return new Work(() -> bodies.forEach(body -> kept += way.applyAsInt(body)), events * bodies.size());
    }

    /** Of what is longer only so much counts as the scrubber looks at. */
    private Work scan(List<String> texts, ToIntFunction<String> way) {
        return new Work(
                () -> texts.forEach(text -> kept += way.applyAsInt(text)),
                texts.stream().mapToInt(text -> Math.min(text.length(), 8192)).sum());
    }

    /** Nanoseconds a unit, the median of the rounds. */
    private static Map<String, Double> measured(Map<String, Work> works) {
        var rounds = new LinkedHashMap<String, double[]>();
        works.keySet().forEach(name -> rounds.put(name, new double[ROUNDS]));
        for (int round = -WARM; round < ROUNDS; round++) {
            for (var work : works.entrySet()) {
                double nanos = nanos(work.getValue());
                if (round >= 0) {
                    rounds.get(work.getKey())[round] = nanos;
                }
            }
        }
        var medians = new LinkedHashMap<String, Double>();
        rounds.forEach((name, all) -> {
            Arrays.sort(all);
            medians.put(name, all[ROUNDS / 2]);
        });
        return medians;
    }

    private static double nanos(Work work) {
        long start = CLOCK.getCurrentThreadCpuTime();
        long spent = 0;
        int times = 0;
        while (spent < ENOUGH) {
            work.once.run();
            times++;
            spent = CLOCK.getCurrentThreadCpuTime() - start;
        }
        return spent / (times * work.units);
    }
}
