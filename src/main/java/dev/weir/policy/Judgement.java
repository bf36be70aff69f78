package dev.weir.policy;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event before one policy: the steps of docs/policy-language.md, in their order. Used once. */
final class Judgement {

    private static final int MAX_NAME = 1024;

    private final CompiledPolicy policy;
    private final Event event;
    private final Circumstances circumstances;
    private final BatchJudge batch;
    private final LookedAt hierarchy;

    /** What a custom event is called by the rules about its name. */
    private final @Nullable String customName;

    private final Findings findings = new Findings();

    Judgement(CompiledPolicy policy, Event event, Circumstances circumstances, BatchJudge batch) {
        this.batch = batch;
        this.policy = policy;
        this.event = event;
        this.circumstances = circumstances;
        this.hierarchy = batch.look(event.hierarchy());
        this.customName = event.type() == EventType.CUSTOM && event.name() != null
                ? Wording.lower(Wording.trim(event.name()))
                : null;
    }

    Verdict verdict() {
        var dropped = dropped();
        if (dropped != null) {
            return dropped;
        }
        var redaction = policy.elements.redact(hierarchy, policy.texts, findings);
        var text = text();
        var title = title(event.page().title());
        var name = name();
        var identity = policy.identity.admit(event.identity(), findings);
        var properties = policy.properties.apply(event.properties(), findings);
        if (customName != null) {
            policy.schemas.look(customName, event.properties(), properties, findings);
        }
        var href = href(redaction.address());
        var url = url(event.page().url(), "page.url");
        var previous = url(event.page().previous(), "page.previous");
        var referrer = url(event.session().referrer(), "session.referrer");
        var landing = url(event.session().landing(), "session.landing");
        var kept = new Event(
                event.type(),
                name,
                text,
                href,
                redaction.hierarchy(),
                properties,
                identity,
                new Page(url, title, previous),
                new Session(referrer, landing));
        var quarantine = findings.quarantine();
        return quarantine == null
                ? new Verdict.Kept(kept, findings.list())
                : new Verdict.Quarantined(kept, quarantine, findings.list());
    }

    private @Nullable Verdict dropped() {
        if (circumstances.consent() == Circumstances.Consent.DENIED) {
            return dropped(Reason.CONSENT_MISSING, "consent", "consent.required");
        }
        if (policy.consent.honours(circumstances.gpc())) {
            return dropped(Reason.GPC, "gpc", "consent.honourGpc");
        }
        if (policy.consent.refuses(circumstances.consent())) {
            return dropped(Reason.CONSENT_MISSING, "consent", "consent.required");
        }
        var type = event.type().wire();
        if (policy.off.contains(type)) {
            return dropped(Reason.CAPTURE_OFF, "type", "capture." + type);
        }
        var page = batch.blocking(event.page().url());
        if (page != null) {
            return dropped(Reason.PAGE_BLOCKED, "page.url", "pages." + page);
        }
        if (customName != null && policy.blockedEvents.contains(customName)) {
            return dropped(Reason.EVENT_BLOCKED, "name", "events." + customName);
        }
        if (ElementRules.isProtected(hierarchy)) {
            return dropped(Reason.FIELD_PROTECTED, "path", "floor.field");
        }
        var ignoring = policy.elements.ignoring(hierarchy);
        return ignoring == null ? null : dropped(Reason.ELEMENT_IGNORED, "path", ignoring);
    }

    private static Verdict dropped(Reason reason, String field, String rule) {
        return new Verdict.Dropped(reason, List.of(new Finding(reason, field, rule)));
    }

    private @Nullable String text() {
        if (event.text() != null && !event.text().isEmpty() && policy.textMode != CompiledPolicy.TextMode.DROP) {
            var rule = policy.elements.redacting(hierarchy);
            if (rule != null) {
                findings.add(Reason.TEXT_MASKED, "text", rule);
                return "[redacted]";
            }
        }
        return plainText(event.text(), "text", findings);
    }

    private @Nullable String title(@Nullable String title) {
        return title == null
                ? null
                : batch.remembered("page.title", title, findings, own -> plainText(title, "page.title", own));
    }

    private @Nullable String plainText(@Nullable String text, String field, Findings findings) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (policy.textMode == CompiledPolicy.TextMode.KEEP) {
            var kept = policy.texts.scrub(text, null, field, policy.maxText, findings);
            return kept == null || kept.isEmpty() ? null : kept;
        }
        findings.add(Reason.TEXT_OFF, field, "capture.text");
        return policy.textMode == CompiledPolicy.TextMode.MASK ? "[text]" : null;
    }

    private @Nullable String name() {
        if (event.name() == null) {
            return null;
        }
        var kept = policy.texts.name(event.name(), MAX_NAME, findings);
        return kept.isEmpty() ? null : kept;
    }

    private @Nullable String href(@Nullable String withheld) {
        if (event.href() != null && !event.href().isEmpty() && withheld != null) {
            findings.add(Reason.ATTRIBUTE_DROPPED, "href", withheld);
            return null;
        }
        return url(event.href(), "href");
    }

    private @Nullable String url(@Nullable String url, String field) {
        return url == null || url.isEmpty()
                ? null
                : batch.remembered(field, url, findings, own -> policy.urls.clean(url, field, own));
    }
}
