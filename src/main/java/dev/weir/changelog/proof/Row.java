package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row as it was written: canonical JSON, the hash over it, and what of its sealed values has not been erased. Reads; whether the
 * row is true is up to {@link Verification}.
 */
public final class Row {

    /** The one member of an object that stands for a sealed value. */
    public static final String SEALED = "sealed";

    private final String content;
    private final String hash;
    private final Map<String, Sealed> personal;
    private final Map<?, ?> json;

    /** @throws IllegalArgumentException where the content isn't canonical JSON, or not an object */
    public Row(String content, String hash, Map<String, Sealed> personal) {
        if (!(CanonicalJson.read(content) instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException("a row is an object");
        }
        this.content = content;
        this.hash = hash;
        this.personal = Map.copyOf(personal);
        this.json = object;
    }

    public String content() {
        return content;
    }

    public String hash() {
        return hash;
    }

    /** By commitment. */
    public Map<String, Sealed> personal() {
        return personal;
    }

    /** 0 where there is none. */
    public long sequence() {
        return json.get("sequence") instanceof Long number ? number : 0;
    }

    public String previous() {
        return text("previous");
    }

    public Instant at() {
        try {
            return Instant.parse(text("time"));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    public String action() {
        return text("action");
    }

    public String actor() {
        return text(json.get("actor"), "subject");
    }

    public String means() {
        return text(json.get("actor"), "means");
    }

    /** Name of the token or the import that was used; mostly empty. */
    public String instrument() {
        return text(json.get("actor"), "instrument");
    }

    /** Of the actor, while it is not erased. */
    public Optional<String> actorName() {
        return json.get("actor") instanceof Map<?, ?> actor ? open(actor.get("name")) : Optional.empty();
    }

    public String kind() {
        return text(json.get("object"), "kind");
    }

    public String object() {
        return text(json.get("object"), "id");
    }

    /** Empty where it is about none. */
    public String environment() {
        return text("environment");
    }

    public String correlation() {
        return text("correlation");
    }

    public boolean reasoned() {
        return json.get("reason") != null;
    }

    public Optional<String> reason() {
        return open(json.get("reason"));
    }

    public Map<?, ?> before() {
        return json.get("before") instanceof Map<?, ?> values ? values : Map.of();
    }

    public Map<?, ?> after() {
        return json.get("after") instanceof Map<?, ?> values ? values : Map.of();
    }

    /** Whether a value stands for one that may be erased. */
    public static boolean isSealed(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1 && map.get(SEALED) instanceof String;
    }

    /** What a sealed value says, while it is not erased. */
    public Optional<String> open(@Nullable Object value) {
        return isSealed(value) && value instanceof Map<?, ?> map
                ? Optional.ofNullable(personal.get(String.valueOf(map.get(SEALED))))
                        .map(Sealed::value)
                : Optional.empty();
    }

    private String text(String key) {
        return text(json, key);
    }

    private static String text(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> object && object.get(key) instanceof String text ? text : "";
    }
}
