package dev.weir.roles;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Links between devices and identities: looked at, cut and restored. */
final class IdentityScenes {

    private static final String WHY = "It was a shared device";

    /** Of events; what an Admin decides about alone. */
    private static final long ALONE = 1000;

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    IdentityScenes(Stage stage) {
        this.stage = stage;
    }

    /** Between one device and one identity that nobody else has. */
    private record Link(EnvironmentKey place, String device, String identity, String id) {

        String page() {
            return "/console/" + place + "/identities";
        }

        String api() {
            return "/api/v1/identities/" + place;
        }

        Object[] chosen() {
            return new Object[] {"kind", "identity", "name", identity, "link", id, "why", WHY};
        }

        Object[] named() {
            return new Object[] {"identity", identity, "link", id, "why", WHY};
        }
    }

    Map<String, Scene> all() {
        scenes.put("look somebody's links up", (who, way) -> {
            var link = link();
            return Deed.showing(
                    link.device(),
                    () -> way == Way.PAGE
                            ? who.form(link.page(), "kind", "identity", "name", link.identity())
                            : who.sends("POST", link.api() + "/links", "identity", link.identity()));
        });
        scenes.put("ask that a link be cut", (who, way) -> {
            var link = link();
            return Deed.changing(
                    stage.rows(
                            "select edge from cut_target where environment = ?",
                            link.place().value()),
                    () -> way == Way.PAGE
                            ? who.form(link.page() + "/cuts", link.chosen())
                            : who.sends("POST", link.api() + "/cuts", link.named()));
        });
        scenes.put("cut a link that somebody else asked about", (who, way) -> released(who, way, stage.ada, ALONE + 1));
        scenes.put(
                "cut a link that one asked about, up to the limit",
                (who, way) -> released(who, way, stage.orAda(who, "admin", "architect"), ALONE));
        scenes.put(
                "cut a link that one asked about, above the limit",
                (who, way) -> released(who, way, stage.orAda(who, "admin", "architect"), ALONE + 1));
        scenes.put("leave a link that somebody else asked about", (who, way) -> declined(who, way, stage.ada));
        scenes.put(
                "take back that one asked about a link",
                (who, way) -> declined(who, way, stage.orAda(who, "admin", "architect")));
        scenes.put("restore a link that somebody else cut", (who, way) -> restored(who, way, stage.ada, ALONE + 1));
        scenes.put(
                "restore a link that one cut, up to the limit",
                (who, way) -> restored(who, way, stage.orAda(who, "admin"), ALONE));
        scenes.put(
                "restore a link that one cut, above the limit",
                (who, way) -> restored(who, way, stage.orAda(who, "admin"), ALONE + 1));
        return scenes;
    }

    private Deed released(Player who, Way way, Player asked, long events) {
        var link = link();
        var count = counted(link, asked, events);
        return Deed.changing(
                links(link),
                () -> way == Way.PAGE
                        ? who.form(link.page() + "/cuts/" + count + "/release")
                        : who.sends("POST", link.api() + "/cuts/" + count + "/release"));
    }

    private Deed declined(Player who, Way way, Player asked) {
        var link = link();
        var count = counted(link, asked, 1);
        return Deed.changing(
                stage.rows("select edge from cut_target where job = ?", count),
                () -> way == Way.PAGE
                        ? who.form(link.page() + "/cuts/" + count + "/decline")
                        : who.sends("POST", link.api() + "/cuts/" + count + "/decline"));
    }

    private Deed restored(Player who, Way way, Player cut, long events) {
        var link = link();
        stage.sql.change(
                "insert into identity_cut (environment, edge, user_id, identity, linked_at, cut_at, events, cut_by)"
                        + " select environment, cast(? as uuid), user_id, identity, linked_at, ?, ?, ? from identity_link"
                        + " where environment = ?",
                link.id(),
                now(),
                events,
                cut.subject(),
                link.place().value());
        stage.sql.change(
                "delete from identity_link where environment = ?", link.place().value());
        return Deed.changing(
                links(link),
                () -> way == Way.PAGE
                        ? who.form(link.page() + "/restores", link.chosen())
                        : who.sends("POST", link.api() + "/restores", link.named()));
    }

    private Supplier<List<String>> links(Link link) {
        return stage.rows(
                "select user_id from identity_link where environment = ?",
                link.place().value());
    }

    private Link link() {
        var place = stage.development();
        var device = "device" + Stage.next();
        var identity = "otter" + Stage.next();
        stage.sql.change(
                "insert into identity_link (environment, user_id, identity, linked_at) values (?, ?, ?, ?)",
                place.value(),
                device,
                identity,
                now());
        String id = Stage.done(stage.ada.sends("POST", "/api/v1/identities/" + place + "/links", "identity", identity))
                .path("links[0].link");
        return new Link(place, device, identity, id);
    }

    private String counted(Link link, Player asked, long events) {
        var id = UUID.randomUUID().toString();
        stage.sql.change(
                "insert into job (id, kind, environment, input, state, place, counts, asked_by, asked_by_name, asked_at, ended_at,"
                        + " due_at) values (?, 'identity-cut-count', ?, '', 'done', '1', ?, ?, 'Somebody', ?, ?, ?)",
                id,
                link.place().value(),
                "{\"events\":" + events + "}",
                asked.subject(),
                now(),
                now(),
                now());
        stage.sql.change(
                "insert into cut_target (job, environment, edge, user_id, identity, alias)"
                        + " values (?, ?, cast(? as uuid), ?, ?, 'h:0')",
                id,
                link.place().value(),
                link.id(),
                link.device(),
                link.identity());
        return id;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
