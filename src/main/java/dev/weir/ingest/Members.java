package dev.weir.ingest;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of which only some members are wanted: {@link Sent}. The last of a name counts. Names are compared as they are written, so that
 * none has to be made of what a stranger calls things; one that is escaped is compared as it reads. Of another form: as {@link #SCALAR}.
 */
final class Members implements Shape {

    private final String[] names;
    private final Map<String, Wanted> byName = new HashMap<>();

    /** By the length of the name. */
    private final List<List<Wanted>> byLength = new ArrayList<>();

    /** One of the members; {@code place} is its name's. */
    private static final class Wanted {

        final int place;
        final byte[] written;
        final Shape shape;

        Wanted(int place, String name, Shape shape) {
            this.place = place;
            this.written = name.getBytes(StandardCharsets.US_ASCII);
            this.shape = shape;
        }
    }

    Members(Map<String, Shape> wanted) {
        if (wanted.size() > Long.SIZE) {
            throw new IllegalArgumentException("more members than bits");
        }
        this.names = wanted.keySet().toArray(String[]::new);
        for (int place = 0; place < names.length; place++) {
            var one = new Wanted(place, names[place], wanted.getOrDefault(names[place], SCALAR));
            byName.put(names[place], one);
            while (byLength.size() <= one.written.length) {
                byLength.add(new ArrayList<>());
            }
            byLength.get(one.written.length).add(one);
        }
    }

    @Override
    public @Nullable Object read(JsonText at) throws NotJson {
        if (at.first() != '{') {
            return SCALAR.read(at);
        }
        var values = new @Nullable Object[names.length];
        long there = 0;
        for (boolean more = at.object(); more; more = at.member()) {
            var wanted = wanted(at);
            if (wanted == null) {
                at.skip();
            } else {
                values[wanted.place] = wanted.shape.read(at);
                there |= 1L << wanted.place;
            }
        }
        return new Sent(new Found(names, values, there));
    }

    private @Nullable Wanted wanted(JsonText at) {
        if (at.nameEscaped()) {
            return byName.get(at.name());
        }
        if (at.nameLength() < byLength.size()) {
            for (var one : byLength.get(at.nameLength())) {
                if (at.named(one.written)) {
                    return one;
                }
            }
        }
        return null;
    }

    /** What was there of the wanted members: a map of a few names that are known before, and less to make than a {@code HashMap}. */
    private static final class Found extends AbstractMap<String, @Nullable Object> {

        private final String[] names;
        private final @Nullable Object[] values;

        /** A bit for each place. */
        private final long there;

        Found(String[] names, @Nullable Object[] values, long there) {
            this.names = names;
            this.values = values;
            this.there = there;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            int place = place(name);
            return place >= 0 && has(place);
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            int place = place(name);
            return place < 0 ? null : values[place];
        }

        private int place(@Nullable Object name) {
            for (int place = 0; place < names.length; place++) {
                if (names[place].equals(name)) {
                    return place;
                }
            }
            return -1;
        }

        private boolean has(int place) {
            return (there >> place & 1) != 0;
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            var entries = new HashMap<String, @Nullable Object>();
            for (int place = 0; place < names.length; place++) {
                if (has(place)) {
                    entries.put(names[place], values[place]);
                }
            }
            return entries.entrySet();
        }
    }
}
