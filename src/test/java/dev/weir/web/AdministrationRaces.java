package dev.weir.web;

import java.util.List;
import java.util.Map;

/** Over environments, App IDs and their keys, and people. */
final class AdministrationRaces extends Races {

    AdministrationRaces(Racers racers) {
        super(racers);
    }

    @Override
    void all() {
        environments();
        appIds();
        erasureKeys();
        people();
    }

    private void environments() {
        var home = "/api/v1/environments/";
        race("PUT /api/v1/environments/{key}", () -> {
            var place = home + environment("production", true);
            return racing(place, place, tagged(Map.of("name", "Ada's", "critical", true)), () -> renamed(place));
        });
        race("POST /api/v1/environments/{key}/uncritical", () -> {
            var place = home + environment("production", true);
            return racing(
                    place, place + "/uncritical", tagged(Map.of("reason", "Nobody sells here")), () -> renamed(place));
        });
        for (var answer : List.of("agree", "decline")) {
            race("POST /api/v1/environments/{key}/uncritical/" + answer, () -> {
                var place = home + environment("production", true);
                Runnable wish =
                        () -> by(bob, "POST", place + "/uncritical", Map.of("reason", "I am in a hurry"), tag(place));
                wish.run();
                return racing(place, place + "/uncritical/" + answer, tagged(Map.of()), wish);
            });
        }
    }

    private void appIds() {
        var home = "/api/v1/environments/{key}/app-ids/{app}";
        app("PUT " + home, "", Map.of("label", "Ada's", "origins", List.of("https://ada.example")));
        app("POST " + home + "/rotate", "/rotate", Map.of("days", 1));
        app("POST " + home + "/retire", "/retire", Map.of());
        app("POST " + home + "/server-key", "/server-key", Map.of());
        app("DELETE " + home + "/server-key", "/server-key", Map.of());
    }

    private void app(String operation, String what, Map<String, ?> body) {
        race(operation, () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var app = apps + "/" + look(apps).jsonPath().getString("[0].id");
            return racing(
                    app,
                    app + what,
                    tagged(body),
                    () -> by(bob, "PUT", app, Map.of("label", "Bob's", "origins", List.of()), tag(app)));
        });
    }

    private void erasureKeys() {
        for (var method : List.of("POST", "DELETE")) {
            race(method + " /api/v1/erasure/keys/{app}", () -> {
                var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
                var key = "/api/v1/erasure/keys/" + look(apps).jsonPath().getString("[0].id");
                Runnable makes = () -> by(bob, "POST", key, Map.of(), tag(key));
                makes.run();
                return racing(key, key, tagged(Map.of()), makes);
            });
        }
        race("POST /api/v1/erasure/keys/{app}", () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var key = "/api/v1/erasure/keys/" + look(apps).jsonPath().getString("[0].id");
            return racing(key, key, tagged(Map.of()), () -> by(bob, "POST", key, Map.of(), tag(key)));
        });
    }

    private void people() {
        race("PUT /api/v1/people/{id}", () -> {
            var login = "raced-" + next();
            var body = Map.of("login", login, "name", "Raced", "role", "auditor");
            var person = "/api/v1/people/"
                    + by(ada, "POST", "/api/v1/people", body, "").path("id");
            return racing(
                    person,
                    person,
                    tagged(Map.of("role", "architect", "disabled", false)),
                    () -> by(bob, "PUT", person, Map.of("role", "developer", "disabled", false), tag(person)));
        });
    }
}
