package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps out identities that would merge strangers or name a person outright. Knows nothing of other identities. */
final class IdentityGuard {

    private static final int MAX_LENGTH = 255;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Set<String> refused;
    private final String form;
    private final boolean refusesContact;
    private final Texts contact = Texts.of(
            List.of(
                    new Json(Map.of("detector", "email", "action", "mask")),
                    new Json(Map.of("detector", "phone", "action", "mask"))),
            null);
    private final Texts texts;

    IdentityGuard(Json identity, Texts texts) {
        this.refused = Set.copyOf(identity.get("refused").texts());
        this.form = identity.get("form").text();
        this.refusesContact = identity.get("contact").text().equals("refuse");
        this.texts = texts;
    }

    /** Null when there is none, or none that may stay. */
    @Nullable
    String admit(@Nullable String identity, Findings findings) {
        if (identity == null) {
            return null;
        }
        var trimmed = Wording.trim(Wording.clean(identity));
        var rule = objection(trimmed);
        if (rule != null) {
            findings.add(Reason.IDENTITY_REFUSED, "identity", rule);
            return null;
        }
        return trimmed;
    }

    private @Nullable String objection(String identity) {
        if (identity.isEmpty()
                || Wording.cut(identity, MAX_LENGTH).length() < identity.length()
                || refused.contains(Wording.lower(identity))) {
            return "identity.refused";
        }
        if ((form.equals("number") && !NUMBER.matcher(identity).matches())
                || (form.equals("uuid") && !UUID.matcher(identity).matches())) {
            return "identity.form";
        }
        var key = identity.startsWith("+") ? "phone" : null;
        if (refusesContact && !contact.labels(identity, key).isEmpty()) {
            return "identity.contact";
        }
        for (var label : texts.labels(identity, key)) {
            if (!label.equals("email") && !label.startsWith("phone")) {
                return "text." + label;
            }
        }
        return null;
    }
}
