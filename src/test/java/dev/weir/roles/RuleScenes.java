package dev.weir.roles;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Rules as they are drafted and proposed, before anything is published. */
final class RuleScenes {

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{64})\"");
    private static final String FILE = "{\"weir\":1,\"policy\":{\"version\":1,\"retention\":{\"events\":1}}}";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    RuleScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        scenes.put("look at the snippet", (who, way) -> {
            var place = stage.development();
            var app = stage.app(place);
            return Deed.showing(
                    app.digits(),
                    () -> way == Way.PAGE
                            ? who.opens(ReleaseScenes.page(place) + "/snippet")
                            : who.reads("/api/v1/snippets/" + place + "/" + app));
        });
        scenes.put("take the artifact pack", (who, way) -> {
            var place = stage.development();
            var app = stage.app(place);
            return Deed.showing(
                    "Artifact pack of App ID " + app,
                    () -> way == Way.PAGE
                            ? who.opens(ReleaseScenes.page(place) + "/artifacts/" + app)
                            : who.reads("/api/v1/artifacts/" + place + "/" + app));
        });
        scenes.put("edit the draft", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    draft(place),
                    () -> way == Way.PAGE
                            ? who.form(
                                    privacy(place) + "/parameters/add",
                                    "version",
                                    version(place),
                                    "values",
                                    "own_parameter")
                            : redrafted(who, place, "retention", Map.of("events", 30)));
        });
        scenes.put("edit the draft of identity", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    draft(place),
                    () -> way == Way.PAGE
                            ? who.form(
                                    privacy(place) + "/identity/settings",
                                    "version",
                                    version(place),
                                    "form",
                                    "uuid",
                                    "contact",
                                    "refuse",
                                    "perDevice",
                                    3)
                            : redrafted(who, place, "identity", Map.of("perDevice", 3)));
        });
        scenes.put("undo an edit", (who, way) -> {
            var place = stage.development();
            long version = stage.drafted(place, Stage.TIGHTER);
            return Deed.changing(
                    draft(place),
                    () -> way == Way.PAGE
                            ? who.form(privacy(place) + "/undo", "version", version)
                            : who.edits("POST", drafted(place) + "/undo", version));
        });
        scenes.put("take a preset", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    draft(place),
                    () -> way == Way.PAGE
                            ? who.form(privacy(place) + "/preset/strict", "version", version(place))
                            : redrafted(who, place, "capture", Map.of("text", "drop")));
        });
        scenes.put("propose by a file", (who, way) -> way == Way.PAGE ? byForm(who) : byProgram(who));
        scenes.put("say something about a request", (who, way) -> {
            var place = stage.critical();
            var request = stage.asked(stage.ada, place, Stage.LOOSER);
            return Deed.changing(
                    stage.rows("select text from change_comment where environment = ?", place.value()),
                    () -> way == Way.PAGE
                            ? who.form(
                                    ReleaseScenes.page(place) + "/changes/" + request.number() + "/comment",
                                    "comment",
                                    "Is it?")
                            : who.sends(
                                    "POST",
                                    ReleaseScenes.api(place) + "/" + request.number() + "/comments",
                                    "text",
                                    "Is it?"));
        });
        scenes.put("take one's own proposal back", (who, way) -> {
            var place = stage.critical();
            var request = stage.proposed(stage.orAda(who, "admin", "architect", "developer"), place, Stage.LOOSER);
            return ReleaseScenes.rejected(stage, who, way, place, request);
        });
        return scenes;
    }

    private Deed byForm(Player who) {
        var place = stage.critical();
        var path = ReleaseScenes.page(place) + "/code";
        var seen = SEEN.matcher(Stage.done(stage.ada.form(path, "file", FILE)).asString());
        if (!seen.find()) {
            throw new AssertionError("nothing to ask for");
        }
        return Deed.changing(
                requests(place),
                () -> who.form(path, "file", FILE, "reason", "By a file", "ask", "yes", "seen", seen.group(1)));
    }

    private Deed byProgram(Player who) {
        var place = stage.critical();
        var path = "/api/v1/policy/" + place + "/code";
        var tag = Stage.done(stage.ada.sends(
                        "POST",
                        path,
                        stage.ada.program().contentType("application/json").body(FILE)))
                .header("ETag");
        return Deed.changing(
                requests(place),
                () -> who.sends(
                        "POST",
                        path + "?dry=false&reason=By a file",
                        who.program()
                                .contentType("application/json")
                                .header("If-Match", tag)
                                .body(FILE)));
    }

    private Supplier<List<String>> requests(EnvironmentKey place) {
        return stage.rows("select hash from change_request where environment = ?", place.value());
    }

    private static String privacy(EnvironmentKey place) {
        return "/console/" + place + "/privacy";
    }

    private static String drafted(EnvironmentKey place) {
        return "/api/v1/policy/" + place + "/draft";
    }

    /** A program sends the whole of it. */
    private Response redrafted(Player who, EnvironmentKey place, String section, Map<String, ?> rules) {
        return who.edits("PUT", drafted(place), version(place), "version", 1, section, rules);
    }

    private long version(EnvironmentKey place) {
        return stage.sql.number("select version from policy_draft where environment = ?", place.value());
    }

    private Supplier<List<String>> draft(EnvironmentKey place) {
        return stage.rows("select document from policy_draft where environment = ?", place.value());
    }
}
