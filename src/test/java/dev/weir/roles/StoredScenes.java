package dev.weir.roles;

import dev.weir.erasure.Redactions;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What takes something away from what is stored: rules that are applied to it, users who are forgotten. */
final class StoredScenes {

    private static final String WHY = "The rule came too late";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    StoredScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        redactions();
        erasures();
        scenes.put("delete what was set aside", (who, way) -> {
            var place = stage.development();
            aside(place);
            return Deed.changing(
                    stage.rows("select sequence from event where environment = ?", place.value()),
                    () -> way == Way.PAGE
                            ? who.form("/console/" + place + "/quarantine/purge", "scope", "all", "why", WHY)
                            : who.sends(
                                    "POST",
                                    "/api/v1/quarantine/" + place + "/purge",
                                    "events",
                                    List.of(1),
                                    "why",
                                    WHY));
        });
        scenes.put("make an erasure key", (who, way) -> {
            var app = stage.app(stage.development()).digits();
            long version = stage.sql.number("select coalesce(max(version), 0) from erasure_key where app_id = ?", app);
            return Deed.changing(
                    stage.rows("select key_hash from erasure_key where app_id = ?", app),
                    () -> way == Way.PAGE
                            ? who.form("/console/erasure/keys", "app", app, "version", version)
                            : who.edits("POST", "/api/v1/erasure/keys/" + app, version));
        });
        scenes.put("erase what a row says of somebody", (who, way) -> {
            var place = stage.development();
            long row = stage.sql.number("select max(sequence) from changelog where environment = ?", place.value());
            return Deed.changing(
                    stage.rows("select value from changelog_personal where sequence = ?", row),
                    () -> way == Way.PAGE
                            ? who.form(
                                    "/console/changelog/" + row + "/erase",
                                    "what",
                                    "row",
                                    "reason",
                                    "It named somebody")
                            : who.sends(
                                    "POST",
                                    "/api/v1/changelog/" + row + "/erase",
                                    "what",
                                    "row",
                                    "reason",
                                    "It named somebody"));
        });
        return scenes;
    }

    private void redactions() {
        scenes.put("have counted what the rules would change", (who, way) -> {
            var place = stage.development();
            return Deed.changing(
                    jobs("redaction-count", place),
                    () -> way == Way.PAGE
                            ? who.form("/console/" + place + "/redaction/count")
                            : who.sends("POST", "/api/v1/redaction/" + place + "/count"));
        });
        scenes.put(
                "apply what somebody else had counted",
                (who, way) -> applied(who, way, stage.ada, Redactions.ALONE + 1));
        scenes.put(
                "apply what one had counted, up to the limit",
                (who, way) -> applied(who, way, stage.orAda(who, "admin", "architect"), Redactions.ALONE));
        scenes.put(
                "apply what one had counted, above the limit",
                (who, way) -> applied(who, way, stage.orAda(who, "admin", "architect"), Redactions.ALONE + 1));
    }

    private Deed applied(Player who, Way way, Player asked, long events) {
        var place = stage.development();
        var count = counted("redaction-count", Optional.of(place), asked, "{\"redacted\":" + events + "}");
        return Deed.changing(
                jobs("redaction", place),
                () -> way == Way.PAGE
                        ? who.form("/console/" + place + "/redaction/apply", "count", count, "why", WHY)
                        : who.sends("POST", "/api/v1/redaction/" + place + "/apply", "count", count, "why", WHY));
    }

    /** A count that is over; where it is about rules, for the first revision. */
    private String counted(String kind, Optional<EnvironmentKey> place, Player asked, String counts) {
        var id = UUID.randomUUID().toString();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        stage.sql.change(
                "insert into job (id, kind, environment, input, state, place, counts, asked_by, asked_by_name, asked_at, ended_at,"
                        + " due_at) values (?, ?, ?, '', 'done', '1 0 0', ?, ?, 'Somebody', ?, ?, ?)",
                id,
                kind,
                place.map(EnvironmentKey::value).orElse(null),
                counts,
                asked.subject(),
                now,
                now,
                now);
        return id;
    }

    private void erasures() {
        scenes.put(
                "ask for users to be deleted",
                (who, way) -> Deed.changing(
                        jobs("user-deletion-count"),
                        () -> way == Way.PAGE
                                ? who.form("/console/erasure/users", "names", "otter", "why", WHY)
                                : who.sends(
                                        "POST",
                                        "/api/v1/erasure",
                                        "users",
                                        List.of(Map.of("identity", "otter")),
                                        "why",
                                        WHY)));
        scenes.put("delete users whom somebody else asked for", (who, way) -> released(who, way, stage.ada, 1001));
        scenes.put(
                "delete users whom one asked for, up to the limit",
                (who, way) -> released(who, way, stage.orAda(who, "admin", "architect"), 1000));
        scenes.put(
                "delete users whom one asked for, above the limit",
                (who, way) -> released(who, way, stage.orAda(who, "admin", "architect"), 1001));
        scenes.put("decline what somebody else asked for", (who, way) -> declined(who, way, stage.ada));
        scenes.put(
                "take back what one asked for",
                (who, way) -> declined(who, way, stage.orAda(who, "admin", "architect")));
    }

    private Deed released(Player who, Way way, Player asked, long events) {
        var request = wanted(asked, events);
        return Deed.changing(
                jobs("user-deletion"),
                () -> way == Way.PAGE
                        ? who.form("/console/erasure/requests/" + request + "/release")
                        : who.sends("POST", "/api/v1/erasure/" + request + "/release"));
    }

    private Deed declined(Player who, Way way, Player asked) {
        var request = wanted(asked, 1);
        return Deed.changing(
                stage.rows("select name from erasure_target where job = ?", request),
                () -> way == Way.PAGE
                        ? who.form("/console/erasure/requests/" + request + "/decline")
                        : who.sends("POST", "/api/v1/erasure/" + request + "/decline"));
    }

    /** A request that is counted. */
    private String wanted(Player asked, long events) {
        var id = counted("user-deletion-count", Optional.empty(), asked, "{\"events\":" + events + "}");
        stage.sql.change(
                "insert into erasure_target (job, environment, kind, name) values (?, '', 'identity', 'otter')", id);
        return id;
    }

    private Supplier<List<String>> jobs(String kind) {
        return stage.rows("select id from job where kind = ?", kind);
    }

    private Supplier<List<String>> jobs(String kind, EnvironmentKey place) {
        return stage.rows("select id from job where kind = ? and environment = ?", kind, place.value());
    }

    private void aside(EnvironmentKey place) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        stage.sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, 1, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, '[]', '{"type":"custom","name":"Bought"}')
                """, place.value(), UUID.randomUUID(), now, now);
    }
}
