package dev.weir.web;

import dev.weir.web.Race.Sent;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Over review cycles and their tasks. */
final class ReviewRaces extends Races {

    ReviewRaces(Racers racers) {
        super(racers);
    }

    @Override
    void all() {
        var home = "/api/v1/reviews/{number}";
        race("POST " + home + "/close", () -> {
            var cycle = cycle();
            return racing(
                    cycle, cycle + "/close", tagged(Map.of("reason", "Enough of it")), () -> moved(cycle + "/tasks/1"));
        });
        Map.of(
                        "gather", Map.of(),
                        "sign", Map.of("outcome", "in-order"),
                        "owner", Map.of("owner", subject(bob)))
                .forEach((what, body) -> race("POST " + home + "/tasks/{task}/" + what, () -> {
                    var task = cycle() + "/tasks/1";
                    return racing(task, task + "/" + what, tagged(body), () -> moved(task));
                }));
        for (var what : List.of("counter-sign", "hand-back")) {
            race("POST " + home + "/tasks/{task}/" + what, () -> confirming(what));
        }
    }

    private String cycle() {
        var body = Map.of(
                "name",
                "Raced",
                "due",
                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                "matters",
                List.of("privacy"),
                "environments",
                List.of(environment("staging", false)));
        return "/api/v1/reviews/" + by(ada, "POST", "/api/v1/reviews", body, "").path("number");
    }

    /** To bob, and back to ada. */
    private void moved(String task) {
        for (var who : List.of(bob, ada)) {
            by(bob, "POST", task + "/owner", Map.of("owner", subject(who)), tag(task));
        }
    }

    /** What she looked at was signed anew. */
    private Race confirming(String what) {
        var task = cycle() + "/tasks/1";
        Runnable signs = () -> by(ada, "POST", task + "/sign", Map.of("outcome", "in-order"), tag(task));
        signs.run();
        Function<Response, Sent> asked =
                read -> new Sent("", Map.of("hash", read.path("signature.sha256"), "reason", "For a race"));
        return new Race(
                task,
                task + "/" + what,
                asked,
                () -> {
                    by(eve, "POST", task + "/hand-back", asked.apply(look(task)).body(), "");
                    signs.run();
                },
                eve);
    }
}
