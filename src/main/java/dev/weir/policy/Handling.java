package dev.weir.policy;

import java.util.List;

/**
 * What the rules for properties do to those of one name, as far as it bears on what can be expected of them: a browser sends what the rules
 * have left, so the server can't tell what was there before. Looks at no value.
 *
 * @param dropped nothing of it ever arrives
 * @param changed it arrives as a text, whatever it was
 * @param renamed the name under which it arrives instead; empty where it keeps its own
 */
record Handling(boolean dropped, boolean changed, String renamed) {

    static final Handling NONE = new Handling(false, false, "");

    /** {@code name} in lower case. */
    static Handling of(List<Json> rules, String name) {
        var handling = NONE;
        for (var rule : rules) {
            if (new NamePattern(rule.get("name").text()).fits(name)) {
                handling = handling.with(rule);
            }
        }
        return handling;
    }

    private Handling with(Json rule) {
        return switch (rule.get("action").text()) {
            case "drop" -> new Handling(true, changed, renamed);
            case "rename" ->
                renamed.isEmpty()
                        ? new Handling(dropped, changed, rule.get("to").text())
                        : this;
            default -> new Handling(dropped, true, renamed);
        };
    }
}
