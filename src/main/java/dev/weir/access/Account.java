package dev.weir.access;

import java.util.Optional;

/** The row of a local account. It never leaves this package; {@link Person} does. */
record Account(String id, String login, String name, String role, Optional<String> passwordHash, boolean disabled) {

    String subject() {
        return "local:" + id;
    }
}
