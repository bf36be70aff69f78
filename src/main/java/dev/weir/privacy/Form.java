package dev.weir.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What was typed into a form: strings only, trimmed. Decides nothing; a number that is none stays text, for the document to refuse. */
record Form(Map<String, String> values) {

    static final Form EMPTY = new Form(Map.of());

    Form {
        values = Map.copyOf(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean on(String name) {
        return !text(name).isEmpty();
    }

    /** The entries of a list typed one a line; {@code separators} are further characters that end one. */
    List<String> entries(String name, String separators) {
        return Arrays.stream(text(name).split("[\\r\\n" + separators + "]+", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    Object number(String name) {
        return text(name).matches("[0-9]{1,9}") ? (Object) Long.valueOf(text(name)) : text(name);
    }

    int index() {
        return text("index").matches("[0-9]{1,6}") ? Integer.parseInt(text("index")) : -1;
    }

    long version() {
        return text("version").matches("[0-9]{1,18}") ? Long.parseLong(text("version")) : -1;
    }
}
