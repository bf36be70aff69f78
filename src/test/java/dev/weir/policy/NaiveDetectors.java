package dev.weir.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The detectors as the browser has them: an expression finds candidates, a check decides. Slow, and what the fast ones are held to. */
final class NaiveDetectors {

    record Detector(
            String name,
            Pattern expression,
            Check check,
            @Nullable NaiveWords hints,
            @Nullable NaiveWords nots) {}

    /** What a check may look at. {@code hint} and {@code not}: 2 the text just before names such a thing, 1 the key does, 0 nothing does. */
    record Candidate(String text, String before, MatchResult match, IntSupplier hint, IntSupplier not) {

        String found() {
            return match.group();
        }

        boolean has(int group) {
            return match.group(group) != null;
        }
    }

    /**
     * Says how many characters of a candidate are what is looked for; 0: none of it, look again one character further on; negative: none
     * of it, and that many need not be looked at again.
     */
    @FunctionalInterface
    interface Check {
        int accept(Candidate candidate);
    }

    static final List<Detector> ALL = List.of(
            new Detector("jwt", Expressions.JWT, NaiveDetectors::run, null, null),
            new Detector("apikey", Expressions.APIKEY, NaiveDetectors::apikey, null, null),
            new Detector("email", Expressions.EMAIL, NaiveDetectors::run, null, null),
            new Detector("iban", Expressions.IBAN, NaiveDetectors::iban, null, null),
            new Detector(
                    "card",
                    Expressions.CARD,
                    NaiveDetectors::card,
                    new NaiveWords(Expressions.CARD_WORDS),
                    new NaiveWords(Expressions.CARD_NOT)),
            new Detector("ssn", Expressions.SSN, NaiveDetectors::ssn, new NaiveWords(Expressions.SSN_WORDS), null),
            new Detector(
                    "dob",
                    Expressions.DOB,
                    c -> c.hint().getAsInt() > 0 ? c.found().length() : 0,
                    new NaiveWords(Expressions.DOB_WORDS),
                    null),
            new Detector("ipv6", Expressions.IPV6, NaiveDetectors::ipv6, null, null),
            new Detector("ipv4", Expressions.IPV4, NaiveDetectors::ipv4, null, new NaiveWords(Expressions.IPV4_NOT)),
            new Detector(
                    "phone",
                    Expressions.PHONE,
                    NaiveDetectors::phone,
                    new NaiveWords(Expressions.PHONE_WORDS),
                    new NaiveWords(Expressions.PHONE_NOT)));

    private NaiveDetectors() {}

    /** A run of characters counts only with what follows it, and is looked at once. */
    private static int run(Candidate c) {
        return c.has(1) ? c.found().length() : -c.found().length();
    }

    private static int apikey(Candidate c) {
        return !c.has(1) || Decoding.base64(c.match().group(1)).contains(":")
                ? c.found().length()
                : 0;
    }

    private static int iban(Candidate c) {
        var text = c.found();
        int length = ibanLength(text.substring(0, 2).toLowerCase(Locale.ROOT));
        var number = new StringBuilder();
        int i = 0;
        for (; length > 0 && number.length() < length; i++) {
            if (i == text.length()) {
                return 0;
            }
            if (alphanumeric(text.charAt(i))) {
                number.append(text.charAt(i));
            }
        }
        if (i < text.length() && alphanumeric(text.charAt(i))) {
            return 0;
        }
        int rest = 0;
        for (int k = 0; k < number.length(); k++) {
            int digit = Character.digit(number.charAt((k + 4) % number.length()), 36);
            rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
        }
        return rest == 1 ? i : 0;
    }

    private static int ibanLength(String country) {
        var table = Expressions.IBAN_LENGTHS;
        int length = 0;
        for (int i = 0; i < table.length(); i += 2) {
            var pair = table.substring(i, i + 2);
            if (Character.isDigit(pair.charAt(0))) {
                length = Integer.parseInt(pair);
            } else if (pair.equals(country)) {
                return length;
            }
        }
        return 0;
    }

    private static int card(Candidate c) {
        if (joined(c.before())) {
            return 0;
        }
        var text = c.found();
        int hint = c.hint().getAsInt();
        if (hint < c.not().getAsInt()) {
            return 0;
        }
        var digits = digits(text);
        int count = digits.length();
        for (int i = text.length(); i > 11; i--) {
            if (!digit(text.charAt(i - 1))) {
                continue;
            }
            var number = digits.substring(0, count--);
            if (i < text.length() && digit(text.charAt(i))) {
                continue;
            }
            var part = text.substring(0, i);
            if (luhn(number)
                    && (hint > 0
                            || (Expressions.CARD_GROUPS.matcher(part).find()
                                    && Expressions.CARD_ISSUERS.matcher(number).find()))) {
                return i;
            }
        }
        return 0;
    }

    private static String digits(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (digit(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int n = (number.charAt(i) - '0') << ((number.length() - i - 1) & 1);
            sum += n > 9 ? n - 9 : n;
        }
        return sum % 10 == 0;
    }

    private static int ssn(Candidate c) {
        boolean separated = !c.match().group(1).isEmpty();
        return !joined(c.before()) && (separated || c.hint().getAsInt() > 0)
                ? c.found().length()
                : 0;
    }

    private static int ipv6(Candidate c) {
        return c.found().chars().anyMatch(d -> digit((char) d))
                        && !Expressions.EUI.matcher(c.found()).find()
                ? c.found().length()
                : 0;
    }

    private static int ipv4(Candidate c) {
        return !Expressions.VERSIONED.matcher(c.before()).find()
                        && c.not().getAsInt() == 0
                        && !(c.before().endsWith(" ")
                                && Expressions.AGENT.matcher(c.text()).find())
                ? c.found().length()
                : 0;
    }

    private static int phone(Candidate c) {
        boolean sure = c.has(1);
        int hint = c.hint().getAsInt();
        int not = c.not().getAsInt();
        boolean marked = sure && (c.found().contains("+") || c.found().contains("("));
        boolean alone = (sure || (c.has(2) && not == 0))
                && !Expressions.MONEY.matcher(c.before()).find();
        return !joined(c.before()) && !Expressions.DATE.matcher(c.found()).find() && (marked || hint > not || alone)
                ? c.found().length()
                : 0;
    }

    private static boolean joined(String before) {
        return Expressions.JOINED.matcher(before).find();
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean alphanumeric(char c) {
        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
