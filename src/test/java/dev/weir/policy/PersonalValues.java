package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Personal data as people write it: right by its checksum, in the forms of many countries. No value belongs to anyone. */
final class PersonalValues {

    private static final List<String> GIVEN = List.of("jane", "john", "maria", "li", "omar", "søren", "priya", "zoë");
    private static final List<String> FAMILY =
            List.of("doe", "smith", "garcia", "wei", "haddad", "ng", "müller", "o'neil");
    private static final List<String> HOSTS =
            List.of("example.com", "mail.example.org", "example.co.uk", "bücher.example", "x-y.example.travel", "t.co");

    private final Chance random;

    PersonalValues(Chance random) {
        this.random = random;
    }

    String email() {
        var given = random.pick(GIVEN);
        var family = random.pick(FAMILY);
        var local = switch (random.nextInt(5)) {
            case 0 -> given + "." + family;
            case 1 -> given + random.nextInt(1000);
            case 2 -> given + "+shop@".substring(0, 5);
            case 3 -> given.charAt(0) + "_" + family + "-" + random.nextInt(10);
            default -> given;
        };
        var at = switch (random.nextInt(12)) {
            case 0 -> "%40";
            case 1 -> "%2540";
            case 2 -> "&#64;";
            case 3 -> "\uff20";
            case 4 -> "\u200b@";
            default -> "@";
        };
        return local + at + random.pick(HOSTS);
    }

    String card() {
        var brand = random.pick(List.of(
                "4:16", "4:16", "4:13", "4:19", "51:16", "55:16", "2221:16", "2720:16", "34:15", "37:15", "6011:16",
                "65:16", "3528:16", "3589:16", "300:14", "36:14", "38:14", "62:16", "6759:16", "5018:16", "6304:12",
                "2131:15", "5893:16"));
        var parts = brand.split(":", -1);
        int length = Integer.parseInt(parts[1]);
        var digits = new StringBuilder(parts[0]);
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        for (int check = 0; check < 10; check++) {
            if (luhn(digits.toString() + check)) {
                digits.append(check);
                break;
            }
        }
        var separator = random.pick(List.of("", "", " ", "-", ".", "\u00a0", "+", " - ".substring(0, 2)));
        var grouped = length == 15 || length == 14
                ? groups(digits, separator, 4, 6, 5)
                : groups(digits, separator, 4, 4, 4, 4, 3);
        return random.nextInt(10) == 0 ? wide(grouped) : grouped;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int n = digits.charAt(digits.length() - 1 - i) - '0';
            n = i % 2 == 0 ? n : 2 * n > 9 ? 2 * n - 9 : 2 * n;
            sum += n;
        }
        return sum % 10 == 0;
    }

    private static String groups(CharSequence digits, String separator, int... sizes) {
        var out = new StringBuilder();
        int at = 0;
        for (int size : sizes) {
            int end = Math.min(digits.length(), at + size);
            if (at < end) {
                out.append(at > 0 ? separator : "").append(digits, at, end);
            }
            at = end;
        }
        return out.toString();
    }

    private static String wide(String text) {
        return text.codePoints()
                .map(c -> c >= '0' && c <= '9' ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    String iban() {
        var shape = random.pick(List.of(
                "DE18", "GB4A14", "FR23", "NL4A10", "ES20", "IT1A22", "CH17", "AT16", "NO11", "PL24", "SE20", "BE12"));
        var country = shape.substring(0, 2);
        var body = new StringBuilder();
        var rest = shape.substring(2);
        int letter = rest.indexOf('A');
        if (letter >= 0) {
            for (int i = 0; i < Integer.parseInt(rest.substring(0, letter)); i++) {
                body.append((char) ('A' + random.nextInt(26)));
            }
            rest = rest.substring(letter + 1);
        }
        for (int i = 0; i < Integer.parseInt(rest); i++) {
            body.append(random.nextInt(10));
        }
        int remainder = 0;
        for (char c : (body + country + "00").toCharArray()) {
            int n = Character.digit(c, 36);
            remainder = (remainder * (n > 9 ? 100 : 10) + n) % 97;
        }
        var iban = country + String.format("%02d", 98 - remainder) + body;
        iban = random.nextInt(6) == 0 ? iban.toLowerCase(Locale.ROOT) : iban;
        var separator = random.pick(List.of("", "", " ", "-", "\u00a0"));
        return separator.isEmpty() ? iban : groups(iban, separator, 4, 4, 4, 4, 4, 4, 4, 4);
    }

    String ipv4() {
        return (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
    }

    String ipv6() {
        var groups = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            groups.add(Integer.toHexString(random.nextInt(0x10000)));
        }
        return switch (random.nextInt(4)) {
            case 0 -> String.join(":", groups);
            case 1 -> "2001:db8::" + groups.get(0) + ":" + groups.get(1);
            case 2 -> "fe80::" + String.join(":", groups.subList(0, 4));
            default -> "::ffff:" + ipv4();
        };
    }

    /** Without a separator it is nine digits. */
    String ssn() {
        int area = 1 + random.nextInt(898);
        area = area == 666 ? 667 : area;
        var separator = random.pick(List.of("-", "-", "-", " ", ".", ""));
        return String.format(
                "%03d%s%02d%s%04d", area, separator, 1 + random.nextInt(99), separator, 1 + random.nextInt(9999));
    }

    /** One of the forms is ten digits and nothing else. */
    String phone() {
        return random.fill(random.pick(List.of(
                "+1-###-###-####",
                "001-###-###-####",
                "(###) ###-####",
                "(###)###-####",
                "###-###-####",
                "###.###.####",
                "###-###-####x###",
                "(###)###-#### x#####",
                "+1-###-###-####x####",
                "001-###-###-####x###",
                "+1 (###) ###-####",
                "1-###-###-####",
                "+44 20 7946 0###",
                "020 7946 0###",
                "07700 900###",
                "+44(0)20 7946 0###",
                "(0161) 496 0###",
                "0151 496 0###",
                "+49 30 901820###",
                "030 901820##",
                "0171/#######",
                "+49(0)171 #######",
                "06 ## ## ## ##",
                "+33 6 ## ## ## ##",
                "06.##.##.##.##",
                "+34 612 ### ###",
                "612 ### ###",
                "+31 6 ########",
                "06-########",
                "(0#) #### ####",
                "+61 4## ### ###",
                "04## ### ###",
                "+81-3-####-####",
                "03-####-####",
                "090-####-####",
                "+55 11 9####-####",
                "(11) 9####-####",
                "+91 98### #####",
                "0#### ######",
                "+46 70-### ## ##",
                "070-### ## ##",
                "+41 79 ### ## ##",
                "079 ### ## ##",
                "+45 ## ## ## ##",
                "+7 (9##) ###-##-##",
                "+86 138 #### ####",
                "##########")));
    }
}
