package dev.weir.check;

import dev.weir.access.Role;
import dev.weir.catalog.Definition;
import dev.weir.catalog.Matching;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Stability;
import dev.weir.check.Report.Captured;
import dev.weir.code.Comparison;
import dev.weir.code.PolicyCode;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Selector;
import dev.weir.event.Session;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Finding;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Reason;
import dev.weir.policy.Verdict;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.Pasted;
import dev.weir.privacy.Pasted.Sample;
import dev.weir.privacy.PastedElements;
import dev.weir.privacy.PastedEvent.Unreadable;
import dev.weir.privacy.ReasonWords;
import dev.weir.release.Releases;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;

/**
 * May this be sent? Judged by the engine that enforces and the matcher that everybody asks. Whatever is sent is looked at and forgotten: it
 * is neither stored nor logged, and no remark quotes it.
 */
@ApplicationScoped
public class Checks {

    /** As on the test bench: nobody can look up a person with these hashes. */
    private static final byte[] KEY = "checks have a key of their own".getBytes(StandardCharsets.UTF_8);

    /** What says that something personal was in an event. */
    private static final Set<Reason> PERSONAL = EnumSet.of(
            Reason.TEXT_MASKED,
            Reason.TEXT_DROPPED,
            Reason.TEXT_QUARANTINE,
            Reason.URL_PARAMETER,
            Reason.URL_CREDENTIALS,
            Reason.PROPERTY_KEY);

    /** What says that an event is not as its schema has it; its rule names what is expected, in the policy's own words. */
    private static final Set<Reason> EXPECTED = EnumSet.of(Reason.SCHEMA_MISSING, Reason.SCHEMA_TYPE);

    private static final CompiledPolicy DEFAULT_RULES = CompiledPolicy.of(PolicyDocument.balanced(), KEY);

    private static final int BRITTLE = 50;

    private static final Event VIEW =
            new Event(EventType.PAGEVIEW, null, null, null, Hierarchy.NONE, Map.of(), null, Page.NONE, Session.NONE);

    private final Releases releases;
    private final Drafts drafts;
    private final Matching matching;
    private final PolicyCode code;

    Checks(Releases releases, Drafts drafts, Matching matching, PolicyCode code) {
        this.releases = releases;
        this.drafts = drafts;
        this.matching = matching;
        this.code = code;
    }

    /** Nothing where there is no such environment. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Optional<Report> run(EnvironmentKey environment, boolean draft, Asked asked) {
        return releases.inForce(environment).map(now -> {
            var compared = Optional.ofNullable(asked.policy())
                    .flatMap(file -> code.compare(environment, file.getBytes(StandardCharsets.UTF_8)));
            var sent = compared.map(Comparison::document);
            var rules = sent.orElseGet(() -> draft ? drafts.of(environment).document() : releases.document(now));
            var inForce = releases.document(now);
            var run = new Run(
                    CompiledPolicy.of(rules, KEY),
                    inForce.hash().equals(rules.hash())
                            ? Optional.empty()
                            : Optional.of(CompiledPolicy.of(inForce, KEY)),
                    matching.known());
            compared.ifPresent(run::policy);
            run.page(asked);
            run.selectors(asked);
            run.samples(asked);
            run.broken();
            return new Report(
                    environment.value(),
                    sent.isPresent() || draft ? 0 : now.number(),
                    rules.hash(),
                    run.remarks(),
                    run.captured,
                    List.copyOf(run.met));
        });
    }

    /** One check under way. */
    private static final class Run {

        private final CompiledPolicy engine;

        /** What is in force, where other rules judge. */
        private final Optional<CompiledPolicy> inForce;

        private final Matching.Known known;
        private final Map<String, Broken> found = new TreeMap<>();
        private final List<Remark> remarks = new ArrayList<>();
        private final List<Captured> captured = new ArrayList<>();
        private final Set<String> met = new TreeSet<>();
        private Optional<PastedElements> page = Optional.empty();

        /** A definition that matches something of it under the rules in force, and where. */
        private record Broken(Definition definition, String part) {}

        Run(CompiledPolicy engine, Optional<CompiledPolicy> inForce, Matching.Known known) {
            this.engine = engine;
            this.inForce = inForce;
            this.known = known;
        }

