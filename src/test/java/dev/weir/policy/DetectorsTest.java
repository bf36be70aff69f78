package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {

    private static final Pattern NAMED = Pattern.compile(
            "/\\* ([a-z0-9-]+) \\*/\\s*(?:/((?:[^/\\\\\\n\\[]|\\\\.|\\[(?:[^\\]\\\\]|\\\\.)*\\])+)/|\"((?:[^\"\\\\\\n]|\\\\.)*)\")");

    private static final Scrubber ALL = Scrubber.of(Detectors.SHARED.stream()
            .map(name -> TextRule.detector(name, Action.MASK))
            .toList());

    @Test
    void the_browser_has_the_same_expressions_letter_for_letter() throws IOException, IllegalAccessException {
        var browser = new TreeMap<String, String>();
        var sources = new StringBuilder();
        for (var source : List.of("detectors.ts", "text.ts", "url.ts", "engine.ts")) {
            sources.append(Files.readString(Path.of("src/main/collector", source)));
        }
        var matcher = NAMED.matcher(sources);
        while (matcher.find()) {
            browser.put(
                    matcher.group(1),
                    matcher.group(2) != null
                            ? matcher.group(2)
                            : matcher.group(3).replace("\\\\", "\\"));
        }
        Map<String, String> server = new TreeMap<>();
        for (Field field : Expressions.class.getDeclaredFields()) {
            if (field.isSynthetic()) {
                continue;
            }
            var value = field.get(null);
            server.put(
                    field.getName().toLowerCase(Locale.ROOT).replace('_', '-'),
                    value instanceof Pattern pattern ? pattern.pattern() : String.valueOf(value));
        }

        assertThat(browser).isEqualTo(server).hasSizeGreaterThan(30);
    }

    @Test
    void the_order_of_looking_is_the_documented_one() {
        assertThat(NaiveDetectors.ALL).extracting(NaiveDetectors.Detector::name).isEqualTo(Detectors.SHARED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail jane.doe+shop@example.co.uk now | mail [email] now",
                "jane%40example.com | [email]",
                "jane%2540example.com | [email]",
                "jane&#64;example.com | [email]",
                "jane\\u0040example.com | [email]",
                "\"jane doe\"@example.com | [email]",
                "søren@bücher.example | [email]",
                "card 4111 1111 1111 1111 exp 12/25 | card [card] exp 12/25",
                "4111-1111-1111-1111 | [card]",
                "4111\u00a01111\u00a01111\u00a01111 | [card]",
                "4111+1111+1111+1111 | [card]",
                "４１１１１１１１１１１１１１１１ | [card]",
                "41\u200b11 1111 1111 1111 | [card]",
                "3782 822463 10005 | [card]",
                "DE89 3704 0044 0532 0130 00 please | [iban] please",
                "iban gb82west12345698765432. | iban [iban].",
                "078-05-1120 | [ssn]",
                "SSN: 123456789 | SSN: [ssn]",
                "ssn=123456789&a=b | ssn=[ssn]&a=b",
                "born on 1 January 1980 | born on [dob]",
                "dob=1980-01-31 | dob=[dob]",
                "date of birth: 31.01.1980 | date of birth: [dob]",
                "2001:db8::8a2e:370:7334 | [ipv6]",
                "::ffff:192.0.2.1 | [ipv6]",
                "from 192.168.0.1:8080 | from [ipv4]:8080",
                "(555) 123-4567 x123 | [phone]",
                "001-555-123-4567 | [phone]",
                "+1-555-123-4567 | [phone]",
                "555.123.4567 | [phone]",
                "020 7946 0958 | [phone]",
                "+44 (0)20 7946 0958 | [phone]",
                "call me at 5551234567 | call me at [phone]",
                "phone=5551234567 | phone=[phone]",
                "AKIAIOSFODNN7EXAMPLE | [apikey]",
                "Authorization: Bearer abc123def456ghi789 | Authorization: [apikey]",
                "Basic dXNlcjpwYXNz | [apikey]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0x.abc | [jwt]",
            })
    void personal_data_is_masked(String text, String masked) {
        assertThat(ALL.scrub(unescaped(text), null).text()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1112",
                "order 123456789",
                "000-12-3456",
                "GB82WEST12345698765433",
                "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36",
                "version 1.2.3.4",
                "1.2.3.4.5",
                "256.1.1.1",
                "12:30:45",
                "00:1A:2B:3C:4D:5E",
                "std::vector",
                "2024-01-31 10:30",
                "released 1980-01-31",
                "1 234 567",
                "$1,234,567.89",
                "order number 112-1234567-1234567",
                "978-3-16-148410-0",
                "ISBN 0-306-40615-2",
                "5551234567",
                "d41d8cd98f00b204e9800998ecf8427e",
                "550e8400-e29b-41d4-a716-446655440000",
                "logo@2x.png",
                "react@18.2.0",
                "Basic Subscription",
                "iPhone 15 1234567",
                "52.5200, 13.4050",
            })
    void what_only_looks_like_it_is_left_alone(String text) {
        assertThat(ALL.scrub(text, null)).isEqualTo(new Scrubbed(text, java.util.List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "5551234567, phone, [phone]",
        "5551234567, homePhone, [phone]",
        "5551234567, customer.mobile_number, [phone]",
        "5551234567, order_id, 5551234567",
        "5551234567, phone_model, 5551234567",
        "5551234567, author, 5551234567",
        "078051120, ssn, [ssn]",
        "078051120, socialSecurityNumber, [ssn]",
        "078051120, sku, 078051120",
        "1.2.3.4, app_version, 1.2.3.4",
        "1.2.3.4, client, [ipv4]",
        "1980-01-31, birthDate, [dob]",
        "1980-01-31, createdAt, 1980-01-31",
        "4006381333931, ean, 4006381333931",
    })
    void the_key_is_a_hint(String text, String key, String masked) {
        assertThat(ALL.scrub(text, key).text()).isEqualTo(masked);
    }

    private static String unescaped(String text) {
        return text.replace("\\u00a0", "\u00a0").replace("\\u200b", "\u200b");
    }
}
