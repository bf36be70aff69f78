package dev.weir.roles;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** The change log: read, exported, verified. */
final class LogScenes {

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    LogScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        reading("one's own environment", true);
        reading("another environment", false);
        scenes.put("ask for another environment by name", (who, way) -> {
            var place = stage.development();
            var origin = told(place);
            return Deed.showingSome(origin, () -> asks(who, way, "?environment=" + place));
        });
        scenes.put("read what belongs to no environment", (who, way) -> {
            var name = "Nowhere " + Stage.next();
            invited(name);
            return Deed.showingSome(name, () -> asks(who, way, ""));
        });
        scenes.put("read a row that belongs to no environment", (who, way) -> {
            var name = "Nowhere " + Stage.next();
            invited(name);
            long row = stage.sql.number("select max(sequence) from changelog where object_kind = 'account'");
            return Deed.showingSome(name, () -> asks(who, way, "/" + row));
        });
        scenes.put("export everything for the verifier", (who, way) -> {
            var origin = told(stage.development());
            return Deed.showing(origin, () -> asks(who, way, "/export.ndjson"));
        });
        scenes.put(
                "verify the chain",
                (who, way) -> Deed.showing(
                        way == Way.PAGE ? "The log is intact" : "\"intact\":true", () -> asks(who, way, "/verify")));
        scenes.put(
                "prove that a row is there",
                (who, way) -> Deed.showing("\"size\":2", () -> asks(who, way, "/proofs/inclusion?row=1&size=2")));
        return scenes;
    }

    /** Whoever plays has one own environment, and another one is made in any case. */
    private void reading(String which, boolean own) {
        scenes.put("read of " + which, (who, way) -> {
            var origin = told(place(who, own));
            return Deed.showingSome(origin, () -> asks(who, way, ""));
        });
        scenes.put("read a row of " + which, (who, way) -> {
            var place = place(who, own);
            var origin = told(place);
            long row = row(place);
            return Deed.showingSome(origin, () -> asks(who, way, "/" + row));
        });
        scenes.put("export of " + which, (who, way) -> {
            var origin = told(place(who, own));
            return Deed.showingSome(origin, () -> asks(who, way, "/export.csv"));
        });
    }

    private EnvironmentKey place(Player who, boolean own) {
        var theirs = stage.development();
        var account = who.subject().substring("local:".length());
        Stage.done(stage.ada.form(
                "/console/people/" + account + "/environments",
                "version",
                stage.sql.number("select version from account where id = ?", account),
                "environment",
                theirs.value()));
        return own ? theirs : stage.development();
    }

    private void invited(String name) {
        Stage.done(stage.ada.form(
                "/console/people", "login", "nowhere" + Stage.next(), "name", name, "role", "developer"));
    }

    private static Response asks(Player who, Way way, String what) {
        return way == Way.PAGE ? who.opens("/console/changelog" + what) : who.reads("/api/v1/changelog" + what);
    }

    /** Something that only the newest row of an environment says. */
    private String told(EnvironmentKey place) {
        var origin = "https://told" + Stage.next() + ".example";
        var app = stage.app(place);
        stage.ada.does(() -> stage.apps.addOrigin(app, origin, stage.appVersion(app)));
        return origin;
    }

    private long row(EnvironmentKey place) {
        return stage.sql.number("select max(sequence) from changelog where environment = ?", place.value());
    }
}
