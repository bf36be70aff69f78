package dev.weir.roles;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequest;
import dev.weir.release.Emergencies;
import dev.weir.release.Promotions;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Publishing, asking for what loosens, agreeing to it, promoting. */
final class ReleaseScenes {

    private static final String URGENT = "The auditors are at the door";

    private final Stage stage;
    private final Emergencies emergencies;
    private final Promotions promotions;
    private final Map<String, Scene> scenes = new HashMap<>();

    ReleaseScenes(Stage stage, Emergencies emergencies, Promotions promotions) {
        this.stage = stage;
        this.emergencies = emergencies;
        this.promotions = promotions;
    }

    Map<String, Scene> all() {
        tightenings();
        loosenings();
        emergencies();
        promotions();
        promoted();
        return scenes;
    }

    private void tightenings() {
        scenes.put("publish a draft that only tightens", (who, way) -> {
            var place = stage.critical();
            return published(who, way, place, stage.drafted(place, Stage.TIGHTER));
        });
        scenes.put("roll back to what is stricter", (who, way) -> {
            var place = stage.development();
            stage.published(place, Stage.LOOSER);
            return Deed.changing(
                    revisions(place),
                    () -> way == Way.PAGE
                            ? who.form(page(place) + "/policy/1/restore", "seen", 2, "reason", "As it was")
                            : who.sends(
                                    "POST",
                                    policy(place) + "/rollback",
                                    "number",
                                    1,
                                    "seen",
                                    2,
                                    "reason",
                                    "As it was"));
        });
        scenes.put("publish a file that only tightens", (who, way) -> {
            var place = stage.critical();
            return publishedRequest(who, way, stage.proposed(stage.dora, place, Stage.tighterOnlyIn(place)));
        });
    }

    private void loosenings() {
        scenes.put("ask for a loosening", (who, way) -> {
            var place = stage.critical();
            long version = stage.drafted(place, Stage.LOOSER);
            return Deed.changing(
                    requests(place),
                    () -> way == Way.PAGE
                            ? who.form(page(place) + "/changes", "version", version, "reason", "Please")
                            : who.sends("POST", api(place), "version", version, "reason", "Please"));
        });
        scenes.put("name a reviewer", (who, way) -> {
            var request = stage.asked(stage.orAda(who, "admin", "architect"), stage.critical(), Stage.LOOSER);
            var other = stage.bob.subject();
            return Deed.changing(
                    stage.rows(
                            "select count(*) from change_reviewer where environment = ?",
                            request.environment().value()),
                    () -> way == Way.PAGE
                            ? who.form(page(request) + "/reviewers", "person", other)
                            : who.sends("POST", api(request) + "/reviewers", "people", List.of(other)));
        });
        scenes.put(
                "approve what somebody else asked for",
                (who, way) -> approved(who, way, stage.asked(stage.ada, stage.critical(), Stage.LOOSER)));
        scenes.put(
                "approve what one asked for",
                (who, way) -> approved(
                        who, way, stage.asked(stage.orAda(who, "admin", "architect"), stage.critical(), Stage.LOOSER)));
        scenes.put("reject what somebody else asked for", (who, way) -> {
            var place = stage.critical();
            return rejected(stage, who, way, place, stage.asked(stage.ada, place, Stage.LOOSER));
        });
        scenes.put("publish a loosening that was approved", (who, way) -> {
            var request = stage.asked(stage.dean, stage.critical(), Stage.LOOSER);
            stage.agreed(request);
            return publishedRequest(who, way, request);
        });
        scenes.put("publish a loosening where it is not critical", (who, way) -> {
            var place = stage.development();
            return published(who, way, place, stage.drafted(place, Stage.LOOSER));
        });
        scenes.put("publish a loosening that nobody approved", (who, way) -> {
            var place = stage.critical();
            return published(who, way, place, stage.drafted(place, Stage.LOOSER));
        });
    }

    private void emergencies() {
        scenes.put("publish a loosening in an emergency", (who, way) -> {
            var place = stage.critical();
            long version = stage.drafted(place, Stage.LOOSER);
            var fields = new Object[] {"version", version, "reason", URGENT, "days", 1, "key", place.value()};
            return Deed.changing(
                    revisions(place),
                    () -> way == Way.PAGE
                            ? who.form(page(place) + "/emergencies", fields)
                            : who.sends("POST", policy(place) + "/emergencies", fields));
        });
        scenes.put("review somebody else's emergency", (who, way) -> reviewed(who, way, stage.ada));
        scenes.put("review one's own emergency", (who, way) -> reviewed(who, way, stage.orAda(who, "admin")));
    }

