package dev.weir.privacy;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Finding;
import dev.weir.policy.Reason;
import dev.weir.store.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why something was done to an event, said in words, and where the rule can be changed. Knows findings only, so never a value. */
public final class ReasonWords {

    private ReasonWords() {}

    /** What a reason means, as one sentence. */
    public static String of(Reason reason) {
        return switch (reason) {
            case POLICY_FAILURE ->
                "Not captured: the engine failed on this event, and what can't be judged is not kept.";
            case CONSENT_MISSING -> "Not captured: consent was denied, or is required and was not given.";
            case GPC -> "Not captured: the browser sends Global Privacy Control and the policy honours it.";
            case CAPTURE_OFF -> "Not captured: this kind of event is switched off.";
            case PAGE_BLOCKED -> "Not captured: it happened on a blocked page.";
            case EVENT_BLOCKED -> "Not captured: this custom event is blocked.";
            case FIELD_PROTECTED ->
                "Not captured: passwords, hidden fields, payment card fields and one-time codes never are.";
            case ELEMENT_IGNORED -> "Not captured: the element, or one around it, is ignored.";
            case IDENTITY_REFUSED -> "Set aside without its identity: the identity is not acceptable.";
            case TEXT_QUARANTINE -> "Set aside: a text rule found something that puts an event in quarantine.";
            case SCHEMA_MISSING -> "Set aside: a property that is expected of this event is not there.";
            case SCHEMA_TYPE -> "Set aside: a property of this event is of another type than is expected.";
            case TEXT_OFF -> "Text was removed or replaced by [text]: the policy keeps no text.";
            case TEXT_MASKED -> "Part of a text was replaced by what it was.";
            case TEXT_DROPPED -> "A whole field was removed because of what a text rule found in it.";
            case ATTRIBUTE_DROPPED -> "Attributes of elements were removed.";
            case URL_SCHEME -> "Only the scheme of an address was kept: it is neither http nor https.";
            case URL_CREDENTIALS -> "A user name and password were removed from an address.";
            case URL_PARAMETER -> "A parameter was removed from an address.";
            case URL_FRAGMENT -> "The part of an address behind # was removed.";
            case URL_PATH ->
                "Parts of a path were replaced by placeholders, or the address of a blocked page was removed.";
            case PROPERTY_DROPPED -> "A property was removed.";
            case PROPERTY_MASKED -> "A property's value was replaced by [masked].";
            case PROPERTY_HASHED -> "A property's value was replaced by a keyed hash.";
            case PROPERTY_TRUNCATED -> "A property's value was cut.";
            case PROPERTY_RENAMED -> "A property was stored under another name.";
            case PROPERTY_KEY -> "A property was removed because its name holds personal data, or is too long.";
            case PROPERTY_TYPE ->
                "A property was removed: its value is of a kind that isn't kept, or there were too many.";
        };
    }

    /** A reason as it is stored: of the policy, or of ingestion. */
    public static String ofStored(String reason) {
        return Arrays.stream(Reason.values())
                .filter(one -> one.name().equals(reason))
                .findFirst()
                .map(ReasonWords::of)
                .orElseGet(() -> Arrays.stream(Refusal.values())
                        .filter(one -> one.name().equals(reason))
                        .findFirst()
                        .map(ReasonWords::of)
                        .orElse(reason));
    }

    /** Ingestion's own reasons, beside those of the policy. */
    public static String of(Refusal refusal) {
        return switch (refusal) {
            case INVALID_EVENT -> "Not of the documented shape.";
            case TOO_MANY -> "Beyond the most that one request may carry.";
            case TOO_LARGE -> "Longer than what is kept of one event may be.";
            case UNSUPPORTED -> "A kind of message that Weir has no use for.";
            case IDENTITY_TAKEN -> "The user already has another identity.";
            case IDENTITY_LIMIT -> "The identity or the device already has as many as it may have.";
            case PROPERTY_LIMIT -> "The user or the account already has as many properties as it may have.";
            case SUPPRESSED -> "Of somebody who was deleted on request.";
            case ORIGIN_FENCE -> "Sent from a page that may not send for this App ID.";
            case FUTURE_TIME -> "Said to have happened more than 23 hours from now.";
        };
    }

    /** A short name for lists. */
    public static String title(Reason reason) {
        var words = reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return switch (reason) {
            case GPC -> "Global Privacy Control";
            case URL_SCHEME, URL_CREDENTIALS, URL_PARAMETER, URL_FRAGMENT, URL_PATH -> "URL" + words.substring(3);
            default -> words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
        };
    }

    /** What happened to this field, by which rule: one sentence. */
    public static String of(Finding finding) {
        return of(finding.reason()) + " " + rule(finding.rule());
    }

    /** Who decided: a rule of the policy, a mark on the page, or the floor under all policies. */
    public static String rule(String rule) {
        if (rule.startsWith("floor.")) {
            return "Weir always does this; no rule can relax it.";
        }
        if (rule.startsWith("tokens.")) {
            return "The page asks for it with " + rule.substring("tokens.".length()) + ".";
        }
        return "The rule is " + rule + ".";
    }

    /** What a placeholder stands for, for people; empty for what is no placeholder of Weir's own. Policies' own labels are none. */
    public static Optional<String> masked(String placeholder) {
        if (placeholder.startsWith("{")) {
            return Optional.of(placeholder.equals("{id}") ? "an identifier in an address" : "a part of an address");
        }
        var kind = switch (placeholder) {
            case "[email]" -> "an e-mail address";
            case "[card]" -> "a payment card number";
            case "[phone]" -> "a phone number";
            case "[iban]" -> "a bank account number";
            case "[ssn]" -> "a social security number";
            case "[dob]" -> "a date of birth";
            case "[ipv4]", "[ipv6]" -> "an IP address";
            case "[jwt]" -> "a token";
            case "[apikey]" -> "an API key";
            case "[redacted]" -> "the text of an element";
            case "[masked]" -> "the value of a property";
            case "[text]" -> "visible text";
            default -> "";
        };
        return Optional.of(kind).filter(words -> !words.isEmpty());
    }

    /** What the browser itself took away, as one sentence; empty for placeholders that say nothing certain. */
    public static Optional<String> masked(List<String> placeholders) {
        var kinds = placeholders.stream()
                .flatMap(placeholder -> masked(placeholder).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return Optional.of(kinds)
                .filter(words -> !words.isEmpty())
                .map(words -> "Masked before it was sent: " + words + ".");
    }

    /** A field of an event, for people. */
    public static String field(String field) {
        return switch (field) {
            case "text" -> "visible text";
            case "name" -> "event name";
            case "href" -> "link or form address";
            case "identity" -> "identity";
            case "page.url" -> "page address";
            case "page.title" -> "page title";
            case "page.previous" -> "previous page";
            case "session.referrer" -> "referrer";
            case "session.landing" -> "landing page";
            case "path.id" -> "element ids";
            case "path.class" -> "element classes";
            case "path.attribute", "path.attributes" -> "element attributes";
            case "path" -> "elements";
            case "properties" -> "properties";
            case "", "event" -> "the event";
            default -> field.startsWith("properties.") ? "property " + field.substring("properties.".length()) : field;
        };
    }

    /** The page on which the rule can be looked at; none for what no rule decides. */
    public static Optional<String> page(EnvironmentKey environment, String rule) {
        return Section.ofPath(rule).map(section -> "/console/" + environment + "/privacy/" + section.slug());
    }
}
