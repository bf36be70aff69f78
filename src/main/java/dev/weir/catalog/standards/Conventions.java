package dev.weir.catalog.standards;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an organisation asks of each of its definitions: of each rule how much it weighs, and what it asks for. Says what a definition
 * breaks; knows nobody, and lets nothing pass or fail by itself.
 *
 * @param levels of all rules
 * @param name how definitions are named
 * @param event how the custom events are named that a filter asks for
 * @param categories that are allowed
 * @param tags that are allowed
 * @param stability that a filter has at least
 */
public record Conventions(
        Map<Rule, Level> levels,
        NameForm name,
        NameForm event,
        List<String> categories,
        List<String> tags,
        int stability) {

    /** What holds where nobody has said anything: it warns of what the starter pack does better, and blocks nothing. */
    public static final Conventions DEFAULT = new Conventions(
            Map.of(
                    Rule.NAME_FORM, Level.WARN,
                    Rule.DESCRIPTION, Level.WARN,
                    Rule.CATEGORY, Level.WARN,
                    Rule.STABILITY, Level.WARN),
            NameForm.TITLE,
            NameForm.TITLE,
            List.of(),
            List.of(),
            40);

    public Conventions {
        var all = new EnumMap<Rule, Level>(Rule.class);
        for (var rule : Rule.values()) {
            all.put(rule, levels.getOrDefault(rule, Level.OFF));
        }
        levels = Map.copyOf(all);
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
    }

    public Level level(Rule rule) {
        return levels.getOrDefault(rule, Level.OFF);
    }

    /** What a definition breaks, in the order of the rules. */
    public List<Deviation> look(Said said) {
        var found = new ArrayList<Deviation>();
        for (var rule : Rule.values()) {
            var level = level(rule);
            if (level != Level.OFF) {
                broken(rule, said).ifPresent(text -> found.add(new Deviation(rule, level, text)));
            }
        }
        return List.copyOf(found);
    }

    private Optional<String> broken(Rule rule, Said said) {
        return switch (rule) {
            case NAME_FORM ->
                unless(name.fits(said.name()), "The name is not of the form that names have: " + name.words() + ".");
            case EVENT_NAME_FORM ->
                unless(
                        said.events().stream().allMatch(event::fits),
                        "The filter asks for a custom event whose name is not of the form that these have: "
                                + event.words() + ".");
            case DESCRIPTION -> unless(!said.description().isEmpty(), "There is no description.");
            case CONTEXT -> unless(!said.context().isEmpty(), "There is no business context.");
            case CATEGORY -> unless(!said.category().isEmpty(), "There is no category.");
            case TAGS -> unless(!said.tags().isEmpty(), "There is no tag.");
            case OWNER -> unless(said.owned(), "There is no owner.");
            case ALLOWED_CATEGORIES ->
                unless(
                        said.category().isEmpty() || categories.contains(said.category()),
                        "The category is none of those that are allowed.");
            case ALLOWED_TAGS ->
                unless(tags.containsAll(said.tags()), "There is a tag that is none of those that are allowed.");
            case STABILITY -> {
                int score = said.stability().orElse(stability);
                yield unless(
                        score >= stability,
                        "The filter has a stability of " + score + ", and at least " + stability + " is asked for.");
            }
        };
    }

    private static Optional<String> unless(boolean kept, String text) {
        return kept ? Optional.empty() : Optional.of(text);
    }

    /** What a rule asks for beside being there, as it is stored; {@link Asked} reads it again. */
    public String asks(Rule rule) {
        return switch (rule) {
            case NAME_FORM -> text(name);
            case EVENT_NAME_FORM -> text(event);
            case ALLOWED_CATEGORIES -> String.join("\n", categories);
            case ALLOWED_TAGS -> String.join("\n", tags);
            case STABILITY -> Integer.toString(stability);
            case DESCRIPTION, CONTEXT, CATEGORY, TAGS, OWNER -> "";
        };
    }

    private static String text(NameForm form) {
        return form.pattern().isEmpty() ? form.id() : form.id() + ":" + form.pattern();
    }

    /** For the change log, and for people: {@code block: title-case}. {@link Asked.Ask#told} reads it again. */
    public String words(Rule rule) {
        // Where a category has a comma itself, each stands on a line.
        boolean lines = categories.stream().anyMatch(category -> category.contains(","));
        var asks = rule == Rule.ALLOWED_CATEGORIES && lines
                ? asks(rule) + "\n"
                : asks(rule).replace("\n", ", ");
        return level(rule).id() + (asks.isEmpty() ? "" : ": " + asks);
    }
}
