package dev.weir.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.policy.Samples.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much of what should be found is found, and how much of what should be left alone is left alone: on the corpora and on {@link Samples}. */
final class Accuracy {

    static final long SEED = 20261124;

    private static final Path CORPORA = Path.of("src/test/resources/pii");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[a-z0-9-]+]");
    private static final Scrubber ALL = Scrubber.of(Detectors.SHARED.stream()
            .map(name -> TextRule.detector(name, Action.MASK))
            .toList());

    private Accuracy() {}

    /** Rows of one source and kind: how many there are, how many came out right, and the first that did not. */
    static final class Row {
        final String kind;
        final String source;
        int total;
        int right;
        final List<String> wrong = new ArrayList<>();

        Row(String kind, String source) {
            this.kind = kind;
            this.source = source;
        }

        double share() {
            return total == 0 ? 1 : (double) right / total;
        }
    }

    /** What should be found, by kind and source; then what should not, under the kind "clean". */
    static List<Row> measure() {
        var rows = new TreeMap<String, Row>();
        for (var sample : positives()) {
            count(rows, sample, found(sample));
        }
        for (var sample : clean()) {
            count(rows, new Sample("clean: " + sample.kind(), sample.text(), sample.key(), null), untouched(sample));
        }
        return List.copyOf(rows.values());
    }

    private static void count(Map<String, Row> rows, Sample sample, boolean right) {
        var parts = sample.kind().split("/", 2);
        var row = rows.computeIfAbsent(
                sample.kind(), ignored -> new Row(parts[0], parts.length > 1 ? parts[1] : "generated"));
        row.total++;
        if (right) {
            row.right++;
        } else if (row.wrong.size() < 400) {
            row.wrong.add((sample.key() == null ? "" : sample.key() + " = ") + sample.text() + " → "
                    + ALL.scrub(sample.text(), sample.key()).text());
        }
    }

    /** Found: no more of the secret is left in one piece than two characters, or a quarter of it (an area code, a top-level domain). */
    private static boolean found(Sample sample) {
        var scrubbed = ALL.scrub(sample.text(), sample.key());
        if (!scrubbed.changed()) {
            return false;
        }
        var secret = java.util.Objects.requireNonNull(sample.secret());
        var left = PLACEHOLDER.matcher(String.valueOf(scrubbed.text())).replaceAll("\n");
        int longest = 0;
        for (int from = 0; from < secret.length(); from++) {
            for (int to = from + longest + 1;
                    to <= secret.length() && left.contains(secret.substring(from, to));
                    to++) {
                longest = to - from;
            }
        }
        return longest <= Math.max(2, secret.length() / 4);
    }

    private static boolean untouched(Sample sample) {
        var scrubbed = ALL.scrub(sample.text(), sample.key());
        return !scrubbed.changed() && sample.text().equals(scrubbed.text());
    }

    static List<Sample> positives() {
        var samples = new ArrayList<Sample>();
        var generator = new Samples(SEED);
        for (var kind : List.of("email", "card", "ssn", "iban", "ip", "phone")) {
            samples.addAll(generator.with(kind, 2000));
        }
        for (var row : rows("validatorjs/vectors.jsonl")) {
            if (!row.path("valid").asBoolean()) {
                continue;
            }
            var text = row.path("text").asText();
            switch (row.path("validator").asText()) {
                case "isEmail" -> samples.add(new Sample("email/validatorjs", text, null, address(text)));
                case "isCreditCard" -> samples.add(new Sample("card/validatorjs", text, null, text));
                case "isIBAN" -> samples.add(new Sample("iban/validatorjs", text, null, text));
                case "isIPRange" -> {
                    var network = text.substring(0, text.indexOf('/'));
                    if (network.chars().anyMatch(Accuracy::nonZero)) {
                        samples.add(new Sample("ip/validatorjs", text, null, network));
                    }
                }
                case "isMobilePhone" ->
                    samples.add(new Sample("phone/validatorjs, under the key phone", text, "phone", text));
                default -> {
                    // not of a kind that the detectors look for
                }
            }
        }
        for (var row : rows("commons-validator/vectors.jsonl")) {
            var text = row.path("text").asText();
            if (row.path("mod97").asBoolean()) {
                samples.add(new Sample("iban/commons-validator", text, null, text));
            } else if (row.path("luhn").asBoolean()) {
                samples.add(new Sample("card/commons-validator", text, null, text));
            }
        }
        for (var row : rows("libphonenumber/examples.jsonl")) {
            var text = row.path("e164").asText();
            samples.add(new Sample("phone/libphonenumber, E.164", text, null, text));
            var national = row.path("national").asText();
            samples.add(new Sample("phone/libphonenumber, national, under the key phone", national, "phone", national));
        }
        for (var row : rows("commonregex/vectors.jsonl")) {
            var text = row.path("text").asText();
            if (row.path("valid").asBoolean()) {
                switch (row.path("test").asText()) {
                    case "test_emails" -> samples.add(new Sample("email/commonregex", text, null, text));
                    case "test_ips", "test_ipv6s" -> samples.add(new Sample("ip/commonregex", text, null, text));
                    case "test_ssn" -> samples.add(new Sample("ssn/commonregex", text, null, text));
                    case "test_phones", "test_phones_with_extensions" ->
                        samples.add(new Sample("phone/commonregex, under the key phone", text, "phone", text));
                    default -> {
                        // not of a kind that the detectors look for
                    }
                }
            }
        }
        presidio(samples);
        return samples;
    }

    private static void presidio(List<Sample> samples) {
        var kinds = Map.of(
                "email",
                "email",
                "credit_card",
                "card",
                "us_ssn",
                "ssn",
                "ip",
                "ip",
                "phone",
                "phone",
                "ph_mobile_number",
                "phone",
                "tr_phone_number",
                "phone");
        for (var row : rows("presidio-recognizers/vectors.jsonl")) {
            var kind = kinds.get(row.path("recognizer").asText());
            var spans = row.path("expected_spans");
            if (kind == null || row.path("expected_count").asInt() == 0) {
                continue;
            }
            var text = row.path("text").asText();
            var key = kind.equals("ssn") && text.matches("\\d{9}")
                    ? "ssn"
                    : kind.equals("phone") && text.matches("\\d{10,11}") ? "phone" : null;
            if (spans.isEmpty()) {
                samples.add(new Sample(
                        kind + "/presidio", text, key, text.contains(" ") ? text.replaceAll("^[^\\d]*", "") : text));
            }
            for (var span : spans) {
                var secret = text.substring(span.path(0).asInt(), span.path(1).asInt());
                if (!secret.matches("::(/\\d+)?")) {
                    samples.add(new Sample(kind + "/presidio", text, key, secret.replaceAll("[%/].*", "")));
                }
            }
        }
    }

    private static boolean nonZero(int c) {
        return c >= '1' && c <= '9';
    }

    private static String address(String text) {
        int open = text.lastIndexOf('<');
        return open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text;
    }

    private static final Set<String> CLEAN_VALID = Set.of(
            "isUUID",
            "isHash",
            "isMD5",
            "isSemVer",
            "isMongoId",
            "isISO8601",
            "isRFC3339",
            "isLatLong",
            "isEAN",
            "isHexColor",
            "isSlug",
            "isULID",
            "isMACAddress",
            "isMimeType",
            "isFQDN");

    private static final Set<String> INVALID = Set.of("isCreditCard", "isIBAN", "isIPRange");

    /** Values that some row calls valid: where another row calls one invalid, it means the brand, the country or the version asked for. */
    private static List<String> valid() {
        return rows("validatorjs/vectors.jsonl").stream()
                .filter(row -> row.path("valid").asBoolean()
                        && INVALID.contains(row.path("validator").asText()))
                .map(row -> row.path("text").asText())
                .toList();
    }

    /** Whether what stands before the slash is a valid address, so that only the length of the prefix is wrong. */
    private static boolean address4or6(String range) {
        var address = range.replaceAll("[/%].*", "");
        if (address.matches("\\d+(\\.\\d+){3}")) {
            return java.util.Arrays.stream(address.split("\\.", -1))
                    .allMatch(octet -> octet.length() < 4 && Integer.parseInt(octet) < 256);
        }
        return address.contains("::") || address.chars().filter(c -> c == ':').count() == 7;
    }

    static List<Sample> clean() {
        var samples = new ArrayList<Sample>(new Samples(SEED + 1).clean(1000));
        var known = valid();
        for (var row : rows("validatorjs/vectors.jsonl")) {
            var validator = row.path("validator").asText();
            boolean valid = row.path("valid").asBoolean();
            var text = row.path("text").asText();
            if (valid && CLEAN_VALID.contains(validator)) {
                samples.add(new Sample(validator + "/validatorjs, valid", text, null, null));
            } else if (!valid
                    && INVALID.contains(validator)
                    && known.stream().noneMatch(text::contains)
                    && !address4or6(text)) {
                samples.add(new Sample(validator + "/validatorjs, invalid", text, null, null));
            }
        }
        for (var row : rows("presidio-recognizers/vectors.jsonl")) {
            var recognizer = row.path("recognizer").asText();
            boolean none = row.path("expected_count").asInt() == 0;
            if ((none && Set.of("ip", "credit_card", "email", "us_ssn", "mac").contains(recognizer))
                    || Set.of("date", "mac", "uk_postcode").contains(recognizer)) {
                samples.add(
                        new Sample(recognizer + "/presidio", row.path("text").asText(), null, null));
            }
        }
        for (var row : rows("commonregex/vectors.jsonl")) {
            if (row.path("test")
                    .asText()
                    .matches("test_(numeric|verbose|times|prices|hexcolors|street_addresses|po_boxes|zip_codes)")) {
                samples.add(new Sample(
                        "dates, prices, addresses/commonregex", row.path("text").asText(), null, null));
            }
        }
        return samples;
    }

    private static List<JsonNode> rows(String file) {
        var json = new ObjectMapper();
        try {
            var rows = new ArrayList<JsonNode>();
            for (var line : Files.readAllLines(CORPORA.resolve(file))) {
                rows.add(json.readTree(line));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable Row find(List<Row> rows, String kind) {
        return rows.stream().filter(row -> row.kind.equals(kind)).findFirst().orElse(null);
    }
}
