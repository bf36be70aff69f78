package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy does with something because of its name alone: with a parameter of addresses, a property, a page. Names may fall under
 * one rule, or under one for all that begin alike. Looks at no value, and knows nothing of what other rules then do.
 */
public final class ByName {

    private static final String PARAMETERS = "urls.parameters";
    private static final String PROPERTIES = "properties";
    private static final String PAGES = "pages";

    /** More than any rule about a property weighs: the longest one that is cut has 1023 characters. */
    private static final int CUT = 2000;

    private final Json document;
    private final String name;

    private ByName(Json document, String name) {
        this.document = document;
        this.name = name;
    }

    public static ByName of(PolicyDocument document, String name) {
        return new ByName(new Json(document.json()), folded(name));
    }

    /** Whether what has this name is treated more permissively than there, by the rules at that path; never where names decide nothing. */
    public boolean laxer(String path, ByName other) {
        return place(path)
                .filter(place -> strictness(place) < other.strictness(place))
                .isPresent();
    }

    /** Whether a parameter of this name goes from every address. */
    public boolean takesParameter() {
        return strictness(PARAMETERS) > 0;
    }

    /** Whether a rule of the list at that path decides about what has this name. */
    public static boolean decides(String path, Object rule, String name) {
        var sought = folded(name);
        return switch (place(path).orElse("")) {
            case PARAMETERS -> rule instanceof String text && covers(new NamePattern(text), sought);
            case PROPERTIES ->
                rule instanceof Map<?, ?> map
                        && map.get("name") instanceof String text
                        && new NamePattern(text).fits(sought);
            case PAGES ->
                rule instanceof String text
                        && new PagePatterns(List.of(text)).blocking(sought).isPresent();
            default -> false;
        };
    }

    /** A blocked name counts as a part of another one, too: as {@link ParameterNames} has it. */
    private static boolean covers(NamePattern pattern, String name) {
        boolean fits = pattern.fits(name);
        int start = 0;
        for (int i = 0; !fits && i <= name.length(); i++) {
            if (i == name.length() || !ParameterNames.isNameCharacter(name.charAt(i))) {
                fits = i > start && pattern.fits(name.substring(start, i));
                start = i + 1;
            }
        }
        return fits;
    }

    /** Where names decide, of the places that a path is at or in. */
    private static Optional<String> place(String path) {
        return List.of(PARAMETERS, PROPERTIES, PAGES).stream()
                .filter(place -> path.equals(place) || path.startsWith(place + "."))
                .findFirst();
    }

    /** How much is taken of it; 0 for nothing. Comparable for one place only. */
    private int strictness(String place) {
        return switch (place) {
            case PARAMETERS -> new ParameterNames(document.at(PARAMETERS)).forbidding(name) == null ? 0 : 1;
            case PAGES ->
                new PagePatterns(document.get(PAGES).texts()).blocking(name).isPresent() ? 1 : 0;
            default ->
                document.get(PROPERTIES).items().stream()
                        .filter(rule -> new NamePattern(rule.get("name").text()).fits(name))
                        .mapToInt(ByName::weight)
                        .max()
                        .orElse(0);
        };
    }

    private static int weight(Json rule) {
        return switch (rule.get("action").text()) {
            case "drop" -> 3 * CUT;
            case "mask" -> 2 * CUT;
            case "hash" -> CUT;
            case "truncate" -> CUT - rule.get("length").number();
            default -> 0;
        };
    }

    private static String folded(String name) {
        return Wording.lower(Wording.trim(name));
    }
}
