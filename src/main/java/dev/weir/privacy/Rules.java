package dev.weir.privacy;

import dev.weir.policy.PolicyDocument;
import dev.weir.policy.RuleChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy document on its way to the next one, addressed by dotted paths such as {@code urls.parameters.names}. Each change gives a
 * new one; nothing here decides whether a change is allowed, {@link PolicyDocument#parse} does.
 */
final class Rules {

    private final Map<String, Object> json;

    private Rules(Map<String, Object> json) {
        this.json = json;
    }

    static Rules of(PolicyDocument document) {
        return new Rules(copy(document.complete()));
    }

    /** A copy that may be changed. */
    Map<String, Object> json() {
        return copy(json);
    }

    PolicyDocument.Parsed parsed() {
        return PolicyDocument.parse(json());
    }

    Object at(String path) {
        var value = found(path);
        if (value == null) {
            throw new IllegalArgumentException("no such rule: " + path);
        }
        return value;
    }

    private @Nullable Object found(String path) {
        Object value = json;
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    String text(String path) {
        return String.valueOf(at(path));
    }

    boolean on(String path) {
        return Boolean.TRUE.equals(at(path));
    }

    @SuppressWarnings("unchecked") // what is called a list in the language holds strings or objects only
    List<Object> list(String path) {
        return Collections.unmodifiableList((List<Object>) at(path));
    }

    List<String> strings(String path) {
        return list(path).stream().map(String::valueOf).toList();
    }

    List<Map<?, ?>> objects(String path) {
        var objects = new ArrayList<Map<?, ?>>();
        for (Object item : list(path)) {
            if (item instanceof Map<?, ?> map) {
                objects.add(map);
            }
        }
        return objects;
    }

    @SuppressWarnings("unchecked") // objects of JSON have string keys
    Rules with(String path, Object value) {
        var changed = json();
        Map<String, Object> inner = changed;
        var keys = List.of(path.split("\\.", -1));
        for (String key : keys.subList(0, keys.size() - 1)) {
            inner = (Map<String, Object>) inner.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        }
        inner.put(keys.get(keys.size() - 1), value);
        return new Rules(changed);
    }

    /** With this value of a setting, or with this rule in its list: in the place of the one about the same thing, else at the end. */
    Optional<Rules> putting(String path, @Nullable Object rule) {
        if (rule == null || found(path) == null) {
            return Optional.empty();
        }
        if (!(found(path) instanceof List<?>)) {
            return Optional.of(with(path, rule));
        }
        int place = place(path, RuleChange.about(rule));
        return Optional.of(place < 0 ? adding(path, List.of(rule)) : replacing(path, place, rule));
    }

    /** Without the rule of a list that is about this; empty where there is none. */
    Optional<Rules> without(String path, String about) {
        int place = found(path) instanceof List<?> ? place(path, about) : -1;
        return place < 0 ? Optional.empty() : Optional.of(removing(path, place));
    }

    private int place(String path, String about) {
        return list(path).stream().map(RuleChange::about).toList().indexOf(about);
    }

    /** Adds at the end what is not there yet. */
    Rules adding(String path, List<?> items) {
        var list = new ArrayList<>(list(path));
        for (Object item : items) {
            if (!list.contains(item)) {
                list.add(item);
            }
        }
        return with(path, list);
    }

    Rules replacing(String path, int index, Object item) {
        var list = new ArrayList<>(list(path));
        if (index < 0 || index >= list.size()) {
            return this;
        }
        list.set(index, item);
        return with(path, list);
    }

    Rules removing(String path, int index) {
        var list = new ArrayList<>(list(path));
        if (index < 0 || index >= list.size()) {
            return this;
        }
        list.remove(index);
        return with(path, list);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rules rules && rules.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put((String) key, plain(value)));
        return copy;
    }

    /** A deep copy whose whole numbers are all {@code Long}, so that equal documents are equal. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(Rules::plain).toList());
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