        List<Remark> remarks() {
            if (remarks.size() <= Asked.REMARKS) {
                return remarks;
            }
            var some = new ArrayList<>(remarks.subList(0, Asked.REMARKS));
            some.add(new Remark(
                    Rule.TOO_MUCH,
                    "The first " + Asked.REMARKS + " of " + remarks.size() + " are told.",
                    "page",
                    0,
                    0));
            return some;
        }

        void policy(Comparison compared) {
            compared.faults()
                    .forEach(fault -> remarks.add(
                            new Remark(Rule.POLICY_INVALID, fault.message(), "policy", fault.line(), fault.column())));
            if (compared.readable() && !compared.diff().onlyTightens()) {
                remarks.add(new Remark(
                        Rule.POLICY_LOOSENS,
                        compared.diff().loosening() + " of " + compared.diff().size()
                                + " changes may loosen, seen from what is in force.",
                        "policy",
                        0,
                        0));
            }
        }

        void page(Asked asked) {
            if (asked.page() == null) {
                return;
            }
            var document = Pasted.document(asked.page());
            var elements = new PastedElements(document);
            if (elements.count() > Asked.ELEMENTS) {
                remarks.add(new Remark(
                        Rule.UNREADABLE, "A page has at most " + Asked.ELEMENTS + " elements.", "page", 0, 0));
                return;
            }
            page = Optional.of(elements);
            remarks.addAll(PageRules.of(document));
            var samples = Pasted.page(document, elements, Asked.JUDGED);
            if (samples.size() == Asked.JUDGED) {
                remarks.add(new Remark(
                        Rule.TOO_MUCH, "The first " + Asked.JUDGED + " elements were judged.", "page", 0, 0));
            }
            judge("page", new Sample("A view of the page", VIEW, 0, 0), at(VIEW, asked, document));
            samples.forEach(sample -> judge("page", sample, at(sample.event(), asked, document)));
            if (asked.before() != null) {
                before(Pasted.document(asked.before()), asked);
            }
        }

        /** Definitions of the page as it was, which find nothing on the page as it is. */
        private void before(Document document, Asked asked) {
            var elements = new PastedElements(document);
            if (elements.count() > Asked.ELEMENTS) {
                remarks.add(new Remark(
                        Rule.UNREADABLE, "A page has at most " + Asked.ELEMENTS + " elements.", "before", 0, 0));
                return;
            }
            var gone = new TreeMap<String, Definition>();
            Stream.concat(
                            Stream.of(VIEW),
                            Pasted.page(document, elements, Asked.JUDGED).stream()
                                    .map(Sample::event))
                    .map(event -> verdict(at(event, asked, document)))
                    .flatMap(verdict -> matches(verdict).stream())
                    .filter(definition -> !met.contains(definition.name()))
                    .forEach(definition -> gone.put(definition.name(), definition));
            gone.values()
                    .forEach(definition -> remarks.add(new Remark(
                            Rule.DEFINITION_BREAKS,
                            "\"" + definition.name() + "\" ("
                                    + definition.status().words()
                                    + ") found something on the page as it was, and finds nothing on it as it is.",
                            "page",
                            0,
                            0)));
        }

        private static Event at(Event event, Asked asked, Document document) {
            return Places.at(event, asked.url(), document.title());
        }

        /** Definitions that match something of this under the rules in force, and nothing under the rules that judge. */
        void broken() {
            found.values().stream()
                    .filter(broken -> !met.contains(broken.definition().name()))
                    .forEach(broken -> remarks.add(new Remark(
                            Rule.DEFINITION_BREAKS,
                            "\"" + broken.definition().name() + "\" ("
                                    + broken.definition().status().words()
                                    + ") finds something here under the rules in force, and nothing under these.",
                            broken.part(),
                            0,
                            0)));
        }

        private void judge(String part, Sample sample, Event event) {
            var verdict = verdict(event);
            inForce.stream()
                    .flatMap(rules -> matches(rules.judge(event, Circumstances.SERVER)).stream())
                    .forEach(definition -> found.putIfAbsent(definition.name(), new Broken(definition, part)));
            var definitions =
                    matches(verdict).stream().map(Definition::name).sorted().toList();
            met.addAll(definitions);
            captured.add(Captured.of(part, sample.line(), sample.column(), event, verdict, definitions));
            var usual = personal(DEFAULT_RULES.judge(event, Circumstances.SERVER));
            var here = personal(verdict);
            if (verdict.<Boolean>match(kept -> true, aside -> true, dropped -> false)) {
                usual.stream()
                        .filter(field -> !here.contains(field))
                        .forEach(field -> note(
                                Rule.MISSING_REDACTION,
                                "In " + field + " the default rules take something out; these rules keep it.",
                                part,
                                sample,
                                field));
                here.forEach(field -> note(
                        Rule.PERSONAL_DATA,
                        "In " + field + " the rules take something out. Mark the element, or leave it out of the page.",
                        part,
                        sample,
                        field));
            }
        }

