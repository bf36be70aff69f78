package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value inside a valid document, read without ceremony. Only for documents that {@link DocumentReader} has completed. */
record Json(@Nullable Object value) {

    Json get(String key) {
        return new Json(Objects.requireNonNull((Map<?, ?>) value).get(key));
    }

    /** {@code urls.parameters.names} */
    Json at(String path) {
        var found = this;
        for (var key : path.split("\\.", -1)) {
            found = found.get(key);
        }
        return found;
    }

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    boolean on() {
        return Boolean.TRUE.equals(value);
    }

    String text() {
        return (String) Objects.requireNonNull(value);
    }

    int number() {
        return ((Number) Objects.requireNonNull(value)).intValue();
    }

    List<Json> items() {
        return ((List<?>) Objects.requireNonNull(value))
                .stream().map(item -> new Json(item)).toList();
    }

    List<String> texts() {
        return items().stream().map(Json::text).toList();
    }
}
