package dev.weir.policy;

import dev.weir.event.Event;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A policy in the one shape enforcement can read without thinking: immutable, pure, shared by all threads. Never throws. */
public final class CompiledPolicy {

    /** Digits, hexadecimal, UUIDs: what machines make up. Anything else could say something about a person. */
    private static final Pattern HANDLE =
            Pattern.compile("[0-9]{1,16}|[0-9a-f]{16,32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final PolicyDocument document;
    final ConsentRules consent;
    final Set<String> off;
    final PagePatterns pages;
    final Set<String> blockedEvents;
    final TextMode textMode;
    final int maxText;
    final Texts texts;
    final ElementRules elements;
    final IdentityGuard identity;
    final PropertyRules properties;
    final Schemas schemas;
    final UrlRules urls;
    private final Pseudonyms pseudonyms;

    /** What becomes of text before anybody looks for anything in it. */
    enum TextMode {
        KEEP,
        MASK,
        DROP
    }

    private CompiledPolicy(PolicyDocument document, byte[] hashKey) {
        this.document = document;
        this.pseudonyms = new Pseudonyms(hashKey);
        var json = new Json(document.complete());
        var capture = json.get("capture");
        this.consent = new ConsentRules(json.get("consent"));
        this.off = Stream.of("pageview", "click", "change", "submit")
                .filter(type -> !capture.get(type).on())
                .collect(Collectors.toUnmodifiableSet());
        this.pages = new PagePatterns(json.get("pages").texts());
        this.blockedEvents = Set.copyOf(json.get("events").texts());
        this.textMode = switch (capture.get("text").text()) {
            case "keep" -> TextMode.KEEP;
            case "mask" -> TextMode.MASK;
            default -> TextMode.DROP;
        };
        this.maxText = capture.get("maxText").number();
        var parameters = new ParameterNames(json.get("urls").get("parameters"));
        this.texts = Texts.of(json.get("text").items(), parameters);
        this.elements = new ElementRules(json.get("elements").items());
        this.identity = new IdentityGuard(json.get("identity"), texts);
        this.urls = new UrlRules(json.get("urls"), parameters, pages, texts);
        this.properties = new PropertyRules(json.get("properties").items(), texts, urls, pseudonyms);
        this.schemas = new Schemas(
                json.get(PolicyDocument.SCHEMAS).items(), json.get("properties").items());
    }

    /** {@code hashKey} is the environment's own secret for {@code hash} rules. */
    public static CompiledPolicy of(PolicyDocument document, byte[] hashKey) {
        return new CompiledPolicy(document, hashKey.clone());
    }

    public PolicyDocument document() {
        return document;
    }

    public Verdict judge(Event event, Circumstances circumstances) {
        return batch(circumstances).judge(event);
    }

    /** For events that came together. */
    public BatchJudge batch(Circumstances circumstances) {
        return new BatchJudge(this, circumstances);
    }

    Verdict judge(Event event, Circumstances circumstances, BatchJudge batch) {
        try {
            return new Judgement(this, event, circumstances, batch).verdict();
        } catch (RuntimeException | StackOverflowError e) {
            // Law 3: what can't be judged is not kept. The cause may hold values of the event, so it goes nowhere.
            return new Verdict.Dropped(
                    Reason.POLICY_FAILURE, List.of(new Finding(Reason.POLICY_FAILURE, "event", "floor.failure")));
        }
    }

    /**
     * The handle by which a sender knows a user, a session or a page, as it may be kept: as sent where it is digits or hexadecimal and
     * no detector of the policy finds anything in it, else a pseudonym under the environment's key. Equal handles stay equal.
     */
    public String handle(String sent) {
        try {
            boolean plain =
                    HANDLE.matcher(sent).matches() && sent.equals(texts.scrub(sent, null, "user", new Findings()));
            return plain ? sent : "h:" + pseudonyms.of(sent);
        } catch (RuntimeException e) {
            return "h:" + pseudonyms.of(sent);
        }
    }

    /**
     * What a sender calls an event so that a retry is known, as it may be kept: a pseudonym under the environment's key. An order number, or
     * an address of e-mail, could be tried out from a hash that anybody can compute.
     */
    public String retryKey(String sent) {
        return pseudonyms.of("retry " + sent);
    }

    /** One address, as the field {@code page.url} of an event would be treated: for people who want to see what a rule does. */
    public Address address(String url) {
        try {
            var findings = new Findings();
            var blocking = pages.blocking(url);
            blocking.ifPresent(pattern -> findings.add(Reason.PAGE_BLOCKED, "page.url", "pages." + pattern));
            var clean = urls.clean(url, "page.url", findings);
            return new Address(clean, findings.list());
        } catch (RuntimeException | StackOverflowError e) {
            return new Address(null, List.of(new Finding(Reason.POLICY_FAILURE, "page.url", "floor.failure")));
        }
    }

    /** What remains of an address, and why. */
    public record Address(@Nullable String url, List<Finding> findings) {}
}
