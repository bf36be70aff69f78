package dev.weir.restoration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The doors of all kinds of things that have versions. */
@ApplicationScoped
class Kinds {

    private final Map<Versioned, Things> things = new EnumMap<>(Versioned.class);

    Kinds(@Any Instance<Things> all) {
        all.forEach(some -> things.put(some.kind(), some));
    }

    Things of(Versioned kind) {
        return Objects.requireNonNull(things.get(kind), kind.kind());
    }
}
