package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
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

    private final Chance random;
    private final PersonalValues personal;
    private final HarmlessValues harmless;

    Samples(long seed) {
        random = new Chance(seed);
        personal = new PersonalValues(random);
        harmless = new HarmlessValues(random);
    }

    List<Sample> with(String kind, int count) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            samples.add(
                    switch (kind) {
                        case "email" -> wrapped(kind, personal.email(), "email", "contact_email");
                        case "card" -> wrapped(kind, personal.card(), "cardNumber", "note");
                        case "ssn" -> ssn();
                        case "iban" -> wrapped(kind, personal.iban(), "iban", "account");
                        case "ip" ->
                            wrapped(kind, random.nextInt(3) > 0 ? personal.ipv4() : personal.ipv6(), "ip", "client");
                        case "phone" -> phone();
                        default -> throw new IllegalArgumentException(kind);
                    });
        }
        return samples;
    }

    List<Sample> clean(int each) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < each; i++) {
            add(samples, "user agent", harmless.userAgent());
            add(samples, "version", harmless.version());
            add(samples, "uuid", harmless.uuid());
            add(samples, "hash", harmless.hex(random.pick(List.of(32, 40, 64))));
            add(samples, "date", harmless.date());
            add(samples, "order number", harmless.order());
            add(samples, "price", harmless.price());
            add(samples, "tracking number", harmless.tracking());
            add(samples, "coordinates", harmless.coordinates());
            add(samples, "book and article numbers", harmless.article());
            add(samples, "text", harmless.sentence());
            add(samples, "address", harmless.address());
            add(samples, "size and quantity", harmless.quantity());
            add(samples, "identifier", harmless.identifier());
            add(samples, "mac address and time", harmless.clock());
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

    private Sample ssn() {
        var value = personal.ssn();
        if (value.length() == 9) {
            return random.pick(List.of(
                    new Sample("ssn", value, "ssn", value),
                    new Sample("ssn", "SSN: " + value, null, value),
                    new Sample("ssn", "my social security number is " + value, null, value),
                    new Sample("ssn", "ssn=" + value + "&x=1", null, value)));
        }
        return wrapped("ssn", value, "socialSecurityNumber", "note");
    }

    private Sample phone() {
        var value = personal.phone();
        if (value.matches("\\d{10}")) {
            return random.pick(List.of(
                    new Sample("phone", value, "phone", value),
                    new Sample("phone", value, "mobileNumber", value),
                    new Sample("phone", "Call me at " + value, null, value),
                    new Sample("phone", "my phone number is " + value + ".", null, value),
                    new Sample("phone", "tel=" + value + "&a=b", null, value)));
        }
        return wrapped("phone", value, "phone_number", "note");
    }
}
