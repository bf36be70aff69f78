package dev.weir.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.StreamSupport;

/**
 * One request of a {@link Load}, the same whenever it is asked for again. By its number it comes from a server; from a page of Weir's own
 * address, with the way to each element; from a server of which half is to be stored, a quarter is sent twice and a quarter is no event; or
 * from a page that may not send.
 */
record LoadRequest(int server, int number) {

    /** Entries of each request. */
    static final int ENTRIES = 20;

    private static final int GOOD = ENTRIES / 2;
    private static final int TWICE = ENTRIES / 4;
    private static final int BAD = ENTRIES / 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    private enum Kind {
        SERVER,
        PAGE,
        MIXED,
        STRANGER
    }

    private Kind kind() {
        return Kind.values()[number % Kind.values().length];
    }

    /** How many different events are there when it is acknowledged: kept, or set aside. Their names end with the numbers from 0. */
    int stored() {
        return kind() == Kind.MIXED ? GOOD : ENTRIES;
    }

    /** How many entries are dropped, each time. */
    int dropped() {
        return kind() == Kind.MIXED ? BAD : 0;
    }

    boolean setAside() {
        return kind() == Kind.STRANGER;
    }

    String name(int event) {
        return "load " + server + " " + number + " " + event;
    }

    HttpRequest to(String node, String app) {
        boolean browser = kind() == Kind.PAGE || kind() == Kind.STRANGER;
        var request = HttpRequest.newBuilder(URI.create(node + (browser ? "/api/collect/" + app : "/api/track")))
                .timeout(Duration.ofSeconds(60));
        if (browser) {
            request.header("Origin", setAside() ? "https://elsewhere.example" : node);
            request.header("Content-Type", "text/plain");
        } else {
            request.header("Content-Type", "application/json");
        }
        var body = browser ? page(node) : server(app);
        return request.POST(BodyPublishers.ofString(body.toString())).build();
    }

    /** Whether these counts may be the answer, be it the first time or not; what is twice nobody knows where Kafka is between. */
    boolean fits(JsonNode counts) {
        int accepted = counts.path("accepted").asInt();
        int quarantined = counts.path("quarantined").asInt();
        int duplicate = counts.path("duplicate").asInt();
        int dropped = StreamSupport.stream(counts.path("dropped").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .sum();
        return accepted + quarantined + duplicate + dropped == ENTRIES
                && dropped == dropped()
                && (setAside() ? accepted : quarantined) == 0
                && counts.path("redacted").asInt() == accepted;
    }

    private ObjectNode server(String app) {
        var body = JSON.createObjectNode().put("app_id", app);
        var events = body.putArray("events");
        for (int i = 0; i < stored(); i++) {
            good(events, i);
        }
        if (kind() == Kind.MIXED) {
            for (int i = 0; i < TWICE; i++) {
                good(events, i);
            }
            for (int i = 0; i < BAD; i++) {
                // No event, and whatever it holds is kept nowhere.
                properties(events.addObject().put("identity", "bad ann@" + Load.SECRET + ".example"), i);
            }
        }
        return body;
    }

    private void good(ArrayNode events, int event) {
        var entry = events.addObject()
                .put("event", name(event))
                .put("identity", "customer " + server + " of " + number % 7)
                .put("idempotency_key", name(event));
        properties(entry, event);
    }

    private void properties(ObjectNode entry, int event) {
        entry.putObject("properties")
                .put("trace", Load.TRACE)
                .put("note", "write to ann" + number + "." + event + "@" + Load.SECRET + ".example today");
    }

    private ObjectNode page(String node) {
        var body = JSON.createObjectNode()
                .put("v", 1)
                .put("sent", 1)
                .put("consent", "granted")
                .put("user", "471100" + server);
        body.putObject("session")
                .put("id", "11" + server)
                .put("at", 1)
                .put("referrer", address("https://search.example"));
        body.putObject("page")
                .put("id", "22" + number)
                .put("at", 1)
                .put("url", address(node + "/aisle/" + number % 9))
                .put("title", "For ann@" + Load.SECRET + ".example");
        var events = body.putArray("events");
        for (int i = 0; i < ENTRIES; i++) {
            var event = events.addObject()
                    .put("id", name(i))
                    .put("at", 1)
                    .put("type", "custom")
                    .put("name", name(i));
            properties(event, i);
            var path = event.putArray("path");
            path.addObject()
                    .put("t", "button")
                    .put("i", "buy-" + i % 5)
                    .put("n", 1 + i % 5)
                    .put("k", 1);
            path.addObject().put("t", "main").put("n", 1 + number % 3).put("k", 1);
        }
        return body;
    }

    private static String address(String page) {
        return page + "?write=ann@" + Load.SECRET + ".example";
    }
}
