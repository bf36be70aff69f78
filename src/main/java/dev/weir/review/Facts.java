package dev.weir.review;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Some JSON of the evidence, as its tables read it: what is missing, or of another kind, is empty. */
record Facts(Map<?, ?> json) {

    static Stream<Facts> each(Map<?, ?> json, String list) {
        return json.get(list) instanceof List<?> all
                ? all.stream().map(one -> new Facts(one instanceof Map<?, ?> map ? map : Map.of()))
                : Stream.of();
    }

    String text(String key) {
        var value = json.get(key);
        return value == null ? "" : value.toString();
    }

    boolean is(String key) {
        return Boolean.TRUE.equals(json.get(key));
    }

    long number(String key) {
        return json.get(key) instanceof Long number ? number : 0;
    }

    List<String> texts(String key) {
        return json.get(key) instanceof List<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of();
    }

    Facts inner(String key) {
        return new Facts(json.get(key) instanceof Map<?, ?> map ? map : Map.of());
    }
}