        /** What is said of the page's address or title is said once, not of each element. */
        private void note(Rule rule, String message, String part, Sample sample, String field) {
            boolean whole = part.equals("page") && field.startsWith("page.");
            var remark = new Remark(rule, message, part, whole ? 0 : sample.line(), whole ? 0 : sample.column());
            if (!whole || !remarks.contains(remark)) {
                remarks.add(remark);
            }
        }

        private Verdict verdict(Event event) {
            return engine.judge(event, Circumstances.SERVER);
        }

        private List<Definition> matches(Verdict verdict) {
            return verdict.match(
                    kept -> known.matches(kept.event()),
                    aside -> List.<Definition>of(),
                    dropped -> List.<Definition>of());
        }

        /** Fields in which something personal was found; the name of a property is not told, as it came with the event. */
        private static Set<String> personal(Verdict verdict) {
            return verdict.findings().stream()
                    .filter(finding -> PERSONAL.contains(finding.reason()))
                    .map(Finding::field)
                    .map(field -> field.startsWith("properties.") ? "a property" : field)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        void selectors(Asked asked) {
            var hierarchies = page.map(elements -> elements.hierarchies().toList());
            int item = 0;
            for (var text : asked.selectors()) {
                int line = ++item;
                Selector.parse(text)
                        .<Optional<Remark>>match(
                                selector -> {
                                    stability(selector, line);
                                    return hierarchies
                                            .filter(all -> all.stream().noneMatch(one -> selector.matches(one, 0)))
                                            .map(all -> new Remark(
                                                    Rule.SELECTOR_WITHOUT_MATCH,
                                                    "This selector matches no element of the page.",
                                                    "selectors",
                                                    line,
                                                    0));
                                },
                                refused -> Optional.of(new Remark(
                                        Rule.SELECTOR_REFUSED,
                                        refused.message() + ", at character " + (refused.position() + 1) + ".",
                                        "selectors",
                                        line,
                                        refused.position() + 1)))
                        .ifPresent(remarks::add);
            }
        }

        private void stability(Selector selector, int line) {
            var stability = Stability.of(new Filter.Selected(selector, true));
            if (stability.score() < BRITTLE) {
                remarks.add(new Remark(
                        Rule.SELECTOR_BRITTLE,
                        "Stability " + stability.score() + " of 100. " + String.join(" ", stability.advice()),
                        "selectors",
                        line,
                        0));
            }
        }

        void samples(Asked asked) {
            int item = 0;
            for (var text : asked.samples()) {
                int line = ++item;
                try {
                    for (var sample : Pasted.events(text)) {
                        sample(new Sample(sample.title(), sample.event(), line, 0));
                    }
                } catch (Unreadable e) {
                    remarks.add(new Remark(Rule.UNREADABLE, String.valueOf(e.getMessage()), "samples", line, 0));
                }
            }
        }

        private void sample(Sample sample) {
            if (captured.size() >= Asked.JUDGED + Asked.SAMPLES) {
                return;
            }
            judge("samples", sample, sample.event());
            var last = captured.get(captured.size() - 1);
            if (last.outcome().equals("dropped")) {
                remarks.add(new Remark(
                        Rule.SAMPLE_DROPPED,
                        ReasonWords.of(Reason.valueOf(last.reason())),
                        "samples",
                        sample.line(),
                        0));
            } else if (last.outcome().equals("quarantined")) {
                var why = Reason.valueOf(last.reason());
                if (!EXPECTED.contains(why)) {
                    remarks.add(new Remark(Rule.SAMPLE_QUARANTINED, ReasonWords.of(why), "samples", sample.line(), 0));
                }
                last.findings().stream()
                        .filter(finding -> EXPECTED.contains(finding.reason()))
                        .forEach(finding -> remarks.add(
                                new Remark(Rule.SCHEMA_BROKEN, ReasonWords.of(finding), "samples", sample.line(), 0)));
            }
        }
    }
}
