package dev.weir.ingest;

import java.util.stream.Stream;

/** The addresses of ingestion, for tests elsewhere: they share one route, so the router does not list them. */
public final class WaysIn {

    private WaysIn() {}

    /** As docs/access.md writes them. */
    public static Stream<String> all() {
        return Stream.of(Endpoint.values())
                .map(endpoint -> "POST " + endpoint.path().replace(":app", "{appId}"));
    }
}
