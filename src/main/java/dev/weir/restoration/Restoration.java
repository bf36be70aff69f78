package dev.weir.restoration;

import dev.weir.changelog.Thing;
import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that a thing be again what a row of the change log left it as.
 *
 * @param object of the kind, as rows of the log name it
 * @param environment the one it belongs to, where it belongs to one
 * @param row that it goes back to
 * @param seen the newest row about the thing when this was asked for
 * @param version of the thing then: with another one nothing becomes of it any more
 * @param hash of what was looked at; never changes
 * @param answer why it was declined
 */
public record Restoration(
        long number,
        Versioned kind,
        String object,
        Optional<EnvironmentKey> environment,
        long row,
        long seen,
        long version,
        String hash,
        String reason,
        Person asker,
        Instant askedAt,
        State state,
        Optional<Person> decidedBy,
        Optional<Instant> decidedAt,
        String answer) {

    public record Person(String subject, String name) {}

    /** What became of it. The names are stored: never rename one. */
    public enum State {
        OPEN("info"),
        APPLIED("ok"),
        DECLINED("bad"),
        WITHDRAWN(""),
        VOID("");

        private final String tone;

        State(String tone) {
            this.tone = tone;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String tone() {
            return tone;
        }
    }

    public boolean open() {
        return state == State.OPEN;
    }

    /** As the change log names it. */
    public Thing thing() {
        var id = String.valueOf(number);
        return environment.map(key -> Thing.in(key, "restoration", id)).orElseGet(() -> Thing.of("restoration", id));
    }

    public String address() {
        return "/console/restorations/" + number;
    }

    Restoration decided(State became, Person by, Instant at, String why) {
        return new Restoration(
                number,
                kind,
                object,
                environment,
                row,
                seen,
                version,
                hash,
                reason,
                asker,
                askedAt,
                became,
                Optional.of(by),
                Optional.of(at),
                why);
    }
}
