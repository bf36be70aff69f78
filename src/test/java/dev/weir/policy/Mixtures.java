package dev.weir.policy;

import java.util.List;
import java.util.Random;

/** Texts that almost are what detectors look for: digits in groups, words that hint, beginnings of tokens, escapes, thrown together. */
final class Mixtures {

    static final List<String> KEYS = List.of(
            "",
            "",
            "phone",
            "homePhone",
            "card",
            "ssn",
            "dob",
            "birthDate",
            "app_version",
            "order_id",
            "ean",
            "my_number",
            "my number",
            "socialSecurity",
            "D.O.B",
            "\u212aphone",
            "contact",
            "numberPhoneId",
            "phone_model");

    private static final List<String> ALPHABETS = List.of(
            "0123456789 .-/()+,x#",
            "1234567890:abcdefg.",
            "abcdefgh@.-_\"0129",
            "0123456789ABDEGLNOSTabde .-/_+",
            "e yJ.ABCab-_0123=",
            "sk-_gh pB earsicASIAKZ0123456789",
            "%&#;x0123456789abcdef\\untr",
            "12 .",
            "01 -",
            "0 (+)1",
            "1. -/",
            "eyJ.",
            "a@.",
            "\"=: ab;&",
            "\u00a0\u200b\uff11\uff20\u20101a\u0130\u212a\ud83d\ude00 @");

    private static final List<String> WORDS = List.of(
            "phone",
            "Phone",
            "homePhone",
            " call me at ",
            " my number is ",
            "born on ",
            "dob ",
            "birthDate",
            "card no ",
            "cardNumber",
            "ssn",
            "social security ",
            "socialSecurity",
            "isbn",
            "order no. ",
            "version ",
            "Mozilla/5.0 ",
            "id:",
            "tel.",
            "$",
            "€ ",
            "_",
            "v",
            "rv:",
            "ean",
            "visa",
            "+49 ",
            "0049 ",
            "(030) ",
            "AKIA",
            "Bearer ",
            "basic ",
            "-----BEGIN RSA PRIVATE KEY-----",
            "eyJhbGciOiJIUzI1NiJ9.",
            "DE89",
            "DE89 3704 0044 0532 0130 00",
            "gb82west12345698765432",
            "4111 1111 1111 1111",
            "378282246310005",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0x.abc",
            "2001:db8::8a2e:370:7334",
            "AKIAIOSFODNN7EXAMPLE",
            "GB82 WEST",
            "xox",
            "sk_live_",
            "ext. ",
            "x",
            "#",
            "1980-01-31",
            "January",
            "1st",
            "19",
            "20",
            "::",
            "ffff:",
            "192.168.0.1",
            "4111",
            "3782",
            "378-22",
            "078-05-1120",
            "@example.com",
            "jane.doe",
            "%40",
            "%2540",
            "&#64;",
            "\\u0040",
            "KD-",
            "ab7",
            "||",
            "token=",
            "\"token\":\"",
            "[email]",
            "[",
            "]",
            "\u212a",
            "\u0130D ");

    private final Random random;

    Mixtures(long seed) {
        this.random = new Random(seed);
    }

    String key() {
        return pick(KEYS);
    }

    String text() {
        var text = new StringBuilder();
        var alphabet = pick(ALPHABETS);
        for (int parts = 1 + random.nextInt(8); parts > 0; parts--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append(pick(WORDS));
                case 1 -> characters(text, "0123456789", 1 + random.nextInt(12));
                case 2 -> grouped(text);
                case 3 -> text.append(pick(List.of(" ", ".", "-", "/", ",", ":", ";", "", "(", ")", "+", " ")));
                default -> characters(text, random.nextInt(3) == 0 ? pick(ALPHABETS) : alphabet, random.nextInt(24));
            }
        }
        return text.toString();
    }

    private void grouped(StringBuilder text) {
        var gap = pick(List.of(" ", "-", ".", "/", " - ", "", "+", "|", "_", ":"));
        for (int groups = 1 + random.nextInt(6); groups > 0; groups--) {
            characters(text, "0123456789", 1 + random.nextInt(5));
            text.append(groups > 1 ? gap : "");
        }
    }

    private void characters(StringBuilder text, String alphabet, int count) {
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
