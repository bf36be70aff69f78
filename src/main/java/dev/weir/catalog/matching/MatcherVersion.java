package dev.weir.catalog.matching;

import dev.weir.event.Event;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How events are compared with filters. A new version comes beside the one in force and changes nothing until somebody has seen what it
 * would change and agreed. The numbers are stored: never change what one of them means.
 */
public enum MatcherVersion {
    /** Everything counts as it is spelt. */
    ONE(1, "Addresses are compared as they are spelt."),

    /** Browsers spell {@code /café} as {@code /caf%C3%A9}: addresses are compared as people write them, see {@link Spelling}. */
    TWO(
            2,
            "Addresses are compared as people write them: browsers send /caf%C3%A9 for /café, which version 1 does not find under its name.");

    /** What an installation without definitions begins with; migrations say so too. */
    public static final MatcherVersion NEWEST = TWO;

    private static final MatcherVersion BEFORE = ONE;

    private final int number;
    private final String words;

    MatcherVersion(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public static Optional<MatcherVersion> of(int number) {
        return Arrays.stream(values())
                .filter(version -> version.number == number)
                .findFirst();
    }

    public int number() {
        return number;
    }

    /** What it is that this version does. */
    public String words() {
        return words;
    }

    /** Whether there is no newer one. */
    public boolean newest() {
        return this == NEWEST;
    }

    /** The version to compare this one with: the newest, or the one before it. */
    public MatcherVersion other() {
        return this == NEWEST ? BEFORE : NEWEST;
    }

    /** A filter as a question about one event after the other. */
    public Predicate<Event> test(Filter filter) {
        var read = read(filter);
        return event -> read.test(subject(event));
    }

    Subject subject(Event event) {
        return new Subject(event, this);
    }

    /** An address of an event, or a value that one is compared with. */
    String address(String text) {
        return this == ONE ? text : Spelling.readable(text);
    }

    /** The filter, with its values as this version compares them. */
    Filter read(Filter filter) {
        if (this == ONE) {
            return filter;
        }
        if (filter instanceof Filter.All all) {
            return new Filter.All(all.parts().stream().map(this::read).toList());
        }
        if (filter instanceof Filter.Any any) {
            return new Filter.Any(any.parts().stream().map(this::read).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(read(not.part()));
        }
        return filter instanceof Filter.Condition condition && condition.field().address()
                ? new Filter.Condition(
                        condition.field(), condition.name(), condition.operator(), address(condition.value()))
                : filter;
    }
}
