package dev.weir.web;

import dev.weir.web.Race.Sent;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Over definitions and saved views. */
final class CatalogRaces extends Races {

    CatalogRaces(Racers racers) {
        super(racers);
    }

    @Override
    void all() {
        definition("PUT /api/v1/definitions/{id}", "", false);
        definition("POST /api/v1/definitions/{id}/status", "/status", false);
        definition("POST /api/v1/definitions/{id}/share", "/share", true);
        standards();
        for (var method : List.of("PUT", "DELETE")) {
            race(method + " /api/v1/definitions/views/{id}", () -> {
                int number = next();
                var body = Map.of("name", "Raced " + number, "query", Map.of("type", "click"));
                var home = "/api/v1/definitions/views";
                var view = home + "/" + by(ada, "POST", home, body, "").path("id");
                var other = Map.of("name", "Raced, and renamed " + number, "query", Map.of("type", "click"));
                return racing(view, view, tagged(body), () -> by(ada, "PUT", view, other, tag(view)));
            });
        }
        race("POST /api/v1/definitions/import", () -> {
            int number = next();
            var home = "/api/v1/definitions";
            Function<String, Map<String, ?>> body = text ->
                    Map.of("name", "Raced import " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var one = home + "/" + by(ada, "POST", home, body.apply("Buy"), "").path("id");
            var file = Map.of("definitions", List.of(body.apply("Ada's")));
            var address = home + "/import?kind=json";
            Function<Response, Sent> tried =
                    read -> new Sent(by(ada, "POST", address, file, "").header("ETag"), file);
            return racing(one, address + "&dry=false", tried, () -> by(bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
        race("POST /api/v1/definitions/matcher", () -> {
            var thing = "/api/v1/definitions/matcher";
            Function<Response, Sent> asked = read -> new Sent(
                    read.header("ETag"), Map.of("version", read.<Integer>path("other"), "reason", "For a race"));
            return racing(thing + "?environment=development", thing, asked, () -> {
                var now = asked.apply(look(thing + "?environment=development"));
                by(bob, "POST", thing, now.body(), now.match());
            });
        });
    }

    private void standards() {
        var thing = "/api/v1/standards";
        Function<Integer, Map<String, ?>> body = least -> Map.of(
                "reason",
                "For a race",
                "rules",
                List.of(
                        Map.of("rule", "stability", "level", "warn", "at_least", least),
                        Map.of("rule", "context", "level", "block")));
        race(
                "PUT " + thing,
                () -> racing(thing, thing, tagged(body.apply(1 + next() % 50)), () -> {
                    by(bob, "PUT", thing, body.apply(51 + next() % 50), tag(thing));
                }));
        race("POST /api/v1/definitions/{id}/waivers", () -> {
            int number = next();
            by(bob, "PUT", thing, body.apply(number % 100 + 1), tag(thing));
            var home = "/api/v1/definitions";
            Function<String, Map<String, ?>> one = text ->
                    Map.of("name", "Raced waiver " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var made = home + "/" + by(bob, "POST", home, one.apply("Buy"), "").path("id");
            return racing(
                    made,
                    made + "/waivers",
                    tagged(Map.of("rule", "context", "reason", "For a race")),
                    () -> by(bob, "PUT", made, one.apply("Sell"), tag(made)));
        });
    }

    private void definition(String operation, String what, boolean personal) {
        race(operation, () -> {
            var number = next();
            Function<String, Map<String, ?>> body = text -> Map.of(
                    "name",
                    "Raced " + number,
                    "type",
                    "click",
                    "filter",
                    "text equals \"" + text + number + "\"",
                    "personal",
                    personal,
                    "status",
                    "archived");
            var home = "/api/v1/definitions";
            var one = home + "/" + by(ada, "POST", home, body.apply("Buy"), "").path("id");
            return racing(
                    one,
                    one + what,
                    tagged(body.apply("Ada's")),
                    // Of a personal draft nobody else knows.
                    () -> by(personal ? ada : bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
    }
}
