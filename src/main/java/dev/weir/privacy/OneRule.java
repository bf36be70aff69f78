package dev.weir.privacy;

import dev.weir.policy.ByName;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.RuleChange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy, followed through time: a setting, or the rules of a list that are about the same thing, one after the other.
 *
 * @param path of the document, dotted
 * @param about what a rule of a list is about, such as {@code utm_id} or {@code selector .account}; empty for a setting
 */
public record OneRule(String path, String about) {

    private static final int LONGEST = 1000;
    private static final String NAMES = ".names";

    /** As an address names it. Empty for what is no rule. */
    public static Optional<OneRule> of(String path, String about) {
        boolean known = Section.ofPath(path).isPresent() && path.length() + about.length() <= LONGEST;
        return known ? Optional.of(new OneRule(path, about)) : Optional.empty();
    }

    static OneRule of(Change change) {
        boolean setting = change.from() < 0 && change.to() < 0;
        var rule = change.after() == null ? change.before() : change.after();
        return new OneRule(change.path(), setting || rule == null ? "" : RuleChange.about(rule));
    }

    public Section section() {
        return Section.ofPath(path).orElse(Section.CAPTURE);
    }

    /** What people read of it: the selector alone, the name alone. */
    public String title() {
        return about.isEmpty() ? path : about.replaceFirst("^(selector|detector|pattern|name|schema) ", "");
    }

    /** As an address carries it. */
    public String query() {
        return "rule=" + encoded(path) + (about.isEmpty() ? "" : "&about=" + encoded(about));
    }

    /** Where an environment keeps its history. */
    public String history(String environment) {
        return "/console/" + environment + "/privacy/" + section().slug() + "/history?" + query();
    }

    /** Also where the whole that it is a part of was replaced: a list that turned from blocking into allowing says the opposite. */
    public boolean concerns(Change change) {
        boolean same = path.equals(change.path()) && (about.isEmpty() || is(change.before()) || is(change.after()));
        return same || of(change).equals(this) || path.startsWith(change.path() + ".");
    }

    /**
     * Whether a change that was noted under that path with that value may concern it: of a list the rules that went or came. Says yes
     * where the note does not tell.
     */
    public boolean mayConcern(String noted, @Nullable Object value) {
        if (!path.equals(noted)) {
            return path.startsWith(noted + ".");
        }
        return !(value instanceof List<?> rules) || rules.stream().anyMatch(this::is);
    }

    /** Whether a policy has it; a setting is in each. */
    public boolean in(PolicyDocument document) {
        return about.isEmpty() || at(document.complete()).stream().anyMatch(this::is);
    }

    private List<?> at(Map<?, ?> json) {
        return found(json, path) instanceof List<?> list ? list : List.of();
    }

    private static @Nullable Object found(Map<?, ?> json, String path) {
        Object value = json;
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** Also one for all names that begin alike: that decides about this name as well. */
    private boolean is(@Nullable Object rule) {
        return rule != null && (RuleChange.about(rule).equals(about) || ByName.decides(path, rule, title()));
    }

    /** All that a policy says of it, and with which rules; equal where it says the same. */
    public Object said(PolicyDocument document) {
        if (about.isEmpty()) {
            return whole(document);
        }
        var rules = at(document.complete()).stream().filter(this::is).toList();
        // What a listed parameter means depends on what the list is.
        return path.endsWith(NAMES)
                ? List.of(rules, String.valueOf(found(document.complete(), path.replace(NAMES, ".mode"))))
                : rules;
    }

    /** The whole list that it is in, or the setting. */
    public Object whole(PolicyDocument document) {
        return Objects.requireNonNullElse(found(document.complete(), path), "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
