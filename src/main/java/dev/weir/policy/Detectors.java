package dev.weir.policy;

import java.util.List;

/** The names of all detectors, in the order in which they look. */
final class Detectors {

    /** Both engines have these. */
    static final List<String> SHARED =
            List.of("jwt", "apikey", "email", "iban", "card", "ssn", "dob", "ipv6", "ipv4", "phone");

    private Detectors() {}
}
