package dev.weir.catalog;

import dev.weir.web.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** What a program says and hears about a page of a list: cursor, limit, and the address of the next one. */
final class Paging {

    private Paging() {}

    static Cursor start(String cursor, int limit) {
        if (limit < 1 || limit > Slice.MOST) {
            throw Problem.of(400, "The limit is 1 to " + Slice.MOST + ".");
        }
        return Cursor.of(cursor).orElseThrow(() -> Problem.of(400, "The cursor is none that was given out."));
    }

    static Response answer(Object body, Slice<?> slice, UriInfo uri) {
        var answer = Response.ok(body);
        slice.next()
                .ifPresent(next -> answer.link(
                        uri.getRequestUriBuilder()
                                .replaceQueryParam("cursor", next.word())
                                .build(),
                        "next"));
        return answer.build();
    }
}
