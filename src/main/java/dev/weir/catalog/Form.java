package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.event.EventType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A definition as somebody typed or sent it. Becomes {@link Details}, or says field by field why not; never quotes what was typed. */
public record Form(
        String name,
        String type,
        String filter,
        String category,
        String tags,
        String description,
        String context,
        String criticality,
        String ownerKind,
        String owner) {

    static final Form EMPTY = new Form("", "pageview", "", "", "", "", "", "normal", "team", "");

    static final int LONGEST_NAME = 100;
    static final int LONGEST_TEXT = 2000;
    static final int LONGEST_REASON = 1000;
    static final int MOST_TAGS = 20;

    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** What became of a form: details, or errors by the name of their field. */
    public record Read(Optional<Details> details, Map<String, String> errors) {
        public Read {
            errors = Map.copyOf(errors);
        }
    }

    static Form of(Details details) {
        return new Form(
                details.name(),
                details.type().wire(),
                details.filter().toString(),
                details.category(),
                String.join(", ", details.tags()),
                details.description(),
                details.context(),
                details.criticality().id(),
                details.owner().map(Owner::kind).orElse("team"),
                details.ownerName());
    }

    public Read read() {
        var errors = new LinkedHashMap<String, String>();
        if (name.isBlank()
                || name.strip().length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            errors.put("name", "Give it a name of at most 100 characters.");
        }
        var kind = EventType.of(type).filter(Details.TYPES::contains);
        if (kind.isEmpty()) {
            errors.put("type", "The type is pageview, click, change, submit or custom.");
        }
        var parsed = Filter.parse(filter.strip());
        parsed.<Optional<String>>match(
                        valid -> Optional.empty(),
                        refused -> Optional.of(
                                "At character " + (refused.position() + 1) + ": " + refused.message() + "."))
                .ifPresent(error -> errors.put("filter", error));
        check(errors, "category", category, LONGEST_NAME);
        check(errors, "description", description, LONGEST_TEXT);
        check(errors, "context", context, LONGEST_TEXT);
        check(errors, "owner", owner, LONGEST_NAME);
        if (!owner.isBlank() && !ownerKind.equals("person") && !ownerKind.equals("team")) {
            errors.put("owner", "An owner is a person or a team.");
        }
        var level = Criticality.of(criticality.isBlank() ? "normal" : criticality);
        if (level.isEmpty()) {
            errors.put("criticality", "Criticality is low, normal or high.");
        }
        var words = words(tags);
        if (words.size() > MOST_TAGS
                || words.stream().anyMatch(tag -> !TAG.matcher(tag).matches())) {
            errors.put("tags", "At most 20 tags, between commas; each has letters, digits and hyphens, at most 32.");
        }
        if (!errors.isEmpty()) {
            return new Read(Optional.empty(), errors);
        }
        return new Read(
                Optional.of(new Details(
                        name.strip(),
                        kind.orElseThrow(),
                        parsed.match(valid -> valid, refused -> {
                            throw new IllegalStateException("was valid");
                        }),
                        category.strip(),
                        words,
                        description.strip(),
                        context.strip(),
                        level.orElseThrow(),
                        owner.isBlank()
                                ? Optional.empty()
                                : Optional.of(new Owner(ownerKind.equals("team"), owner.strip())))),
                Map.of());
    }

    Form withTags(Stream<String> some) {
        return new Form(
                name,
                type,
                filter,
                category,
                some.collect(Collectors.joining(",")),
                description,
                context,
                criticality,
                ownerKind,
                owner);
    }

    Form withCategory(String other) {
        return new Form(name, type, filter, other, tags, description, context, criticality, ownerKind, owner);
    }

    Form withCriticality(String level) {
        return new Form(name, type, filter, category, tags, description, context, level, ownerKind, owner);
    }

    Form withOwner(String kind, String other) {
        return new Form(name, type, filter, category, tags, description, context, criticality, kind, other);
    }

    private static void check(Map<String, String> errors, String field, String value, int longest) {
        if (value.strip().length() > longest) {
            errors.put(field, "At most " + longest + " characters.");
        }
    }

    static List<String> words(String tags) {
        return Arrays.stream(tags.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}
