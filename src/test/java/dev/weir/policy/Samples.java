package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values as events carry them — button texts, titles, parameters, property values, search terms, sentences — with personal data in them
 * and without. Everything comes from the seed; no value belongs to anyone.
 */
final class Samples {

    /** A text, the key it came under, and the secret in it, if there is one: scrubbed well when nothing of the secret is left. */
    record Sample(
            String kind,
            String text,
            @Nullable String key,
            @Nullable String secret) {}

    private static final List<String> GIVEN = List.of("jane", "john", "maria", "li", "omar", "søren", "priya", "zoë");
    private static final List<String> FAMILY =
            List.of("doe", "smith", "garcia", "wei", "haddad", "ng", "müller", "o'neil");
    private static final List<String> HOSTS =
            List.of("example.com", "mail.example.org", "example.co.uk", "bücher.example", "x-y.example.travel", "t.co");
    private static final List<String> PRODUCTS =
            List.of("Trail shoe", "Desk lamp", "Oak table", "Blue mug", "Phone case", "USB cable", "Rain jacket");
    private static final List<String> CITIES = List.of("Berlin", "Leeds", "Porto", "Austin", "Kyoto", "Lagos");
    private static final List<String> STREETS = List.of("Elm Street", "High Road", "Main St", "Lindenweg", "Rue Haute");

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    List<Sample> with(String kind, int count) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            samples.add(
                    switch (kind) {
                        case "email" -> wrapped(kind, email(), "email", "contact_email");
                        case "card" -> wrapped(kind, card(), "cardNumber", "note");
                        case "ssn" -> ssn();
                        case "iban" -> wrapped(kind, iban(), "iban", "account");
                        case "ip" -> wrapped(kind, random.nextInt(3) > 0 ? ipv4() : ipv6(), "ip", "client");
                        case "phone" -> phone();
                        default -> throw new IllegalArgumentException(kind);
                    });
        }
        return samples;
    }

    List<Sample> clean(int each) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < each; i++) {
            add(samples, "user agent", userAgent());
            add(samples, "version", version());
            add(samples, "uuid", uuid());
            add(samples, "hash", hex(pick(List.of(32, 40, 64))));
            add(samples, "date", date());
            add(samples, "order number", order());
            add(samples, "price", price());
            add(samples, "tracking number", tracking());
            add(samples, "coordinates", coordinates());
            add(samples, "book and article numbers", article());
            add(samples, "text", sentence());
            add(samples, "address", address());
            add(samples, "size and quantity", quantity());
            add(samples, "identifier", identifier());
            add(samples, "mac address and time", clock());
        }
        return samples;
    }

    private void add(List<Sample> samples, String kind, String value) {
        var key = switch (kind) {
            case "version" -> "app_version";
            case "order number" -> "order_id";
            case "price" -> "total";
            case "date" -> "created_at";
            default -> null;
        };
        samples.add(new Sample(kind, value, random.nextInt(4) == 0 ? key : null, null));
    }

    /** A value alone, under a key, in a sentence, in a query, in JSON, encoded. */
    private Sample wrapped(String kind, String value, String key, String neutral) {
        return switch (random.nextInt(9)) {
            case 0 -> new Sample(kind, value, null, value);
            case 1 -> new Sample(kind, value, key, value);
            case 2 -> new Sample(kind, value, neutral, value);
            case 3 -> new Sample(kind, "Edit " + value, null, value);
            case 4 -> new Sample(kind, "Please use " + value + " from now on, thanks.", null, value);
            case 5 -> new Sample(kind, "step=2&" + key + "=" + value + "&ok=1", null, value);
            case 6 -> new Sample(kind, "{\"id\":7,\"" + key + "\":\"" + value + "\"}", null, value);
            case 7 -> new Sample(kind, value + " (changed)", null, value);
            default -> new Sample(kind, "Old: " + value + ", new: none", null, value);
        };
    }

    private String email() {
        var given = pick(GIVEN);
        var family = pick(FAMILY);
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
        return local + at + pick(HOSTS);
    }

    private String card() {
        var brand = pick(List.of(
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
        var separator = pick(List.of("", "", " ", "-", ".", "\u00a0", "+", " - ".substring(0, 2)));
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

    private Sample ssn() {
        int area = 1 + random.nextInt(898);
        area = area == 666 ? 667 : area;
        var separator = pick(List.of("-", "-", "-", " ", ".", ""));
        var value = String.format(
                "%03d%s%02d%s%04d", area, separator, 1 + random.nextInt(99), separator, 1 + random.nextInt(9999));
        if (separator.isEmpty()) {
            return pick(List.of(
                    new Sample("ssn", value, "ssn", value),
                    new Sample("ssn", "SSN: " + value, null, value),
                    new Sample("ssn", "my social security number is " + value, null, value),
                    new Sample("ssn", "ssn=" + value + "&x=1", null, value)));
        }
        return wrapped("ssn", value, "socialSecurityNumber", "note");
    }

    private String iban() {
        var shape = pick(List.of(
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
        iban = random.nextInt(6) == 0 ? iban.toLowerCase(java.util.Locale.ROOT) : iban;
        var separator = pick(List.of("", "", " ", "-", "\u00a0"));
        return separator.isEmpty() ? iban : groups(iban, separator, 4, 4, 4, 4, 4, 4, 4, 4);
    }

    private String ipv4() {
        return (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
    }

    private String ipv6() {
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

    private Sample phone() {
        var format = pick(List.of(
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
                "##########"));
        var value = fill(format);
        if (format.equals("##########")) {
            return pick(List.of(
                    new Sample("phone", value, "phone", value),
                    new Sample("phone", value, "mobileNumber", value),
                    new Sample("phone", "Call me at " + value, null, value),
                    new Sample("phone", "my phone number is " + value + ".", null, value),
                    new Sample("phone", "tel=" + value + "&a=b", null, value)));
        }
        return wrapped("phone", value, "phone_number", "note");
    }

    private String fill(String format) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            out.append(c == '#' ? (char) ('0' + (out.isEmpty() ? 2 + random.nextInt(8) : random.nextInt(10))) : c);
        }
        return out.toString();
    }

    private String userAgent() {
        int major = 60 + random.nextInt(80);
        return switch (random.nextInt(12)) {
            case 0 ->
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + major
                        + ".0." + random.nextInt(7000) + "." + random.nextInt(250) + " Safari/537.36 Edg/" + major
                        + ".0.0.0";
            case 1 ->
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_" + random.nextInt(6)
                        + " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)" + " Version/17."
                        + random.nextInt(6) + " Mobile/15E148 Safari/604.1";
            case 2 -> "Mozilla/5.0 (X11; Linux x86_64; rv:" + major + ".0) Gecko/20100101 Firefox/" + major + ".0";
            case 3 ->
                "Mozilla/5.0 (Linux; Android 13; SM-S901B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/"
                        + major + ".0.5195.136 Mobile Safari/537.36";
            case 4 ->
                "Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.8.0." + random.nextInt(9)
                        + ") Gecko/20060728 Firefox/1.5.0." + random.nextInt(9);
            case 5 ->
                "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; SLCC2; .NET CLR 2.0.50727; .NET CLR 3.5.30729; InfoPath.2)";
            case 6 ->
                "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1." + random.nextInt(30000)
                        + "/28.3590; U; en) Presto/2.8.119 Version/11.10";
            case 7 -> "Dalvik/2.1.0 (Linux; U; Android 9; SM-J530F Build/PPR1.180610.011)";
            case 8 -> "python-requests/2." + random.nextInt(32) + ".0";
            case 9 -> "Mozilla/5.0 (compatible; Examplebot/2.1; +http://www.example.com/bot.html)";
            case 10 -> "NokiaN97/10.0.012 Series60/5.0 Profile/MIDP-2.1 Configuration/CLDC-1.1";
            default -> "okhttp/4." + random.nextInt(12) + "." + random.nextInt(4);
        };
    }

    private String version() {
        return pick(List.<Supplier<String>>of(
                        () -> "v" + fill("#.1#.0"),
                        () -> fill("#.#.#-beta.#"),
                        () -> "Version 1." + random.nextInt(20) + "." + random.nextInt(20) + "." + random.nextInt(200),
                        () -> fill("#.##.####"),
                        () -> "build " + fill("######"),
                        () -> "app@" + fill("#.#.#")))
                .get();
    }

    private String uuid() {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String hex(int length) {
        var out = new StringBuilder();
        while (out.length() < length) {
            out.append(Integer.toHexString(random.nextInt(16)));
        }
        return out.toString();
    }

    private String date() {
        int year = 1990 + random.nextInt(45);
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(28);
        int hour = random.nextInt(24);
        return String.format(
                pick(List.of(
                        "%1$d-%2$02d-%3$02d",
                        "%1$d-%2$02d-%3$02dT%4$02d:30:15Z",
                        "%1$d-%2$02d-%3$02d %4$02d:30:15.123",
                        "%3$02d.%2$02d.%1$d",
                        "%2$02d/%3$02d/%1$d %4$02d:45",
                        "%3$02d-%2$02d-%1$d",
                        "%3$d/%2$d/%1$d – %3$d/%2$d/%1$d",
                        "%1$d%2$02d%3$02d",
                        "%3$d May %1$d",
                        "%1$d/%2$02d/%3$02d %4$02d-%4$02d",
                        "Arrives %3$02d.%2$02d. - %3$02d.%2$02d.%1$d",
                        "17%2$02d%3$02d%4$02d00",
                        "17%2$02d%3$02d%4$02d00123",
                        "%1$d-%2$02d-%3$02d to %1$d-%2$02d-%3$02d")),
                year,
                month,
                day,
                hour);
    }

    private String order() {
        return pick(List.<String>of(
                        "ORD-2024-######",
                        "#1######",
                        "Order 1######",
                        "order number 1##########",
                        "INV-######",
                        "PO ########",
                        "Order #11#-#######-#######",
                        "SO########",
                        "Order no. 8#########",
                        "Invoice 2024/######",
                        "R-#####-##",
                        "Ticket #######",
                        "Ref: 5########",
                        "1#########",
                        "10-#####-#####",
                        "Cart 4######"))
                .chars()
                .mapToObj(c -> c == '#' ? String.valueOf(random.nextInt(10)) : String.valueOf((char) c))
                .collect(java.util.stream.Collectors.joining());
    }

    private String price() {
        return fill(pick(List.of(
                "$#,###.##",
                "€ #.###,##",
                "# ### ### Kč",
                "#### ₽",
                "£##.99",
                "### ### Ft",
                "USD ####.00",
                "$1,###,###",
                "from #9.90 €",
                "-##% off",
                "¥##,###",
                "Total: $#,###.00",
                "1.###.###,00 €")));
    }

    private String tracking() {
        return fill(pick(List.of(
                "1Z###AA10123456784",
                "9400 1000 0000 0000 00## ##",
                "JD0146000########",
                "RR#########CN",
                "Tracking 6129##########",
                "Parcel JJD000######",
                "########## DHL".substring(0, 14),
                "C1#######",
                "LX#######US")));
    }

    private String coordinates() {
        return String.format(
                java.util.Locale.ROOT,
                pick(List.of("%.6f, %.6f", "%.4f,%.4f", "@%.7f,%.7f,15z", "lat=%.5f&lng=%.5f", "(%.3f, %.3f)")),
                random.nextDouble() * 180 - 90,
                random.nextDouble() * 360 - 180);
    }

    private String article() {
        return switch (random.nextInt(6)) {
            case 0 -> "ISBN 978-3-16-148410-" + random.nextInt(10);
            case 1 -> "ISBN 0-306-406" + fill("##") + "-" + random.nextInt(10);
            case 2 -> fill("97803064#####");
            case 3 -> "SKU " + fill("##-###-##");
            case 4 -> fill("50#####") + "-" + pick(List.of("BLK", "WHT"));
            default -> "EAN " + fill("#############");
        };
    }

    private String sentence() {
        return pick(List.<Supplier<String>>of(
                        () -> "Add " + pick(PRODUCTS) + " to cart",
                        () -> "Showing 1-24 of " + random.nextInt(5000) + " results",
                        () -> pick(PRODUCTS) + " " + random.nextInt(100) + " cm × " + random.nextInt(100) + " cm",
                        () -> "Flights to " + pick(CITIES) + " in " + (2024 + random.nextInt(5)),
                        () -> "You saved " + random.nextInt(100) + " % on " + random.nextInt(9) + " items",
                        () -> "Page " + random.nextInt(40) + " of 40",
                        () -> "1 2 3 4 5 6 7 8 9 10 Next",
                        () -> "Rated 4." + random.nextInt(10) + " (" + random.nextInt(9000) + " reviews)",
                        () -> "iPhone 15 Pro Max 256 GB",
                        () -> "Meet @" + pick(GIVEN) + " at 10:30",
                        () -> "Seats 12A, 12B and 14C",
                        () -> "Follow us @example",
                        () -> "Contact us",
                        () -> "100 200 300 400 500",
                        () -> "logo@2x.png",
                        () -> "Call " + pick(GIVEN),
                        () -> "Basic plan, 12 months, billed monthly"))
                .get();
    }

    private String address() {
        return pick(List.<Function<Integer, String>>of(
                        n -> n + " " + pick(STREETS) + ", " + pick(CITIES) + ", TX " + (70000 + n),
                        n -> pick(STREETS) + " " + n + "\n" + (10000 + n) + " " + pick(CITIES),
                        n -> "Apt. " + n + ", " + pick(CITIES) + " " + String.format("%05d-%04d", 10000 + n, n),
                        n -> "P.O. Box " + n,
                        n -> pick(CITIES) + " 0" + (1000 + n % 999) + "-" + (1000 + n % 8000)))
                .apply(1 + random.nextInt(9000));
    }

    private String quantity() {
        return fill(pick(List.of(
                "36 38 40 42 44",
                "XS 34-36",
                "##x##x## mm",
                "1 234 567 views",
                "# ### ###",
                "10-20-30",
                "2 x 500 g",
                "##,###",
                "#:#",
                "50/100/150",
                "2023 2024 2025",
                "#.###.###",
                "### ### visits",
                "12-24-36 months")));
    }

    private String identifier() {
        return fill(pick(List.of(
                "GA1.2.##########.17########",
                "fb.1.17##########.##########",
                "user_########",
                "ad-######",
                "#######",
                "ses_###########",
                "1###############",
                "row-######",
                "item-##-###",
                "#-####-#",
                "a##b##c##d##",
                "sku########")));
    }

    private String clock() {
        return fill(pick(List.of(
                "10:3#:4#",
                "00:1A:2B:3C:4D:#E",
                "#:##",
                "00:1a:2b:ff:fe:3c:4d:5#",
                "1#:30-1#:45",
                "2#h 1#m",
                "std::vector",
                "Class::method",
                "10::item")));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
