package dev.weir.roles;

import dev.weir.environment.UncriticalWishes;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Environments and App IDs. */
final class EnvironmentScenes {

    private static final String HOME = "/console/environments";
    private static final String API = "/api/v1/environments";

    private final Stage stage;
    private final UncriticalWishes wishes;
    private final Map<String, Scene> scenes = new HashMap<>();

    EnvironmentScenes(Stage stage, UncriticalWishes wishes) {
        this.stage = stage;
        this.wishes = wishes;
    }

    Map<String, Scene> all() {
        scenes.put("look at an environment", (who, way) -> {
            var place = stage.development();
            return Deed.showing(
                    stage.app(place).digits(),
                    () -> way == Way.PAGE ? who.opens(HOME + "/" + place) : who.reads(API + "/" + place + "/app-ids"));
        });
        scenes.put("make an environment", (who, way) -> {
            var key = "made" + Stage.next();
            return Deed.changing(
                    stage.rows("select key from environment where key = ?", key),
                    () -> way == Way.PAGE
                            ? who.form(HOME, "key", key, "name", "Made", "kind", "staging")
                            : who.sends("POST", API, "key", key, "name", "Made", "kind", "staging"));
        });
        scenes.put("name an environment", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    stage.rows("select name from environment where key = ?", place.value()),
                    () -> way == Way.PAGE
                            ? who.form(HOME + "/" + place, "name", "Named again", "version", 0)
                            : who.edits("PUT", API + "/" + place, 0, "name", "Named again", "critical", false));
        });
        wishes();
        apps();
        return scenes;
    }

    private void wishes() {
        scenes.put("ask that it be critical no longer", (who, way) -> {
            var place = stage.critical();
            return Deed.changing(wish(place), () -> uncritical(who, way, place, "", "reason", "Nobody buys"));
        });
        scenes.put("agree that it be critical no longer", (who, way) -> agreed(who, way, stage.ada));
        scenes.put(
                "agree to one's own wish that it be critical no longer",
                (who, way) -> agreed(who, way, stage.orAda(who, "admin")));
        scenes.put("decline that it be critical no longer", (who, way) -> {
            var place = wished(stage.ada);
            return Deed.changing(wish(place), () -> uncritical(who, way, place, "/decline"));
        });
    }

    private EnvironmentKey wished(Player by) {
        var place = stage.critical();
        by.does(() -> wishes.ask(place, "Nobody buys", stage.version(place)));
        return place;
    }

    private Deed agreed(Player who, Way way, Player asked) {
        var place = wished(asked);
        return Deed.changing(
                stage.rows("select critical from environment where key = ?", place.value()),
                () -> uncritical(who, way, place, "/agree"));
    }

    private Response uncritical(Player who, Way way, EnvironmentKey place, String what, Object... fields) {
        var path = "/" + place + "/uncritical" + what;
        long version = stage.version(place);
        return way == Way.PAGE
                ? who.form(HOME + path, with("version", version, fields))
                : who.edits("POST", API + path, version, fields);
    }

    private static Object[] with(String name, Object value, Object... fields) {
        var all = new Object[fields.length + 2];
        System.arraycopy(fields, 0, all, 2, fields.length);
        all[0] = name;
        all[1] = value;
        return all;
    }

    private Supplier<List<String>> wish(EnvironmentKey place) {
        return stage.rows("select reason from uncritical_wish where environment = ?", place.value());
    }

    private void apps() {
        scenes.put("make an App ID", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    stage.rows("select digits from app_id where environment = ?", place.value()),
                    () -> way == Way.PAGE
                            ? who.form(HOME + "/" + place + "/apps", "label", "Second")
                            : who.sends("POST", API + "/" + place + "/app-ids", "label", "Second"));
        });
        var allowed = List.of("https://allowed.example");
        app(
                "name an App ID",
                "/label",
                "PUT",
                app -> {},
                Map.of("label", "First", "origins", List.of()),
                "label",
                "First");
        app(
                "allow an origin",
                "/origins",
                "PUT",
                app -> {},
                Map.of("label", "Stage", "origins", allowed),
                "origin",
                "https://allowed.example");
        app(
                "take an origin away",
                "/origins/remove",
                "PUT",
                this::allowed,
                Map.of("label", "Stage", "origins", List.of()),
                "origin",
                "https://allowed.example");
        app("rotate an App ID", "/rotate", "POST /rotate", app -> {}, Map.of("days", 3), "days", 3);
        app("retire an App ID", "/retire", "POST /retire", app -> {}, Map.of());
        app("require a server key", "/server-key", "POST /server-key", app -> {}, Map.of());
        app("require a server key no longer", "/server-key/drop", "DELETE /server-key", this::required, Map.of());
    }

    private void allowed(AppId app) {
        stage.ada.does(() -> stage.apps.addOrigin(app, "https://allowed.example", stage.appVersion(app)));
    }

    private void required(AppId app) {
        stage.ada.does(() -> stage.apps.requireServerKey(app, stage.appVersion(app)));
    }

    /** @param operation method of the interface, and what stands behind the App ID there */
    private void app(
            String name,
            String form,
            String operation,
            Consumer<AppId> before,
            Map<String, Object> body,
            Object... fields) {
        scenes.put(name, (who, way) -> {
            var place = stage.development();
            var app = stage.app(place);
            before.accept(app);
            long version = stage.appVersion(app);
            var asked = operation.split(" ", 2);
            var path = API + "/" + place + "/app-ids/" + app + (asked.length > 1 ? asked[1] : "");
            var sent = body.entrySet().stream()
                    .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                    .toArray();
            return Deed.changing(
                    state(app),
                    () -> way == Way.PAGE
                            ? who.form(HOME + "/" + place + "/apps/" + app + form, with("version", version, fields))
                            : who.edits(asked[0], path, version, sent));
        });
    }

    private Supplier<List<String>> state(AppId app) {
        return stage.rows(
                "select concat(a.label, ' ', coalesce(cast(a.retires_at as varchar), '-'), ' ',"
                        + " coalesce(a.server_key_hash, '-'), ' ',"
                        + " (select count(*) from app_origin o where o.app_id = a.digits)) from app_id a where a.digits = ?",
                app.digits());
    }
}
