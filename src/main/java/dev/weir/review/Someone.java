package dev.weir.review;

import dev.weir.kernel.Actor;

/** Somebody, as a subject and by name. */
public record Someone(String subject, String name) {

    static Someone of(Actor actor) {
        return new Someone(actor.subject(), actor.name());
    }
}
