package dev.weir.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a page of a list ended. A program gets it as one word and gives it back unread. */
record Cursor(String name, String id) {

    static final Cursor START = new Cursor("", "");

    static Cursor after(Definition definition) {
        return new Cursor(DefinitionRows.key(definition.name()), definition.id());
    }

    String word() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + " " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** The start for an empty word; empty for what never was a cursor. */
    static Optional<Cursor> of(String word) {
        if (word.isEmpty()) {
            return Optional.of(START);
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            return space < 0 || text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new Cursor(text.substring(space + 1), text.substring(0, space)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
