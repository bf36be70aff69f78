package dev.weir.roles;

import dev.weir.access.Role;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import dev.weir.testsupport.SignedIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Earlier versions of things, asked for by somebody and agreed to by whoever plays. */
final class RestorationScenes {

    private static final String API = "/api/v1/restorations";
    private static final String DEFINITIONS = "/api/v1/definitions";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    RestorationScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        scenes.put("have an earlier version of an environment back", (who, way) -> {
            var place = stage.development();
            stage.ada.does(() -> stage.environments.change(place, "Named again", false, 0));
            return agreed(
                    who,
                    way,
                    asked(stage.ada, "environment", place.value(), stage.version(place)),
                    stage.rows("select name from environment where key = ?", place.value()));
        });
        scenes.put("agree to one's own restoration that it be critical no longer", (who, way) -> {
            var place = stage.development();
            stage.ada.does(() -> stage.environments.change(place, "Critical by now", true, 0));
            return agreed(
                    who,
                    way,
                    asked(stage.orAda(who, Role.ADMIN), "environment", place.value(), stage.version(place)),
                    stage.rows("select critical from environment where key = ?", place.value()));
        });
        scenes.put("give an earlier role back", (who, way) -> {
            var login = "back" + Stage.next();
            SignedIn.account(login, "Person " + login, Role.DEVELOPER);
            var id = stage.text("select id from account where login = ?", login);
            var person = "/api/v1/people/" + id;
            Stage.done(stage.ada.edits("PUT", person, version(id), "role", Role.AUDITOR, "disabled", false));
            Stage.done(stage.ada.edits("PUT", person, version(id), "role", Role.ARCHITECT, "disabled", false));
            return agreed(
                    who,
                    way,
                    asked(stage.ada, "account", id, version(id)),
                    stage.rows("select role from account where id = ?", id));
        });
        scenes.put("have an earlier version of what is verified back", (who, way) -> {
            var id = verified();
            return agreed(
                    who,
                    way,
                    asked(stage.ada, "definition", id, 3),
                    stage.rows("select status from definition where id = ?", id));
        });
        return scenes;
    }

    private long version(String account) {
        return stage.sql.number("select version from account where id = ?", account);
    }

    /** Written and changed by one, verified by another. */
    private String verified() {
        var name = "Matrix " + Stage.next();
        String id = Stage.done(stage.dora.sends("POST", DEFINITIONS, said(name, "Buy")))
                .path("id");
        var one = DEFINITIONS + "/" + id;
        Stage.done(stage.dora.edits("PUT", one, 0, said(name, "Sell")));
        Stage.done(stage.dora.edits("POST", one + "/status", 1, "status", "in-review"));
        Stage.done(stage.bob.edits("POST", one + "/status", 2, "status", "verified"));
        return id;
    }

    private static Object[] said(String name, String text) {
        return new Object[] {
            "name",
            name,
            "type",
            "click",
            "filter",
            "text equals \"" + text + "\"",
            "owner",
            Map.of("kind", "team", "name", "Sales")
        };
    }

    /** The number of a restoration to the first version that the log tells of. */
    private long asked(Player by, String kind, String object, long version) {
        long row = stage.sql.number(
                "select min(sequence) from changelog where object_kind = ? and object_id = ?", kind, object);
        Integer number = Stage.done(by.sends(
                        "POST",
                        API,
                        "kind",
                        kind,
                        "object",
                        object,
                        "row",
                        row,
                        "version",
                        version,
                        "reason",
                        "As it was then"))
                .path("number");
        return number;
    }

    private Deed agreed(Player who, Way way, long number, Supplier<List<String>> kept) {
        var hash = stage.text("select hash from restoration where number = ?", number);
        return Deed.changing(
                kept,
                () -> way == Way.PAGE
                        ? who.form("/console/restorations/" + number + "/agree", "hash", hash)
                        : who.sends("POST", API + "/" + number + "/agree", "hash", hash));
    }
}
