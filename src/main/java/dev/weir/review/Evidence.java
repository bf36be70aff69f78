package dev.weir.review;

import dev.weir.kernel.CanonicalJson;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody saw who reviewed something: facts, which have to hold still when they sign, and figures, which move by themselves.
 * Nothing of an event is in it, and no name of a person.
 *
 * @param canonical the whole of it as canonical JSON
 */
public record Evidence(String canonical, String hash, Instant gatheredAt) {

    static final String FACTS = "facts";
    static final String FIGURES = "figures";

    static Evidence of(Portion portion, Map<String, ?> facts, Map<String, ?> figures, Instant at) {
        var content = new TreeMap<String, @Nullable Object>();
        content.put("matter", portion.matter().id());
        content.put(
                "environment", portion.environment().map(place -> place.value()).orElse(null));
        content.put("about", portion.about());
        content.put("gatheredAt", at.toString());
        content.put(FACTS, facts);
        content.put(FIGURES, figures);
        var canonical = CanonicalJson.write(content);
        return new Evidence(canonical, CanonicalJson.sha256(canonical), at);
    }

    /** As it was gathered. */
    Map<?, ?> content() {
        return CanonicalJson.read(canonical) instanceof Map<?, ?> content ? content : Map.of();
    }

    Map<?, ?> facts() {
        return content().get(FACTS) instanceof Map<?, ?> facts ? facts : Map.of();
    }

    Map<?, ?> figures() {
        return content().get(FIGURES) instanceof Map<?, ?> figures ? figures : Map.of();
    }

    /** Whether the text still has its hash. */
    boolean intact() {
        return CanonicalJson.sha256(canonical).equals(hash);
    }
}
