package dev.weir.policy;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
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

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private NationalPhones() {}

    /** Two capital letters that libphonenumber has a numbering plan for. */
    static boolean known(String region) {
        return supported().contains(region);
    }

    static Set<String> supported() {
        return PLANS.getSupportedRegions();
    }

    /** Where the numbers are: from, to, from, to … without overlap. */
    static List<Integer> find(String text, List<String> regions) {
        var spans = new ArrayList<Integer>();
        int from = 0;
        while (from < text.length()) {
            PhoneNumberMatch first = null;
            for (var region : regions) {
                var matches = PLANS.findNumbers(
                                text.substring(from), region, PhoneNumberUtil.Leniency.VALID, Long.MAX_VALUE)
                        .iterator();
                if (matches.hasNext()) {
                    var match = matches.next();
                    if (first == null || match.start() < first.start()) {
                        first = match;
                    }
                }
            }
            if (first == null) {
                break;
            }
            spans.add(from + first.start());
            spans.add(from + first.end());
            from += first.end();
        }
        return spans;
    }
}
