package dev.weir.privacy;

import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one part of a policy says, sentence by sentence, as the rule pages put it. */
public record PolicyWords(Section section, List<String> sentences) {

    public PolicyWords {
        sentences = List.copyOf(sentences);
    }

    /** Every part, in the order of the pages; one without rules has no sentence. */
    public static List<PolicyWords> of(PolicyDocument document) {
        var rules = Rules.of(document);
        return Stream.of(Section.values())
                .map(section -> new PolicyWords(section, sentences(section, rules)))
                .toList();
    }

    private static List<String> sentences(Section section, Rules rules) {
        var sentences = new ArrayList<String>();
        settings(section).forEach(path -> sentences.add(RuleWords.setting(path, rules.at(path))));
        if (section == Section.PARAMETERS) {
            sentences.addAll(parameters(rules));
        } else {
            SectionForms.list(section)
                    .ifPresent(
                            path -> rules.list(path).forEach(item -> sentences.add(RuleWords.rule(rules, path, item))));
        }
        return sentences;
    }

    /** Some hundred names, mostly: in one sentence, not in one each. */
    private static List<String> parameters(Rules rules) {
        var names = rules.strings("urls.parameters.names");
        var kept = rules.text("urls.parameters.mode").equals("allow");
        return names.isEmpty() ? List.of() : List.of((kept ? "Kept: " : "Removed: ") + String.join(", ", names) + ".");
    }

    private static List<String> settings(Section section) {
        return switch (section) {
            case PARAMETERS -> List.of("urls.parameters", "urls.fragment", "urls.identifiers");
            case CONSENT -> List.of("consent.required", "consent.honourGpc");
            case CAPTURE ->
                List.of(
                        "capture.pageview",
                        "capture.click",
                        "capture.change",
                        "capture.submit",
                        "capture.text",
                        "capture.maxText");
            case IDENTITY -> List.of("identity.form", "identity.contact", "identity.perDevice");
            case RETENTION -> List.of("retention.events", "retention.quarantine");
            case PATHS, PAGES, ELEMENTS, TEXT, PROPERTIES, EVENTS, SCHEMAS, ORIGINS -> List.of();
        };
    }
}
