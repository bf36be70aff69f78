package dev.weir.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Made-up personal data, each value new and long enough to be known again, and the disguises in which it may come. No value belongs to
 * anyone.
 */
final class Secrets {

    static final List<String> KINDS = List.of("email", "card", "ssn", "iban", "ipv4", "ipv6", "phone", "jwt", "apikey");

    static final List<String> DISGUISES = List.of(
            "plain",
            "percent-encoded",
            "percent-encoded twice",
            "in part percent-encoded",
            "full-width",
            "split by zero-width characters",
            "full-width, split and percent-encoded",
            "as character references",
            "as escapes of a script",
            "split by fillers");

    /** What a sender may have done to a value before it got here. */
    static String disguised(String value, String disguise) {
        return switch (disguise) {
            case "percent-encoded" -> percent(value);
            case "percent-encoded twice" -> percent(percent(value));
            case "in part percent-encoded" -> Percent.encode(value);
            case "full-width" -> wide(value);
            case "split by zero-width characters" -> split(value);
            case "full-width, split and percent-encoded" -> percent(split(wide(value)));
            case "as character references" -> each(value, "&#%05d;");
            case "as escapes of a script" -> each(value, "\\u%04x");
            case "split by fillers" -> value.replaceAll("(.{3})(?=.)", "$1\u034f\u3164");
            default -> value;
        };
    }

    private final Random random;

    Secrets(Random random) {
        this.random = random;
    }

    /** {@code core}: letters and digits that nothing which is kept may hold, whatever stands between them. */
    record Secret(String kind, String value, String core) {

        boolean isIn(String text) {
            return forms(text).stream().anyMatch(form -> form.contains(core));
        }
    }

    Secret of(String kind) {
        var value = switch (kind) {
            case "email" -> "zq" + letters(5) + "." + letters(4) + digits(2) + "@" + letters(6) + ".example";
            case "card" -> grouped(withCheck("4" + digits(14)), pick(" ", "-", ""));
            case "ssn" -> separated(pick("-", " ", "."), between(100, 665), between(10, 99), between(1000, 9999));
            case "iban" -> grouped(iban(digits(18)), pick(" ", "", "-"));
            case "ipv4" -> separated(".", between(100, 223), between(100, 255), between(100, 255), between(100, 255));
            case "ipv6" ->
                pick(
                        separated(":", "2001", "db8", hex(), hex(), hex(), hex(), hex(), hex()),
                        separated(":", "2001", "db8", "", hex(), hex(), hex()));
            case "phone" ->
                pick(
                        "+1 (" + between(200, 989) + ") " + between(200, 989) + "-" + digits(4),
                        "+44 20 7946 " + digits(4),
                        "+1" + between(200, 989) + between(200, 989) + digits(4),
                        "(" + between(200, 989) + ") " + between(200, 989) + "-" + digits(4));
            case "jwt" -> "eyJhbGciOiJIUzI1NiJ9.eyJ" + letters(18) + "." + letters(12) + digits(4) + letters(12);
            case "apikey" -> pick("ghp_", "sk_live_", "xoxb-", "glpat-") + letters(9) + digits(3) + letters(12);
            default -> throw new IllegalArgumentException(kind);
        };
        var core = switch (kind) {
            case "email" -> value.substring(0, value.indexOf('@'));
            case "jwt" -> value.substring(value.lastIndexOf('.'));
            default -> value;
        };
        return new Secret(kind, value, compact(core));
    }

    private String letters(int count) {
        return random.ints(count, 0, 26)
                .mapToObj(i -> String.valueOf((char) ('a' + i)))
                .collect(Collectors.joining());
    }

    private String digits(int count) {
        return random.ints(count, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining());
    }

    private String hex() {
        return Integer.toHexString(0x1000 + random.nextInt(0xf000));
    }

    private String between(int from, int to) {
        return String.valueOf(from + random.nextInt(to - from + 1));
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private static String separated(String separator, String... parts) {
        return String.join(separator, parts);
    }

    private static String grouped(String text, String separator) {
        return text.replaceAll("(.{4})(?=.)", "$1" + separator);
    }

    private static String withCheck(String digits) {
        return IntStream.range(0, 10)
                .mapToObj(check -> digits + check)
                .filter(Secrets::luhn)
                .findFirst()
                .orElseThrow();
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int n = (digits.charAt(digits.length() - 1 - i) - '0') * (1 + i % 2);
            sum += n > 9 ? n - 9 : n;
        }
        return sum % 10 == 0;
    }

    private static String iban(String body) {
        int rest = 0;
        for (char c : (body + "131400").toCharArray()) {
            rest = (rest * 10 + (c - '0')) % 97;
        }
        return "DE" + String.format("%02d", 98 - rest) + body;
    }

    private static String percent(String value) {
        var out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            out.append(String.format("%%%02X", b));
        }
        return out.toString();
    }

    private static String each(String value, String format) {
        return value.chars().mapToObj(c -> String.format(format, c)).collect(Collectors.joining());
    }

    private static String wide(String value) {
        return value.chars()
                .map(c -> c > ' ' && c <= '~' ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String split(String value) {
        return value.replaceAll("(.{2})(?=.)", "$1\u200b");
    }

    /** A text as it is and under up to four layers of encoding, letters and digits only. Wider than what the engine looks for. */
    private static Set<String> forms(String text) {
        var forms = new TreeSet<String>();
        for (int layer = 0; layer < 5; layer++) {
            forms.add(compact(Folding.fold(text)));
            text = Decoding.decode(Folding.fold(text));
        }
        return forms;
    }

    private static String compact(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
