package dev.weir.event;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Properties of an event, in their order: a map that nobody can change any more, so that handing it on takes no copy. */
public final class EventProperties extends AbstractMap<String, @Nullable Object> {

    private static final EventProperties NONE = new EventProperties(Map.of());

    private final Map<String, @Nullable Object> members;

    private EventProperties(Map<String, @Nullable Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    static EventProperties of(Map<String, @Nullable Object> given) {
        if (given instanceof EventProperties same) {
            return same;
        }
        return given.isEmpty() ? NONE : new EventProperties(new LinkedHashMap<>(given));
    }

    /** Properties that are being put together; the last value of a name counts. */
    public static final class Building {

        private @Nullable Map<String, @Nullable Object> members = new LinkedHashMap<>();

        public Building put(String name, @Nullable Object value) {
            open().put(name, value);
            return this;
        }

        public Building putAll(Map<String, @Nullable Object> others) {
            open().putAll(others);
            return this;
        }

        /** Gives them away: nothing can be put from now on. */
        public EventProperties done() {
            var done = new EventProperties(open());
            members = null;
            return done;
        }

        private Map<String, @Nullable Object> open() {
            if (members == null) {
                throw new IllegalStateException("these properties are done");
            }
            return members;
        }
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return members.containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return members.get(name);
    }

    @Override
    public Set<String> keySet() {
        return members.keySet();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return members.entrySet();
    }
}