    private Deed reviewed(Player who, Way way, Player publisher) {
        var place = stage.critical();
        long version = stage.drafted(place, Stage.LOOSER);
        publisher.does(() -> emergencies.publish(place, version, new Emergencies.Plea(URGENT, 1, place.value())));
        return Deed.changing(
                stage.rows(
                        "select coalesce(reviewed_by, '') from policy_emergency where environment = ?", place.value()),
                () -> way == Way.PAGE
                        ? who.form(page(place) + "/emergencies/2/review", "reason", "They were not")
                        : who.sends("POST", policy(place) + "/emergencies/2/review", "reason", "They were not"));
    }

    private void promotions() {
        scenes.put("ask for a promotion", (who, way) -> {
            var source = stage.development();
            var target = stage.critical();
            stage.published(source, Stage.TIGHTER);
            return Deed.changing(
                    requests(target),
                    () -> way == Way.PAGE
                            ? who.form(
                                    page(target) + "/promote",
                                    "from",
                                    source.value(),
                                    "revision",
                                    2,
                                    "seen",
                                    1,
                                    "line",
                                    "take-0",
                                    "reason",
                                    "It was tried")
                            : who.sends(
                                    "POST",
                                    policy(target) + "/promote",
                                    "from",
                                    source.value(),
                                    "revision",
                                    2,
                                    "seen",
                                    1,
                                    "take",
                                    List.of(0),
                                    "leave",
                                    List.of(),
                                    "reason",
                                    "It was tried"));
        });
    }

    private void promoted() {
        scenes.put(
                "approve somebody else's promotion, though it only tightens",
                (who, way) -> approved(who, way, promotion(stage.ada)));
        scenes.put(
                "approve one's own promotion, though it only tightens",
                (who, way) -> approved(who, way, promotion(stage.orAda(who, "admin", "architect"))));
        scenes.put("publish a promotion that was approved", (who, way) -> {
            var request = promotion(stage.dean);
            stage.agreed(request);
            return publishedRequest(who, way, request);
        });
        scenes.put(
                "publish a promotion that nobody approved, though it only tightens",
                (who, way) -> publishedRequest(who, way, promotion(stage.orAda(who, "admin", "architect"))));
    }

    /** To a critical environment, of what only tightens there. */
    private ChangeRequest promotion(Player by) {
        var source = stage.development();
        var target = stage.critical();
        stage.published(source, Stage.TIGHTER);
        return Stage.request(by.does(() ->
                promotions.ask(target, new Promotions.Choice(source, 2, 1, Set.of(0), Set.of(), "It was tried", 0))));
    }

    private Deed published(Player who, Way way, EnvironmentKey place, long version) {
        var fields = new Object[] {"version", version, "reason", "It is time", "key", place.value()};
        return Deed.changing(
                revisions(place),
                () -> way == Way.PAGE
                        ? who.form(page(place) + "/policy/publish", fields)
                        : who.sends("POST", policy(place) + "/publish", fields));
    }

    private Deed publishedRequest(Player who, Way way, ChangeRequest request) {
        var key = request.environment().value();
        return Deed.changing(
                revisions(request.environment()),
                () -> way == Way.PAGE
                        ? who.form(page(request) + "/publish", "key", key)
                        : who.sends("POST", api(request) + "/publish", "key", key));
    }

    private Deed approved(Player who, Way way, ChangeRequest request) {
        return Deed.changing(
                states(stage, request),
                () -> way == Way.PAGE
                        ? who.form(page(request) + "/approve", "hash", request.hash())
                        : who.sends("POST", api(request) + "/approve", "hash", request.hash()));
    }

    static Deed rejected(Stage stage, Player who, Way way, EnvironmentKey place, ChangeRequest request) {
        var seen = stage.tag(request);
        return Deed.changing(
                states(stage, request),
                () -> way == Way.PAGE
                        ? who.form(page(request) + "/reject", "seen", seen, "reason", "It is not")
                        : who.sends(
                                "POST",
                                api(place) + "/" + request.number() + "/reject",
                                who.program()
                                        .contentType("application/json")
                                        .header("If-Match", "\"" + seen + "\"")
                                        .body(Map.of("reason", "It is not"))));
    }

    private static Supplier<List<String>> states(Stage stage, ChangeRequest request) {
        return stage.rows(
                "select state from change_request where environment = ? and number = ?",
                request.environment().value(),
                request.number());
    }

    private Supplier<List<String>> revisions(EnvironmentKey place) {
        return stage.rows("select hash from policy_revision where environment = ? order by number", place.value());
    }

    private Supplier<List<String>> requests(EnvironmentKey place) {
        return stage.rows("select hash from change_request where environment = ? order by number", place.value());
    }

    static String page(EnvironmentKey place) {
        return "/console/" + place;
    }

    private static String page(ChangeRequest request) {
        return page(request.environment()) + "/changes/" + request.number();
    }

    static String api(EnvironmentKey place) {
        return "/api/v1/changes/" + place;
    }

    private static String api(ChangeRequest request) {
        return api(request.environment()) + "/" + request.number();
    }

    private static String policy(EnvironmentKey place) {
        return "/api/v1/policy/" + place;
    }
}
