package dev.weir.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of parameters that go, or the only ones that may stay. Holds for addresses, and for pairs such as {@code token=…} in any text. Knows nothing of their values. */
final class ParameterNames {

    /** What leaves a pair behind. */
    static final String LABEL = "parameter";

    private final boolean block;
    private final List<NamePattern> patterns;
    private final NameIndex index;

    ParameterNames(Json parameters) {
        this.block = parameters.get("mode").text().equals("block");
        this.patterns =
                parameters.get("names").texts().stream().map(NamePattern::new).toList();
        this.index = new NameIndex(patterns);
    }

    /** Whether a pair with this name goes from a text. */
    boolean forbidsPair(String written) {
        var name = written.toLowerCase(Locale.ROOT);
        if (!block) {
            return listed(name) == null;
        }
        if (listed(name) != null) {
            return true;
        }
        if (name.indexOf('.') < 0) {
            return false;
        }
        for (var part : name.split("\\.", -1)) {
            if (!part.isEmpty() && listed(part) != null) {
                return true;
            }
        }
        return false;
    }

    /** The rule that takes the parameter away, or null. */
    @Nullable
    String forbidding(String name) {
        if (!block) {
            int bracket = name.indexOf('[');
            return listed(bracket < 0 ? name : name.substring(0, bracket)) == null ? "urls.parameters" : null;
        }
        var rule = listed(name);
        int start = 0;
        for (int i = 0; rule == null && i <= name.length(); i++) {
            if (i == name.length() || !isNameCharacter(name.charAt(i))) {
                rule = i == start || i - start == name.length() ? null : listed(name.substring(start, i));
                start = i + 1;
            }
        }
        return rule == null ? null : "urls.parameters." + rule;
    }

    /** The first rule in the document's order that the name falls under. */
    private @Nullable String listed(String name) {
        int first = index.first(name);
        return first < 0 ? null : patterns.get(first).text();
    }

    static boolean isNameCharacter(char c) {
        return Percent.isAlphanumeric(c) || c == '_' || c == '-';
    }
}
