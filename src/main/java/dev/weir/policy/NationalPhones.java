package dev.weir.policy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The detector {@code phone-national}: numbers that are valid in one of the regions a rule names, in any national spelling. The server
 * alone has it; a browser can't carry the numbering plans.
 */
final class NationalPhones {

    static final String NAME = "phone-national";

    /** More regions make more numbers look like a telephone's, and each costs a search of the text. */
    static final int MAX_REGIONS = 20;

    /** Candidates of a text that are tried against one region's plan. */
    private static final long MAX_TRIES = 200;

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private NationalPhones() {}

    /** Two capital letters that libphonenumber has a numbering plan for. */
    static boolean known(String region) {
        return supported().contains(region);
    }

    static Set<String> supported() {
        return PLANS.getSupportedRegions();
    }

    /** A part of a text. */
    record Span(int from, int to) {}

    /** Where the numbers are, from left to right, without overlap. */
    static List<Span> find(String text, List<String> regions) {
        var all = new ArrayList<Span>();
        for (var region : regions) {
            for (var match : PLANS.findNumbers(text, region, PhoneNumberUtil.Leniency.VALID, MAX_TRIES)) {
                all.add(new Span(match.start(), match.end()));
            }
        }
        all.sort(Comparator.comparingInt(Span::from).thenComparing(Span::to, Comparator.reverseOrder()));
        var spans = new ArrayList<Span>();
        int end = 0;
        for (var span : all) {
            if (span.from() >= end) {
                spans.add(span);
                end = span.to();
            }
        }
        return spans;
    }
}
