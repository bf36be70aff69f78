package dev.weir.roles;

import dev.weir.environment.UncriticalWishes;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.Scene.Deed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Environments and App IDs. */
final class EnvironmentScenes {

    private static final String HOME = "/console/environments";

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
            return Deed.showing(stage.app(place).digits(), () -> who.opens(HOME + "/" + place));
        });
        scenes.put("make an environment", (who, way) -> {
            var key = "made" + Stage.next();
            return Deed.changing(
                    stage.rows("select key from environment where key = ?", key),
                    () -> who.form(HOME, "key", key, "name", "Made", "kind", "staging"));
        });
        scenes.put("name an environment", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    stage.rows("select name from environment where key = ?", place.value()),
                    () -> who.form(HOME + "/" + place, "name", "Named again", "version", 0));
        });
        wishes();
        apps();
        return scenes;
    }

    private void wishes() {
        scenes.put("ask that it be critical no longer", (who, way) -> {
            var place = stage.critical();
            return Deed.changing(wish(place), () -> who.form(uncritical(place), "reason", "Nobody buys"));
        });
        scenes.put("agree that it be critical no longer", (who, way) -> agreed(who, stage.ada));
        scenes.put(
                "agree to one's own wish that it be critical no longer",
                (who, way) -> agreed(who, stage.orAda(who, "admin")));
        scenes.put("decline that it be critical no longer", (who, way) -> {
            var place = stage.critical();
            stage.ada.does(() -> wishes.ask(place, "Nobody buys"));
            return Deed.changing(wish(place), () -> who.form(uncritical(place) + "/decline"));
        });
    }

    private Deed agreed(Player who, Player asked) {
        var place = stage.critical();
        asked.does(() -> wishes.ask(place, "Nobody buys"));
        return Deed.changing(
                stage.rows("select critical from environment where key = ?", place.value()),
                () -> who.form(uncritical(place) + "/agree"));
    }

    private Supplier<List<String>> wish(EnvironmentKey place) {
        return stage.rows("select reason from uncritical_wish where environment = ?", place.value());
    }

    private static String uncritical(EnvironmentKey place) {
        return HOME + "/" + place + "/uncritical";
    }

    private void apps() {
        scenes.put("make an App ID", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    stage.rows("select digits from app_id where environment = ?", place.value()),
                    () -> who.form(HOME + "/" + place + "/apps", "label", "Second"));
        });
        app("name an App ID", "/label", app -> {}, "label", "First");
        app("allow an origin", "/origins", app -> {}, "origin", "https://allowed.example");
        app("take an origin away", "/origins/remove", this::allowed, "origin", "https://allowed.example");
        app("rotate an App ID", "/rotate", app -> {}, "days", 3);
        app("retire an App ID", "/retire", app -> {});
        app("require a server key", "/server-key", app -> {});
        app("require a server key no longer", "/server-key/drop", this::required);
    }

    private void allowed(AppId app) {
        stage.ada.does(() -> stage.environments.addOrigin(app, "https://allowed.example", stage.appVersion(app)));
    }

    private void required(AppId app) {
        stage.ada.does(() -> stage.environments.requireServerKey(app, stage.appVersion(app)));
    }

    private void app(String name, String path, Consumer<AppId> before, Object... fields) {
        scenes.put(name, (who, way) -> {
            var place = stage.development();
            var app = stage.app(place);
            before.accept(app);
            var all = new Object[fields.length + 2];
            System.arraycopy(fields, 0, all, 2, fields.length);
            all[0] = "version";
            all[1] = stage.appVersion(app);
            return Deed.changing(state(app), () -> who.form(HOME + "/" + place + "/apps/" + app + path, all));
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
