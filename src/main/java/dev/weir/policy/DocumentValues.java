package dev.weir.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes single values out of what somebody wrote, and notes everything that is wrong with them. Never repairs a wrong value and never
 * quotes one: an error says where and why.
 */
final class DocumentValues {

    private static final int MAX_ERRORS = 100;

    private final List<PolicyError> errors = new ArrayList<>();

    /** What a single string of a list may be: the form in which it is kept, or null with an error noted. */
    interface Form {
        @Nullable
        String of(String text, String pointer);
    }

    List<PolicyError> errors() {
        return List.copyOf(errors);
    }

    /** Null where nothing was written, or nothing usable. */
    @Nullable
    Map<?, ?> object(@Nullable Object json, String pointer, Set<String> known) {
        if (json == null && !pointer.isEmpty()) {
            return null;
        }
        if (!(json instanceof Map<?, ?> map)) {
            error(pointer, "an object is expected");
            return null;
        }
        if (map.containsKey("replay") && pointer.isEmpty()) {
            error("/replay", "replay is reserved until its rules are enforced");
        } else if (!map.keySet().stream().allMatch(known::contains)) {
            error(pointer, PolicyError.UNKNOWN_KEY);
        }
        return map;
    }

    boolean flag(@Nullable Map<?, ?> map, String pointer, String key, boolean absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (map.get(key) instanceof Boolean flag) {
            return flag;
        }
        error(pointer + "/" + key, "true or false is expected");
        return absent;
    }

    long number(@Nullable Map<?, ?> map, String pointer, String key, long least, long most, long absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (map.get(key) instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.longValue();
        }
        error(pointer + "/" + key, "a whole number from " + least + " to " + most + " is expected");
        return absent;
    }

    /** The first of the options is the default. */
    String choice(@Nullable Map<?, ?> map, String pointer, String key, List<String> options) {
        if (map == null || !map.containsKey(key)) {
            return options.get(0);
        }
        return required(map, pointer, key, options);
    }

    String required(Map<?, ?> map, String pointer, String key, List<String> options) {
        if (map.get(key) instanceof String text && options.contains(text)) {
            return text;
        }
        error(pointer + "/" + key, "one of these is expected: " + String.join(", ", options));
        return options.get(0);
    }

    @Nullable
    String string(Map<?, ?> map, String pointer, String key, int most) {
        return string(map.get(key), pointer + "/" + key, most);
    }

    @Nullable
    String string(@Nullable Object value, String pointer, int most) {
        if (!(value instanceof String text) || Wording.trim(text).isEmpty()) {
            return error(pointer, "a text is expected");
        }
        if (text.codePointCount(0, text.length()) > most) {
            return error(pointer, "at most " + most + " characters are expected");
        }
        if (!isPlain(text)) {
            return error(pointer, "control characters and broken characters are not allowed");
        }
        return text;
    }

    List<?> list(@Nullable Map<?, ?> map, String pointer, String key, int most, List<?> absent) {
        if (map == null || !map.containsKey(key)) {
            return absent;
        }
        if (!(map.get(key) instanceof List<?> list)) {
            error(pointer + "/" + key, "a list is expected");
            return List.of();
        }
        if (list.size() > most) {
            error(pointer + "/" + key, "at most " + most + " entries are expected");
            return List.of();
        }
        return list;
    }

    List<String> strings(
            @Nullable Map<?, ?> map, String pointer, String key, int most, int length, List<String> absent, Form form) {
        Collection<String> kept = new LinkedHashSet<>();
        var given = list(map, pointer, key, most, absent);
        for (int i = 0; i < given.size(); i++) {
            var at = pointer + "/" + key + "/" + i;
            var text = string(given.get(i), at, length);
            var formed = text == null ? null : kept(form.of(text, at), at, length);
            if (formed != null) {
                kept.add(formed);
            }
        }
        return List.copyOf(kept);
    }

    /** The form in which a text is kept can be longer than what was given, and has to be read back: it is held to the same limit. */
    @Nullable
    String kept(@Nullable String formed, String pointer, int most) {
        return formed == null || formed.codePointCount(0, formed.length()) <= most
                ? formed
                : error(
                        pointer,
                        "at most " + most + " characters are expected in the spelling that is kept, which is longer");
    }

    /** Without broken and without control characters. */
    boolean isPlain(String text) {
        return Wording.isClean(text) && text.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
    }

    @Nullable
    String error(String pointer, String message) {
        return error(pointer, -1, message);
    }

    @Nullable
    String error(String pointer, int position, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new PolicyError(pointer, position, message));
        }
        return null;
    }
}
