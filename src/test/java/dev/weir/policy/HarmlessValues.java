package dev.weir.policy;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What events carry and is nobody's: numbers, names of things and sentences that look a little like personal data. */
final class HarmlessValues {

    private static final List<String> GIVEN = List.of("jane", "john", "maria", "li", "omar", "søren", "priya", "zoë");
    private static final List<String> PRODUCTS =
            List.of("Trail shoe", "Desk lamp", "Oak table", "Blue mug", "Phone case", "USB cable", "Rain jacket");
    private static final List<String> CITIES = List.of("Berlin", "Leeds", "Porto", "Austin", "Kyoto", "Lagos");
    private static final List<String> STREETS = List.of("Elm Street", "High Road", "Main St", "Lindenweg", "Rue Haute");

    private final Chance random;

    HarmlessValues(Chance random) {
        this.random = random;
    }

    String userAgent() {
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

    String version() {
        return random.pick(List.<Supplier<String>>of(
                        () -> "v" + random.fill("#.1#.0"),
                        () -> random.fill("#.#.#-beta.#"),
                        () -> "Version 1." + random.nextInt(20) + "." + random.nextInt(20) + "." + random.nextInt(200),
                        () -> random.fill("#.##.####"),
                        () -> "build " + random.fill("######"),
                        () -> "app@" + random.fill("#.#.#")))
                .get();
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String hex(int length) {
        var out = new StringBuilder();
        while (out.length() < length) {
            out.append(Integer.toHexString(random.nextInt(16)));
        }
        return out.toString();
    }

    String date() {
        int year = 1990 + random.nextInt(45);
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(28);
        int hour = random.nextInt(24);
        return String.format(
                random.pick(List.of(
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

    String order() {
        return random.pick(List.<String>of(
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
                .collect(Collectors.joining());
    }

    String price() {
        return random.fill(random.pick(List.of(
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

    String tracking() {
        return random.fill(random.pick(List.of(
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

    String coordinates() {
        return String.format(
                Locale.ROOT,
                random.pick(List.of("%.6f, %.6f", "%.4f,%.4f", "@%.7f,%.7f,15z", "lat=%.5f&lng=%.5f", "(%.3f, %.3f)")),
                random.nextDouble() * 180 - 90,
                random.nextDouble() * 360 - 180);
    }

    String article() {
        return switch (random.nextInt(6)) {
            case 0 -> "ISBN 978-3-16-148410-" + random.nextInt(10);
            case 1 -> "ISBN 0-306-406" + random.fill("##") + "-" + random.nextInt(10);
            case 2 -> random.fill("97803064#####");
            case 3 -> "SKU " + random.fill("##-###-##");
            case 4 -> random.fill("50#####") + "-" + random.pick(List.of("BLK", "WHT"));
            default -> "EAN " + random.fill("#############");
        };
    }

    String sentence() {
        return random.pick(List.<Supplier<String>>of(
                        () -> "Add " + random.pick(PRODUCTS) + " to cart",
                        () -> "Showing 1-24 of " + random.nextInt(5000) + " results",
                        () -> random.pick(PRODUCTS) + " " + random.nextInt(100) + " cm × " + random.nextInt(100)
                                + " cm",
                        () -> "Flights to " + random.pick(CITIES) + " in " + (2024 + random.nextInt(5)),
                        () -> "You saved " + random.nextInt(100) + " % on " + random.nextInt(9) + " items",
                        () -> "Page " + random.nextInt(40) + " of 40",
                        () -> "1 2 3 4 5 6 7 8 9 10 Next",
                        () -> "Rated 4." + random.nextInt(10) + " (" + random.nextInt(9000) + " reviews)",
                        () -> "iPhone 15 Pro Max 256 GB",
                        () -> "Meet @" + random.pick(GIVEN) + " at 10:30",
                        () -> "Seats 12A, 12B and 14C",
                        () -> "Follow us @example",
                        () -> "Contact us",
                        () -> "100 200 300 400 500",
                        () -> "logo@2x.png",
                        () -> "Call " + random.pick(GIVEN),
                        () -> "Basic plan, 12 months, billed monthly"))
                .get();
    }

    String address() {
        return random.pick(List.<Function<Integer, String>>of(
                        n -> n + " " + random.pick(STREETS) + ", " + random.pick(CITIES) + ", TX " + (70000 + n),
                        n -> random.pick(STREETS) + " " + n + "\n" + (10000 + n) + " " + random.pick(CITIES),
                        n -> "Apt. " + n + ", " + random.pick(CITIES) + " " + String.format("%05d-%04d", 10000 + n, n),
                        n -> "P.O. Box " + n,
                        n -> random.pick(CITIES) + " 0" + (1000 + n % 999) + "-" + (1000 + n % 8000)))
                .apply(1 + random.nextInt(9000));
    }

    String quantity() {
        return random.fill(random.pick(List.of(
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

    String identifier() {
        return random.fill(random.pick(List.of(
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

    String clock() {
        return random.fill(random.pick(List.of(
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
}
