package dev.weir.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text rules of a policy, with their findings. Cleans every text it sees of what can't be stored, found or not. */
final class Texts {

    private final Scrubber scrubber;

    /** The rules that set an event aside, each as what it leaves behind and what it is called. */
    private final List<Hit> aside;

    private Texts(List<TextRule> rules, @Nullable ParameterNames parameters) {
        this.scrubber = Scrubber.of(rules, parameters);
        this.aside = rules.stream()
                .filter(rule -> rule.action() == Action.QUARANTINE)
                .map(rule -> new Hit(rule.label(), rule.action()))
                .toList();
    }

    static Texts of(List<Json> rules, @Nullable ParameterNames parameters) {
        return new Texts(rules.stream().map(Texts::rule).toList(), parameters);
    }

    private static TextRule rule(Json rule) {
        var action = switch (rule.get("action").text()) {
            case "mask" -> Action.MASK;
            case "drop" -> Action.DROP;
            default -> Action.QUARANTINE;
        };
        if (rule.has("pattern")) {
            return TextRule.pattern(
                    rule.get("pattern").text(), rule.get("label").text(), action);
        }
        return rule.has("regions")
                ? TextRule.national(rule.get("regions").texts(), action)
                : TextRule.detector(rule.get("detector").text(), action);
    }

    /** Null when a rule says that the whole field goes. */
    @Nullable
    String scrub(String text, @Nullable String key, String field, Findings findings) {
        if (scrubber.leaves(text, key)) {
            noteMasked(text, field, findings);
            return text;
        }
        var scrubbed = scrubber.look(Wording.clean(text), key);
        scrubbed.hits().forEach(hit -> note(hit, field, findings));
        noteMasked(scrubbed.text(), field, findings);
        return scrubbed.text();
    }

    /** A browser masks before it sends: what a rule left behind there sets the event aside here. */
    private void noteMasked(@Nullable String text, String field, Findings findings) {
        if (text != null && !aside.isEmpty() && text.indexOf('[') >= 0) {
            for (var hit : aside) {
                if (text.contains("[" + hit.label() + "]")) {
                    note(hit, field, findings);
                }
            }
        }
    }

    /** Scrubbed, then cut; what was cut is looked at once more, because a shorter text can mean something else. */
    @Nullable
    String scrub(String text, @Nullable String key, String field, int most, Findings findings) {
        var scrubbed = scrub(text, key, field, findings);
        if (scrubbed == null) {
            return null;
        }
        var cut = Wording.cut(scrubbed, most);
        if (cut.equals(scrubbed)) {
            return scrubbed;
        }
        var again = scrub(cut, key, field, findings);
        return again == null ? null : Wording.cut(again, most);
    }

    /** The name of an event never goes: where a rule says that the whole field goes, the rule's label stands for it. */
    String name(String text, int most, Findings findings) {
        var kept = scrub(text, null, "name", most, findings);
        if (kept != null) {
            return kept;
        }
        var hits = scrubber.scrub(Wording.clean(text), null).hits();
        return hits.isEmpty() ? "[name]" : "[" + hits.get(hits.size() - 1).label() + "]";
    }

    /** What the rules find, by label, without doing anything about it. */
    List<String> labels(String text, @Nullable String key) {
        return scrubber.leaves(text, key)
                ? List.of()
                : scrubber.look(text, key).hits().stream().map(Hit::label).toList();
    }

    /** A host is a machine, not a person: that it is written as a number alone is no reason to hide it. */
    @Nullable
    String host(String host, String field, Findings findings) {
        noteMasked(host, field, findings);
        if (scrubber.leaves(host, null)) {
            return host;
        }
        var scrubbed = scrubber.look(host, null);
        if (scrubbed.hits().stream().allMatch(hit -> hit.label().startsWith("ipv"))) {
            return host;
        }
        scrubbed.hits().forEach(hit -> note(hit, field, findings));
        return scrubbed.text();
    }

    private static void note(Hit hit, String field, Findings findings) {
        var reason = switch (hit.action()) {
            case MASK -> Reason.TEXT_MASKED;
            case DROP -> Reason.TEXT_DROPPED;
            case QUARANTINE -> Reason.TEXT_QUARANTINE;
        };
        findings.add(reason, field, "text." + hit.label());
    }
}
