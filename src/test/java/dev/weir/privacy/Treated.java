package dev.weir.privacy;

import dev.weir.event.Event;
import dev.weir.ingest.Fenced;
import dev.weir.policy.Circumstances;
import dev.weir.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What one policy does with one event, as far as two can be compared: whether it stays, and which words of it.
 *
 * @param strictness 0 kept, 1 set aside, 2 dropped; one for each origin it may come from
 */
record Treated(List<Integer> strictness, Set<String> words) {

    static final List<Circumstances> CIRCUMSTANCES = List.of(
            new Circumstances(Circumstances.Consent.GRANTED, false),
            new Circumstances(Circumstances.Consent.UNKNOWN, false),
            new Circumstances(Circumstances.Consent.UNKNOWN, true),
            new Circumstances(Circumstances.Consent.GRANTED, true));

    private static final Pattern WORD = Pattern.compile(
            "zq[a-z]{2}vx|48213|\\b42\\b|0f8fad5b-d9cb-469f-a165-70867728950e|\\b(?:root|undefined|anonymous)\\b|\\+4930123456");

    /** As the engine alone sees it. */
    static Treated by(Verdict verdict) {
        return new Treated(List.of(rank(verdict)), words(verdict));
    }

    /** As it is kept of what comes from each of the origins. */
    static Treated by(Verdict verdict, Fenced fence) {
        var ranks = new ArrayList<Integer>();
        for (var origin : Documents.ORIGINS) {
            ranks.add(Math.max(rank(verdict), fence.admits(origin) ? 0 : 1));
        }
        return new Treated(List.copyOf(ranks), words(verdict));
    }

    boolean morePermissiveThan(Treated other) {
        for (int i = 0; i < strictness.size(); i++) {
            if (strictness.get(i) < other.strictness.get(i)) {
                return true;
            }
        }
        return !other.words.containsAll(words);
    }

    private static int rank(Verdict verdict) {
        return verdict.match(kept -> 0, aside -> 1, dropped -> 2);
    }

    private static Set<String> words(Verdict verdict) {
        var words = new TreeSet<String>();
        var found = WORD.matcher(
                verdict.<String>match(kept -> shown(kept.event()), aside -> shown(aside.event()), dropped -> ""));
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }

    static String shown(Event event) {
        return Pasted.pretty(event);
    }
}
