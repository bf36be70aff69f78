package dev.weir.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wrote into a complete document: every part has its place, and what was not said its default. */
final class DocumentReader {

    private final DocumentValues values = new DocumentValues();
    private final DocumentForms forms = new DocumentForms(values);
    private final DocumentRules rules = new DocumentRules(values, forms);
    private final DocumentSchemas schemas = new DocumentSchemas(values);

    List<PolicyError> errors() {
        return values.errors();
    }

    Map<String, @Nullable Object> read(@Nullable Object json) {
        var document = values.object(
                json,
                "",
                Set.of(
                        "version",
                        "capture",
                        "origins",
                        "consent",
                        "pages",
                        "urls",
                        "elements",
                        "text",
                        "properties",
                        "events",
                        PolicyDocument.SCHEMAS,
                        "identity",
                        "retention"));
        if (document == null) {
            return Map.of();
        }
        if (!(document.get("version") instanceof Number version) || version.doubleValue() != 1) {
            values.error("/version", "the version must be 1");
        }
        var complete = new LinkedHashMap<String, @Nullable Object>();
        complete.put("version", 1L);
        complete.put("capture", capture(part(document, "capture")));
        complete.put("origins", values.strings(document, "", "origins", 100, 255, List.of(), forms::origin));
        complete.put("consent", consent(part(document, "consent")));
        complete.put("pages", values.strings(document, "", "pages", 500, 500, List.of(), forms::page));
        complete.put("urls", urls(part(document, "urls")));
        complete.put("elements", rules.elements(values.list(document, "", "elements", 500, List.of())));
        complete.put(
                "text",
                rules.text(document.containsKey("text") ? values.list(document, "", "text", 200, List.of()) : null));
        var properties = rules.properties(values.list(document, "", "properties", 500, List.of()));
        complete.put("properties", properties);
        complete.put("events", values.strings(document, "", "events", 500, 1024, List.of(), DocumentForms::folded));
        var expected = values.list(document, "", PolicyDocument.SCHEMAS, DocumentSchemas.MOST, List.of());
        complete.put(PolicyDocument.SCHEMAS, schemas.read(expected, properties));
        complete.put("identity", identity(part(document, "identity")));
        complete.put("retention", retention(part(document, "retention")));
        return Collections.unmodifiableMap(complete);
    }

    static Map<String, Integer> counts(Json document) {
        var counts = new LinkedHashMap<String, Integer>();
        counts.put(
                "parameters",
                document.get("urls").get("parameters").get("names").items().size());
        counts.put("paths", document.get("urls").get("paths").items().size());
        for (var kind :
                List.of("pages", "elements", "text", "properties", "events", PolicyDocument.SCHEMAS, "origins")) {
            counts.put(kind, document.get(kind).items().size());
        }
        counts.put("refused", document.get("identity").get("refused").items().size());
        return Collections.unmodifiableMap(counts);
    }

    private Map<String, Object> capture(@Nullable Object json) {
        var given = values.object(json, "/capture", Set.of("pageview", "click", "change", "submit", "text", "maxText"));
        var complete = new LinkedHashMap<String, Object>();
        for (var type : List.of("pageview", "click", "change", "submit")) {
            complete.put(type, values.flag(given, "/capture", type, true));
        }
        complete.put("text", values.choice(given, "/capture", "text", List.of("keep", "mask", "drop")));
        complete.put("maxText", values.number(given, "/capture", "maxText", 1, 1024, 255));
        return Collections.unmodifiableMap(complete);
    }

    private Map<String, Object> consent(@Nullable Object json) {
        var given = values.object(json, "/consent", Set.of("required", "honourGpc"));
        return Map.of(
                "required", values.flag(given, "/consent", "required", false),
                "honourGpc", values.flag(given, "/consent", "honourGpc", false));
    }

    private Map<String, Object> urls(@Nullable Object json) {
        var given = values.object(json, "/urls", Set.of("parameters", "fragment", "identifiers", "paths"));
        var at = "/urls/parameters";
        var parameters = values.object(given == null ? null : given.get("parameters"), at, Set.of("mode", "names"));
        var mode = values.choice(parameters, at, "mode", List.of("block", "allow"));
        var names = mode.equals("block") ? Defaults.PARAMETERS : List.<String>of();
        return Map.of(
                "parameters",
                Map.of("mode", mode, "names", values.strings(parameters, at, "names", 1000, 64, names, forms::named)),
                "fragment",
                values.choice(given, "/urls", "fragment", List.of("drop", "keep")),
                "identifiers",
                values.choice(given, "/urls", "identifiers", List.of("mask", "keep")),
                "paths",
                values.strings(given, "/urls", "paths", 500, 500, List.of(), forms::template));
    }

    private Map<String, Object> identity(@Nullable Object json) {
        var at = "/identity";
        var given = values.object(json, at, Set.of("refused", "form", "contact", "perDevice"));
        return Map.of(
                "refused",
                values.strings(given, at, "refused", 100, 255, Defaults.REFUSED_IDENTITIES, DocumentForms::folded),
                "form",
                values.choice(given, at, "form", List.of("any", "number", "uuid")),
                "contact",
                values.choice(given, at, "contact", List.of("refuse", "allow")),
                "perDevice",
                values.number(given, at, "perDevice", 1, 1000, 10));
    }

    private Map<String, Object> retention(@Nullable Object json) {
        var given = values.object(json, "/retention", Set.of("events", "quarantine"));
        return Map.of(
                "events", values.number(given, "/retention", "events", 1, 3650, 395),
                "quarantine", values.number(given, "/retention", "quarantine", 1, 3650, 30));
    }

    private static @Nullable Object part(Map<?, ?> document, String key) {
        return document.containsKey(key) && document.get(key) == null ? List.of() : document.get(key);
    }
}
