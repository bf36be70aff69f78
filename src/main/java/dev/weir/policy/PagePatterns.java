package dev.weir.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The blocked pages. A pattern is a path in which {@code *} is any run of characters; every other character is itself. */
final class PagePatterns {

    private final List<String> patterns;

    /** What stands before the first star of each: most pages begin otherwise. */
    private final List<String> beginnings;

    PagePatterns(List<String> patterns) {
        this.patterns = patterns;
        this.beginnings = patterns.stream()
                .map(pattern -> pattern.indexOf('*') < 0 ? pattern : pattern.substring(0, pattern.indexOf('*')))
                .toList();
    }

    /** The first pattern that covers the page, if any. */
    Optional<String> blocking(@Nullable String url) {
        if (url == null || patterns.isEmpty()) {
            return Optional.empty();
        }
        var path = normalised(path(url));
        var closed = path + "/";
        for (int i = 0; i < patterns.size(); i++) {
            if (closed.startsWith(beginnings.get(i))) {
                var pattern = patterns.get(i);
                if (covers(pattern, path) || covers(pattern, closed)) {
                    return Optional.of(pattern);
                }
            }
        }
        return Optional.empty();
    }

    /** Decoded twice, {@code \} as {@code /}, without path parameters, one slash at a time, neither slash nor space at the end, lower case. */
    static String normalised(String path) {
        if (isNormal(path)) {
            return path;
        }
        var plain = Wording.lower(Decoding.percent(Decoding.percent(path)).replace('\\', '/'));
        var out = new StringBuilder();
        boolean parameters = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            parameters = c == ';' || (parameters && c != '/');
            if (!parameters && !(c == '/' && !out.isEmpty() && out.charAt(out.length() - 1) == '/')) {
                out.append(c);
            }
        }
        int length = out.length();
        while (length > 1 && (out.charAt(length - 1) == '/' || out.charAt(length - 1) == ' ')) {
            length--;
        }
        return out.substring(0, length);
    }

    /** Whether it is seen at once that there is nothing to change. */
    private static boolean isNormal(String path) {
        int last = path.length() - 1;
        if (last > 0 && (path.charAt(last) == '/' || path.charAt(last) == ' ')) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = path.charAt(i);
            boolean changes = (c >= 'A' && c <= 'Z') || c > '~' || c == '%' || c == '\\' || c == ';';
            if (changes || (c == '/' && i > 0 && path.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private static String path(String url) {
        var text = AddressText.tidy(url);
        int end = AddressText.pathEnd(text);
        var path = text.substring(0, end).replace('\\', '/');
        int start = AddressText.scheme(path) + 1;
        int slashes = start;
        while (slashes < path.length() && path.charAt(slashes) == '/') {
            slashes++;
        }
        boolean http = start > 0 && AddressText.isHttp(path.substring(0, start - 1));
        if (http || slashes - start >= 2) {
            int host = path.indexOf('/', slashes);
            return host < 0 ? "/" : path.substring(host);
        }
        // Before normalisation makes one slash of many.
        return "/" + path.substring(slashes);
    }

    private static boolean covers(String pattern, String path) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(path);
        }
        if (!path.startsWith(pattern.substring(0, star))) {
            return false;
        }
        int at = star;
        while (true) {
            int next = pattern.indexOf('*', star + 1);
            var literal = pattern.substring(star + 1, next < 0 ? pattern.length() : next);
            if (next < 0) {
                return path.length() - literal.length() >= at && path.endsWith(literal);
            }
            int found = path.indexOf(literal, at);
            if (found < 0) {
                return false;
            }
            at = found + literal.length();
            star = next;
        }
    }
}
