package dev.weir.store;

import dev.weir.event.Event;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What many events have in common, and what is therefore kept once for each environment. Its id is a hash of its text. */
record Shared(Kind kind, UUID id, String text) {

    /** The id that says an event has none. */
    static final UUID NOTHING = new UUID(0, 0);

    /** The tables, in the order in which a transaction touches them. */
    enum Kind {
        /** Where in the page something happened, as JSON. */
        HIERARCHY("hierarchy"),
        /** The address of the page without query and fragment. */
        LOCATION("location");

        private final String table;

        Kind(String table) {
            this.table = table;
        }

        String table() {
            return table;
        }
    }

    static Shared hierarchyOf(Event event) {
        return hierarchyOf(event, new Spelling());
    }

    /** The same, among the events of a batch that have elements in common. */
    static Shared hierarchyOf(Event event, Spelling spelling) {
        if (event.hierarchy().isEmpty()) {
            return new Shared(Kind.HIERARCHY, NOTHING, "");
        }
        var spelled = spelling.path(event.hierarchy());
        return new Shared(Kind.HIERARCHY, Keys.of(Kind.HIERARCHY.table(), spelled), EventJson.text(spelled));
    }

    static Shared locationOf(Event event) {
        var url = event.page().url();
        return url == null
                ? new Shared(Kind.LOCATION, NOTHING, "")
                : of(Kind.LOCATION, url.substring(0, locationEnd(url)));
    }

    /** The same, beside one of the same batch, whose events are mostly of one page: it need not be hashed again. */
    static Shared locationOf(Event event, @Nullable Shared before) {
        var url = event.page().url();
        if (before == null || before.isNothing() || url == null) {
            return locationOf(event);
        }
        boolean same = url.startsWith(before.text) && locationEnd(url) == before.text.length();
        return same ? before : locationOf(event);
    }

    /** Where an address goes on with its query or fragment; its length when it has neither. */
    static int locationEnd(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }

    /** What is left of an address for the event itself; null when that is nothing. */
    static @Nullable String restOf(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int end = locationEnd(url);
        return end == url.length() ? null : url.substring(end);
    }

    boolean isNothing() {
        return id.equals(NOTHING);
    }

    private static Shared of(Kind kind, String text) {
        return new Shared(kind, Keys.of(kind.table(), text), text);
    }
}
