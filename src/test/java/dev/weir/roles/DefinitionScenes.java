package dev.weir.roles;

import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Definitions: drafted, asked to be verified, verified. */
final class DefinitionScenes {

    private static final String PAGES = "/console/definitions";
    private static final String HOME = "/api/v1/definitions";
    private static final String FILTER = "text equals \"Buy\"";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    DefinitionScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        drafting();
        verifying();
        return scenes;
    }

    private void drafting() {
        scenes.put("draft a definition", (who, way) -> {
            var name = name();
            return Deed.changing(
                    stage.rows("select status from definition where name = ?", name),
                    () -> way == Way.PAGE
                            ? who.form(PAGES, "name", name, "type", "click", "filter", FILTER)
                            : who.sends("POST", HOME, "name", name, "type", "click", "filter", FILTER));
        });
        scenes.put("edit a draft of a definition", (who, way) -> edited(who, way, drafted(stage.dora, false)));
        scenes.put("share a personal draft", (who, way) -> {
            var id = drafted(writer(who), true);
            return Deed.changing(
                    stage.rows("select personal_to from definition where id = ?", id),
                    () -> way == Way.PAGE
                            ? who.form(PAGES + "/" + id + "/share", "version", 0)
                            : who.edits("POST", HOME + "/" + id + "/share", 0));
        });
        scenes.put("ask for a definition to be verified", (who, way) -> {
            var id = drafted(writer(who), false);
            return moved(who, way, id, "in-review");
        });
        scenes.put("edit many definitions", (who, way) -> {
            var id = drafted(stage.dora, false);
            return Deed.changing(
                    stage.rows("select version from definition where id = ?", id),
                    () -> way == Way.PAGE
                            ? who.form(PAGES + "/bulk", "chosen", id + " 0", "action", "tag", "value", "shop")
                            : who.sends(
                                    "POST",
                                    HOME + "/bulk",
                                    "action",
                                    "tag",
                                    "value",
                                    "shop",
                                    "definitions",
                                    List.of(Map.of("id", id, "version", 0))));
        });
        scenes.put("import definitions", (who, way) -> {
            var name = name();
            var file = "name,type,filter\n" + name + ",click,\"text equals \"\"Sell\"\"\"\n";
            var tag = stage.dora
                    .program()
                    .contentType("text/csv")
                    .body(file)
                    .post(HOME + "/import?kind=csv")
                    .header("ETag");
            return Deed.changing(
                    stage.rows("select status from definition where name = ?", name),
                    () -> way == Way.PAGE
                            ? who.form(
                                    PAGES + "/import",
                                    "kind",
                                    "csv",
                                    "text",
                                    file,
                                    "seen",
                                    tag.replace("\"", ""),
                                    "apply",
                                    "yes")
                            : who.sends(
                                    "POST",
                                    HOME + "/import?kind=csv&dry=false",
                                    who.program()
                                            .header("If-Match", tag)
                                            .contentType("text/csv")
                                            .body(file)));
        });
    }

    private void verifying() {
        scenes.put("verify what somebody else wrote", (who, way) -> moved(who, way, inReview(stage.dora), "verified"));
        scenes.put("verify one's own", (who, way) -> moved(who, way, inReview(writer(who)), "verified"));
        scenes.put("deprecate what is verified", (who, way) -> moved(who, way, verified(), "deprecated"));
        scenes.put("archive what is deprecated", (who, way) -> {
            var id = verified();
            Stage.done(
                    stage.ada.edits("POST", HOME + "/" + id + "/status", 2, "status", "deprecated", "reason", "Old"));
            return moved(who, way, id, "archived");
        });
        scenes.put("edit what is verified", (who, way) -> edited(who, way, verified()));
    }

    /** Who may not draft at all is shown what somebody else drafted. */
    private Player writer(Player who) {
        return stage.orAda(who, "admin", "architect", "developer");
    }

    private Deed moved(Player who, Way way, String id, String status) {
        long version = version(id);
        return Deed.changing(
                status(id),
                () -> way == Way.PAGE
                        ? who.form(
                                PAGES + "/" + id + "/status",
                                "version",
                                version,
                                "status",
                                status,
                                "reason",
                                "It is so")
                        : who.edits(
                                "POST", HOME + "/" + id + "/status", version, "status", status, "reason", "It is so"));
    }

    private Deed edited(Player who, Way way, String id) {
        long version = version(id);
        var name = stage.text("select name from definition where id = ?", id);
        return Deed.changing(
                stage.rows("select version from definition where id = ?", id),
                () -> way == Way.PAGE
                        ? who.form(
                                PAGES + "/" + id,
                                "version",
                                version,
                                "name",
                                name,
                                "type",
                                "click",
                                "filter",
                                "text equals \"Sell\"",
                                "owner",
                                "Sales",
                                "ownerKind",
                                "team")
                        : who.edits(
                                "PUT",
                                HOME + "/" + id,
                                version,
                                "name",
                                name,
                                "type",
                                "click",
                                "filter",
                                "text equals \"Sell\"",
                                "owner",
                                Map.of("kind", "team", "name", "Sales")));
    }

    private static String name() {
        return "Matrix " + Stage.next();
    }

    private String drafted(Player by, boolean personal) {
        Response made = Stage.done(by.sends(
                "POST",
                HOME,
                "name",
                name(),
                "type",
                "click",
                "filter",
                FILTER,
                "personal",
                personal,
                "owner",
                Map.of("kind", "team", "name", "Sales")));
        return made.path("id");
    }

    private String inReview(Player by) {
        var id = drafted(by, false);
        Stage.done(by.edits("POST", HOME + "/" + id + "/status", 0, "status", "in-review"));
        return id;
    }

    private String verified() {
        var id = inReview(stage.dora);
        Stage.done(stage.ada.edits("POST", HOME + "/" + id + "/status", 1, "status", "verified"));
        return id;
    }

    private long version(String id) {
        return stage.sql.number("select version from definition where id = ?", id);
    }

    private Supplier<List<String>> status(String id) {
        return stage.rows("select status from definition where id = ?", id);
    }
}
