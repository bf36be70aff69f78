package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.web.Race.Sent;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** The races over one kind of things, by their operations. */
abstract class Races {

    private static final AtomicInteger MADE = new AtomicInteger();

    final String ada;
    final String bob;
    final String eve;

    private final Racers racers;
    private final Map<String, List<Supplier<Race>>> races = new HashMap<>();

    Races(Racers racers) {
        this.racers = racers;
        this.ada = racers.ada();
        this.bob = racers.bob();
        this.eve = racers.eve();
    }

    /** Names them all. */
    abstract void all();

    final List<Supplier<Race>> of(String operation) {
        return races.getOrDefault(operation, List.of());
    }

    final void race(String operation, Supplier<Race> race) {
        races.computeIfAbsent(operation, unknown -> new ArrayList<>()).add(race);
    }

    /** Of ada, who is overtaken. */
    final Race racing(String thing, String address, Function<Response, Sent> asked, Runnable first) {
        return new Race(thing, address, asked, first, ada);
    }

    static Function<Response, Sent> tagged(Object body) {
        return read -> new Sent(read.header("ETag"), body);
    }

    /** A number that no other race has. */
    static int next() {
        return MADE.incrementAndGet();
    }

    final Response look(String thing) {
        return racers.look(thing);
    }

    final String tag(String thing) {
        return look(thing).header("ETag");
    }

    static Response by(String who, String method, String path, Object body, String match) {
        var request = Racers.with(who).contentType("application/json").body(body);
        var answer = (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.asString())
                .isBetween(200, 204);
        return answer;
    }

    static String subject(String who) {
        return Racers.with(who).get("/api/v1/me").path("subject");
    }

    /** A new one. */
    final String environment(String kind, boolean critical) {
        var key = "raced-" + next();
        by(
                ada,
                "POST",
                "/api/v1/environments",
                Map.of("key", key, "name", "Raced", "kind", kind, "critical", critical),
                "");
        return key;
    }

    /** Of an environment that is critical. */
    final void renamed(String place) {
        by(bob, "PUT", place, Map.of("name", "Bob's", "critical", true), tag(place));
    }
}
