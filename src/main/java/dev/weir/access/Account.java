package dev.weir.access;

import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import java.util.Optional;

/**
 * The row of a local account. It never leaves this package; {@link Person} does.
 *
 * @param version changes with role, password, link and being disabled: who changes one of them says which version they looked at
 */
record Account(
        String id,
        String login,
        String name,
        String role,
        Optional<String> passwordHash,
        boolean disabled,
        long version) {

    /** Somebody who is new. */
    Account(String id, String login, String name, String role, Optional<String> passwordHash) {
        this(id, login, name, role, passwordHash, false, 0);
    }

    String subject() {
        return "local:" + id;
    }

    /** As what a change of it is about. */
    Thing thing() {
        return Thing.of("account", id);
    }

    Actor actor(Actor.Means means) {
        return new Actor(subject(), name, means);
    }

    /** What the change log says of an account that is new. */
    Entry introduced(Actor by, String action) {
        return Entry.of(by, action, thing())
                .personal("name", subject(), null, name)
                .personal("login", subject(), null, login)
                .change("role", null, role);
    }
}
