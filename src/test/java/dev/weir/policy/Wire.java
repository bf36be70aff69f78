package dev.weir.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events and verdicts as JSON, in the form of docs/policy-language.md. What is absent or empty is left out. */
final class Wire {

    static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    static Object plain(JsonNode json) {
        return JSON.convertValue(json, Object.class);
    }

    /** As {@link PolicyDocument#parse} wants it. */
    static @Nullable Object longs(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            var out = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, value) -> out.put((String) key, longs(value)));
            return out;
        }
        if (json instanceof List<?> list) {
            var out = new ArrayList<@Nullable Object>();
            list.forEach(item -> out.add(longs(item)));
            return out;
        }
        return json instanceof Integer number ? (Object) number.longValue() : json;
    }

    static Event event(JsonNode json) {
        var elements = new ArrayList<Element>();
        json.path("path").forEach(node -> elements.add(element(node)));
        var properties = new LinkedHashMap<String, @Nullable Object>();
        json.path("properties")
                .properties()
                .forEach(entry -> properties.put(entry.getKey(), longs(plain(entry.getValue()))));
        var page = json.path("page");
        var session = json.path("session");
        return new Event(
                EventType.of(json.path("type").asText()).orElseThrow(),
                text(json, "name"),
                text(json, "text"),
                text(json, "href"),
                new Hierarchy(elements),
                properties,
                text(json, "identity"),
                new Page(text(page, "url"), text(page, "title"), text(page, "previous")),
                new Session(text(session, "referrer"), text(session, "landing")));
    }

    private static Element element(JsonNode node) {
        var classes = new ArrayList<String>();
        node.path("c").forEach(name -> classes.add(name.asText()));
        var attributes = new LinkedHashMap<String, String>();
        node.path("a")
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        return new Element(
                node.path("t").asText(),
                text(node, "i"),
                classes,
                attributes,
                node.path("n").asInt(),
                node.path("k").asInt(),
                node.path("h").asInt() == 1,
                node.path("s").asInt() == 1);
    }

    private static @Nullable String text(JsonNode json, String key) {
        return json.hasNonNull(key) ? json.get(key).asText() : null;
    }

    static ObjectNode json(Event event) {
        var out = JsonNodeFactory.instance.objectNode();
        out.put("type", event.type().wire());
        put(out, "name", event.name());
        put(out, "text", event.text());
        put(out, "href", event.href());
        var path = out.arrayNode();
        event.hierarchy().elements().forEach(element -> path.add(json(element)));
        if (!path.isEmpty()) {
            out.set("path", path);
        }
        if (!event.properties().isEmpty()) {
            var properties = new TreeMap<String, @Nullable Object>(event.properties());
            // JSON.stringify writes 7.0 as 7: the same number.
            properties.replaceAll((name, value) -> value instanceof Double number && number == Math.rint(number)
                    ? (Object) number.longValue()
                    : value);
            out.set("properties", JSON.valueToTree(properties));
        }
        put(out, "identity", event.identity());
        var page = out.objectNode();
        put(page, "url", event.page().url());
        put(page, "title", event.page().title());
        put(page, "previous", event.page().previous());
        if (!page.isEmpty()) {
            out.set("page", page);
        }
        var session = out.objectNode();
        put(session, "referrer", event.session().referrer());
        put(session, "landing", event.session().landing());
        if (!session.isEmpty()) {
            out.set("session", session);
        }
        return out;
    }

    private static ObjectNode json(Element element) {
        var out = JsonNodeFactory.instance.objectNode();
        out.put("t", element.tag());
        put(out, "i", element.id());
        if (!element.classes().isEmpty()) {
            out.set("c", JSON.valueToTree(element.classes()));
        }
        if (!element.attributes().isEmpty()) {
            out.set("a", JSON.valueToTree(new TreeMap<>(element.attributes())));
        }
        number(out, "n", element.nthChild());
        number(out, "k", element.nthOfType());
        number(out, "h", element.host() ? 1 : 0);
        number(out, "s", element.foreign() ? 1 : 0);
        return out;
    }

    private static void put(ObjectNode out, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.put(key, value);
        }
    }

    private static void number(ObjectNode out, String key, int value) {
        if (value != 0) {
            out.put(key, value);
        }
    }

    static ObjectNode json(Verdict verdict) {
        var out = JsonNodeFactory.instance.objectNode();
        verdict.<ObjectNode>match(
                kept -> out.put("outcome", "kept").set("event", json(kept.event())),
                quarantined -> out.put("outcome", "quarantined")
                        .put("reason", quarantined.reason().name())
                        .set("event", json(quarantined.event())),
                dropped -> out.put("outcome", "dropped")
                        .put("reason", dropped.reason().name()));
        ArrayNode findings = out.arrayNode();
        verdict.findings()
                .forEach(finding -> findings.add(out.arrayNode()
                        .add(finding.reason().name())
                        .add(finding.field())
                        .add(finding.rule())));
        out.set("findings", findings);
        return out;
    }

    /** An answer of the browser's engine, in the same form. */
    static ObjectNode normalised(JsonNode judged) {
        var out = JsonNodeFactory.instance.objectNode();
        out.put("outcome", judged.path("outcome").asText());
        if (judged.hasNonNull("reason")) {
            out.put("reason", judged.get("reason").asText());
        }
        if (judged.hasNonNull("event")) {
            out.set("event", json(event(judged.get("event"))));
        }
        ArrayNode findings = out.arrayNode();
        judged.path("findings")
                .forEach(finding -> findings.add(out.arrayNode()
                        .add(finding.path("reason").asText())
                        .add(finding.path("field").asText())
                        .add(finding.path("rule").asText())));
        out.set("findings", findings);
        return out;
    }
}
