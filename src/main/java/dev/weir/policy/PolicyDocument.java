package dev.weir.policy;

import dev.weir.kernel.CanonicalJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A policy as people write it: valid by construction, with one canonical spelling and one hash. docs/policy-language.md */
public final class PolicyDocument {

    /** What the server alone judges by, and pages are not sent. */
    static final String SCHEMAS = "schemas";

    private static final PolicyDocument BALANCED = known(Map.of("version", 1L));
    private static final PolicyDocument STRICT = known(Map.of(
            "version",
            1L,
            "capture",
            Map.of("text", "drop"),
            "urls",
            Map.of("parameters", Map.of("mode", "allow", "names", List.of("utm_*")))));

    private final Map<String, @Nullable Object> complete;
    private final Map<String, @Nullable Object> json;
    private final String canonical;
    private final String hash;

    private PolicyDocument(Map<String, @Nullable Object> complete) {
        this.complete = complete;
        this.json = written(complete);
        this.canonical = CanonicalJson.write(json);
        this.hash = CanonicalJson.sha256(canonical);
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
        var reader = new DocumentReader();
        var complete = reader.read(json);
        return reader.errors().isEmpty()
                ? new Parsed.Valid(new PolicyDocument(complete))
                : new Parsed.Invalid(reader.errors());
    }

    /** The default for a new environment. */
    public static PolicyDocument balanced() {
        return BALANCED;
    }

    /** No text at all; parameters by allow-list. */
    public static PolicyDocument strict() {
        return STRICT;
    }

    /** The whole document: what its author left out is written out, and names stand in the form in which they are compared. */
    public Map<String, @Nullable Object> json() {
        return json;
    }

    /** The same with every list there is, empty ones too, for who looks for rules in it. */
    public Map<String, @Nullable Object> complete() {
        return complete;
    }

    public String canonical() {
        return canonical;
    }

    public String hash() {
        return hash;
    }

    /** What of it a page enforces: all but what the server alone judges by. No revision: that one's hash is the whole document's. */
    public PolicyDocument inPages() {
        var shared = new LinkedHashMap<>(complete);
        shared.put(SCHEMAS, List.of());
        return new PolicyDocument(Collections.unmodifiableMap(shared));
    }

    /** How many rules there are of each kind, for people: {@code pages}, {@code elements} … in the order of the documentation. */
    public Map<String, Integer> counts() {
        return DocumentReader.counts(new Json(complete));
    }

    /** This key came when there were revisions already: as long as it says nothing it is not written, and their hashes hold. */
    private static Map<String, @Nullable Object> written(Map<String, @Nullable Object> complete) {
        if (!(complete.get(SCHEMAS) instanceof List<?> schemas) || !schemas.isEmpty()) {
            return complete;
        }
        var written = new LinkedHashMap<>(complete);
        written.remove(SCHEMAS);
        return Collections.unmodifiableMap(written);
    }

    private static PolicyDocument known(Map<String, @Nullable Object> json) {
        return parse(json).match(document -> document, errors -> {
            throw new IllegalStateException("a preset is not valid: " + errors);
        });
    }
}
