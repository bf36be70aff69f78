package dev.weir.catalog.standards;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of a definition. The set is closed, and the names are stored: never rename one. docs/standards.md. */
public enum Rule {
    NAME_FORM("Form of the name", Kind.FORM),
    EVENT_NAME_FORM("Form of the names of custom events", Kind.FORM),
    DESCRIPTION("A description", Kind.GIVEN),
    CONTEXT("A business context", Kind.GIVEN),
    CATEGORY("A category", Kind.GIVEN),
    TAGS("At least one tag", Kind.GIVEN),
    OWNER("An owner, already in a draft", Kind.GIVEN),
    ALLOWED_CATEGORIES("Only these categories", Kind.LIST),
    ALLOWED_TAGS("Only these tags", Kind.LIST),
    STABILITY("Least stability of the filter", Kind.NUMBER);

    /** What has to be said beside the level. */
    public enum Kind {
        /** Nothing: it is there or not. */
        GIVEN,
        FORM,
        LIST,
        NUMBER
    }

    private final String words;
    private final Kind kind;

    Rule(String words, Kind kind) {
        this.words = words;
        this.kind = kind;
    }

    /** As stored, in answers and in the change log: {@code name-form}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Rule> of(String id) {
        return Stream.of(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    public String words() {
        return words;
    }

    public Kind kind() {
        return kind;
    }

    public boolean given() {
        return kind == Kind.GIVEN;
    }

    public boolean form() {
        return kind == Kind.FORM;
    }

    public boolean list() {
        return kind == Kind.LIST;
    }

    public boolean number() {
        return kind == Kind.NUMBER;
    }
}
