package dev.weir.web;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Over earlier versions of things that are brought back. */
final class RestoreRaces extends Races {

    RestoreRaces(Racers racers) {
        super(racers);
    }

    /** An earlier version of a thing, which somebody changes once more meanwhile. */
    @Override
    void all() {
        race("POST /api/v1/environments/{key}/restore", () -> {
            var key = environment("production", true);
            var place = "/api/v1/environments/" + key;
            renamed(place);
            return racing(
                    place,
                    place + "/restore",
                    tagged(Map.of("row", firstRow("environment/" + key))),
                    () -> by(bob, "PUT", place, Map.of("name", "Bob's own", "critical", true), tag(place)));
        });
        race("POST /api/v1/environments/{key}/app-ids/{app}/restore", () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var digits = look(apps).jsonPath().getString("[0].id");
            var app = apps + "/" + digits;
            labelled(app, "Bob's");
            return racing(
                    app,
                    app + "/restore",
                    tagged(Map.of("row", firstRow("app-id/" + digits))),
                    () -> labelled(app, "Bob's own"));
        });
        race("POST /api/v1/definitions/{id}/restore", () -> {
            int number = next();
            Function<String, Map<String, ?>> body = text ->
                    Map.of("name", "Raced back " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var home = "/api/v1/definitions";
            String id = by(ada, "POST", home, body.apply("Buy"), "").path("id");
            var one = home + "/" + id;
            by(ada, "PUT", one, body.apply("Ada's"), tag(one));
            return racing(
                    one,
                    one + "/restore",
                    tagged(Map.of("row", firstRow("definition/" + id))),
                    () -> by(bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
        race("POST /api/v1/definitions/views/{id}/restore", () -> {
            int number = next();
            Function<String, Map<String, ?>> body =
                    name -> Map.of("name", name + " view " + number, "query", Map.of("type", "click"));
            var home = "/api/v1/definitions/views";
            String id = by(ada, "POST", home, body.apply("First"), "").path("id");
            var view = home + "/" + id;
            by(ada, "PUT", view, body.apply("Second"), tag(view));
            return racing(
                    view,
                    view + "/restore",
                    tagged(Map.of("row", firstRow("saved-view/" + id))),
                    () -> by(ada, "PUT", view, body.apply("Third"), tag(view)));
        });
    }

    /** The number of the row that a thing began with. */
    private long firstRow(String thing) {
        return look("/api/v1/history/" + thing).jsonPath().getLong("[-1].row");
    }

    private void labelled(String app, String label) {
        by(bob, "PUT", app, Map.of("label", label, "origins", List.of()), tag(app));
    }
}
