package dev.weir.web;

import io.restassured.response.Response;
import java.util.function.Function;

/**
 * She looks, somebody else is first, and then she sends what she had in mind.
 *
 * @param thing where it is looked at
 * @param address what is sent to
 * @param asked what she sends after she has looked
 * @param first what somebody else does between
 * @param who her token
 */
record Race(String thing, String address, Function<Response, Sent> asked, Runnable first, String who) {

    /** A request that says what was looked at: by If-Match, or where that is empty, in its body. */
    record Sent(String match, Object body) {}
}
