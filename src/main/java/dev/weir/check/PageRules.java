package dev.weir.check;

import dev.weir.policy.PageTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What can be seen in the HTML of a page alone: privacy tokens, fields, the order of scripts. Parsed, never run. */
final class PageRules {

    private static final String PART = "page";

    private static final Set<String> REDACTING = Set.of(PageTokens.REDACT_TEXT, PageTokens.REDACT_ATTRIBUTES);

    private static final List<String> TOKENS = Stream.concat(
                    PageTokens.IGNORE.stream(), REDACTING.stream().sorted())
            .toList();

    /** Tokens of ours, squeezed to their letters: how people misspell them stays close to that. */
    private static final Set<String> SQUEEZED =
            TOKENS.stream().map(PageRules::squeezed).collect(Collectors.toUnmodifiableSet());

    /** Tokens that Heap's own script takes as an attribute alone. */
    private static final Set<String> ATTRIBUTES_ALONE = Set.of("data-heap-ignore");

    private static final Pattern SENSITIVE = Pattern.compile(
            "(?i)(^|[^a-z])(e-?mail|phone|tel|mobile|ssn|passport|iban|birth|bday|dob|street|address|postal|zip|"
                    + "surname|lastname|firstname|fullname|given-name|family-name)($|[^a-z])");

    private final List<Remark> remarks = new ArrayList<>();

    private PageRules() {}

    static List<Remark> of(Document document) {
        var rules = new PageRules();
        document.getAllElements().forEach(rules::tokens);
        document.select("input,select,textarea").forEach(rules::field);
        rules.scripts(document);
        return rules.remarks;
    }

    private void tokens(Element element) {
        for (var attribute : element.attributes()) {
            var name = attribute.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("class") && !TOKENS.contains(name) && close(name)) {
                note(
                        element,
                        Rule.TOKEN_WITHOUT_EFFECT,
                        "An attribute is nearly a privacy token, and none: check its spelling.");
            }
        }
        for (var name : element.classNames()) {
            if (REDACTING.contains(name)) {
                note(element, Rule.TOKEN_WITHOUT_EFFECT, name + " is an attribute: as a class it does nothing.");
            } else if (ATTRIBUTES_ALONE.contains(name)) {
                note(element, Rule.TOKEN_ELSEWHERE, name + " is a class here: write it as an attribute.");
            } else if (!TOKENS.contains(name) && close(name)) {
                note(
                        element,
                        Rule.TOKEN_WITHOUT_EFFECT,
                        "A class is nearly a privacy token, and none: check its spelling; classes have lower case.");
            }
        }
        if (element.hasAttr("heap-ignore") && element.attr("heap-ignore").equalsIgnoreCase("false")) {
            note(
                    element,
                    Rule.TOKEN_ELSEWHERE,
                    "heap-ignore is honoured whatever its value: \"false\" switches nothing off.");
        }
    }

    /** Whether a name that is none of ours was surely meant to be one. */
    private static boolean close(String name) {
        var letters = squeezed(name);
        if (letters.length() < 8 || letters.length() > 40) {
            return false;
        }
        return SQUEEZED.contains(letters)
                || SQUEEZED.stream()
                        .filter(token -> token.startsWith("heap") || token.startsWith("dataheap"))
                        .anyMatch(token -> distance(token, letters) <= 2);
    }

    private static String squeezed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Letters to change, to add, to leave out or to swap; more than 2 is said as 3. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 2) {
            return 3;
        }
        var last = new int[other.length() + 1];
        var row = new int[other.length() + 1];
        var before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var spare = last;
            last = before;
            before = row;
            row = spare;
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(before[j], row[j - 1]) + 1, before[j - 1] + same);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], last[j - 2] + 1);
                }
            }
        }
        return Math.min(3, row[other.length()]);
    }

    private void field(Element field) {
        if (field.attr("type").equalsIgnoreCase("hidden") || field.attr("type").equalsIgnoreCase("password")) {
            return;
        }
        boolean sensitive = Stream.of("type", "autocomplete", "name", "id")
                .map(field::attr)
                .anyMatch(value -> SENSITIVE.matcher(value).find());
        boolean marked = Stream.concat(Stream.of(field), field.parents().stream())
                .anyMatch(node ->
                        PageTokens.IGNORE.stream().anyMatch(token -> node.hasAttr(token) || node.hasClass(token)));
        if (sensitive && !marked) {
            note(
                    field,
                    Rule.SENSITIVE_FIELD,
                    "No value of a field is captured. Mark it all the same, with heap-ignore: other scripts look for that.");
        }
    }

    private void scripts(Document document) {
        for (var early : TrackingCalls.in(document)) {
            var start = early.script().sourceRange().start();
            remarks.add(new Remark(
                    Rule.TRACKING_CALL_TOO_EARLY,
                    early.message(),
                    PART,
                    Math.max(0, start.lineNumber() + early.line()),
                    Math.max(0, early.column() == 0 ? start.columnNumber() : early.column())));
        }
    }

    private void note(Element element, Rule rule, String message) {
        var start = element.sourceRange().start();
        remarks.add(
                new Remark(rule, message, PART, Math.max(0, start.lineNumber()), Math.max(0, start.columnNumber())));
    }
}
