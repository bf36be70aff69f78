package dev.weir.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One page of a list that Weir has in memory anyway, by a key that a thing keeps. The cursor is the key of the last thing that was sent, so
 * nothing is left out or sent twice, whatever is added or removed meanwhile.
 */
public final class Paged {

    /** Things on one page, at most. */
    public static final int MOST = 200;

    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{0,40}");

    private Paged() {}

    public static <T> Response answer(
            List<T> all, Function<T, String> key, Function<T, ?> told, String cursor, int limit, UriInfo uri) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "The limit is 1 to " + MOST + ".");
        }
        if (!KEY.matcher(cursor).matches()) {
            throw Problem.of(400, "The cursor is none that was given out.");
        }
        var rest = all.stream()
                .filter(thing -> key.apply(thing).compareTo(cursor) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        var page = rest.stream().limit(limit).toList();
        var answer = Response.ok(page.stream().map(told).toList());
        if (rest.size() > page.size()) {
            var last = key.apply(page.get(page.size() - 1));
            var next = uri.getRequestUriBuilder()
                    .replaceQueryParam("cursor", last)
                    .replaceQueryParam("limit", limit)
                    .build();
            // Without the host: by which name the program reaches it, Weir can't know.
            answer.header("Link", "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
