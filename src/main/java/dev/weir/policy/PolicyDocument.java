package dev.weir.policy;

import dev.weir.kernel.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A policy as people write it: valid by construction, with one canonical spelling and one hash. docs/policy-language.md */
public final class PolicyDocument {

    private final Map<String, @Nullable Object> json;
    private final String canonical;

    private PolicyDocument(Map<String, @Nullable Object> json) {
        this.json = json;
        this.canonical = CanonicalJson.write(json);
    }

    /** A document, or all that is wrong with it. */
    public sealed interface Parsed {
        <R> R match(Function<PolicyDocument, R> valid, Function<List<PolicyError>, R> invalid);

        record Valid(PolicyDocument document) implements Parsed {
            @Override
            public <R> R match(Function<PolicyDocument, R> valid, Function<List<PolicyError>, R> invalid) {
                return valid.apply(document);
            }
        }

        record Invalid(List<PolicyError> errors) implements Parsed {
            @Override
            public <R> R match(Function<PolicyDocument, R> valid, Function<List<PolicyError>, R> invalid) {
                return invalid.apply(errors);
            }
        }
    }

    /** The JSON value as plain maps, lists, strings, numbers and booleans; numbers that are whole come as {@code Long}. */
    public static Parsed parse(@Nullable Object json) {
        return new Parsed.Invalid(List.of(new PolicyError("", -1, "no rule is known yet")));
    }

    /** The default for a new environment. */
    public static PolicyDocument balanced() {
        return new PolicyDocument(Map.of("version", 1L));
    }

    /** No text at all; parameters by allow-list. */
    public static PolicyDocument strict() {
        return new PolicyDocument(Map.of("version", 1L));
    }

    public Map<String, @Nullable Object> json() {
        return json;
    }

    public String canonical() {
        return canonical;
    }

    public String hash() {
        return CanonicalJson.sha256(canonical);
    }
}
