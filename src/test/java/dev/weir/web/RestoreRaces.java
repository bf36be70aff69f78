package dev.weir.web;

import dev.weir.web.Race.Sent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Over earlier versions of things that are asked back. */
final class RestoreRaces extends Races {

    private static final String ASKING = "POST /api/v1/restorations";

    RestoreRaces(Racers racers) {
        super(racers);
    }

    /** An earlier version of a thing, which somebody changes once more meanwhile. */
    @Override
    void all() {
        race(ASKING, () -> {
            var key = environment("production", true);
            var place = "/api/v1/environments/" + key;
            renamed(place);
            return asking(
                    place,
                    "environment",
                    key,
                    () -> by(bob, "PUT", place, Map.of("name", "Bob's own", "critical", true), tag(place)));
        });
        race(ASKING, () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var digits = look(apps).jsonPath().getString("[0].id");
            var app = apps + "/" + digits;
            labelled(app, "Bob's");
            return asking(app, "app-id", digits, () -> labelled(app, "Bob's own"));
        });
        race(ASKING, () -> {
            int number = next();
            Function<String, Map<String, ?>> body = text ->
                    Map.of("name", "Raced back " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var home = "/api/v1/definitions";
            String id = by(ada, "POST", home, body.apply("Buy"), "").path("id");
            var one = home + "/" + id;
            by(ada, "PUT", one, body.apply("Ada's"), tag(one));
            return asking(one, "definition", id, () -> by(bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
        race(ASKING, () -> {
            int number = next();
            Function<String, Map<String, ?>> body =
                    name -> Map.of("name", name + " view " + number, "query", Map.of("type", "click"));
            var home = "/api/v1/definitions/views";
            String id = by(ada, "POST", home, body.apply("First"), "").path("id");
            var view = home + "/" + id;
            by(ada, "PUT", view, body.apply("Second"), tag(view));
            return asking(view, "saved-view", id, () -> by(ada, "PUT", view, body.apply("Third"), tag(view)));
        });
    }

    private Race asking(String thing, String kind, String object, Runnable first) {
        long row = firstRow(kind + "/" + object);
        return racing(
                thing,
                "/api/v1/restorations",
                read -> new Sent(
                        "",
                        Map.of(
                                "kind",
                                kind,
                                "object",
                                object,
                                "row",
                                row,
                                "version",
                                Long.parseLong(read.header("ETag").replace("\"", "")),
                                "reason",
                                "As it was before the race")),
                first);
    }

    /** The number of the row that a thing began with. */
    private long firstRow(String thing) {
        return look("/api/v1/history/" + thing).jsonPath().getLong("[-1].row");
    }

    private void labelled(String app, String label) {
        by(bob, "PUT", app, Map.of("label", label, "origins", List.of()), tag(app));
    }
}
