package dev.weir.snippet;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code If-None-Match} header of a request (RFC 9110, 13.1.2): a list of entity tags, or {@code *} for any. */
record IfNoneMatch(boolean any, Set<String> tags) {

    private static final int MOST = 4096;

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    IfNoneMatch {
        tags = Set.copyOf(tags);
    }

    static IfNoneMatch of(@Nullable String header) {
        if (header == null || header.length() > MOST) {
            return new IfNoneMatch(false, Set.of());
        }
        var tags = new TreeSet<String>();
        var found = TAG.matcher(header);
        while (found.find()) {
            tags.add(found.group(1));
        }
        return new IfNoneMatch(header.strip().equals("*"), tags);
    }

    /** Compares weakly, as the header asks: a tag and its weak form are the same. */
    boolean holds(String tag) {
        return any || tags.contains(tag);
    }
}
