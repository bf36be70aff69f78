package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.policy.PolicyDocument;
import org.jspecify.annotations.Nullable;

/** Reads a policy from the text in which the database keeps it, published or drafted. What fails is never quoted. */
public final class PolicyText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyText() {}

    /** For what was valid when it was written. */
    public static PolicyDocument document(String text) {
        return parsed(text).match(valid -> valid, errors -> {
            throw new IllegalStateException("a stored policy is not valid, in " + errors.size() + " places");
        });
    }

    static PolicyDocument.Parsed parsed(String text) {
        return PolicyDocument.parse(value(text));
    }

    private static @Nullable Object value(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored policy is not JSON");
        }
    }
}
