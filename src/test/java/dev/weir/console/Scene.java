package dev.weir.console;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.catalog.standards.Rule;
import dev.weir.jobs.JobsAtWork;
import dev.weir.simulation.Finished;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.restassured.RestAssured;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something to look at, made through the forms: the environment {@code walk} with two App IDs, two revisions and a draft that
 * touches everything and that somebody asked for, {@code walk-urgent} with an emergency, {@code walk-open} where no second person is needed, {@code walk-quiet} with nothing, {@code walk-retired} without a working App ID; events of each outcome.
 */
final class Scene {

    private static final Pattern APP = Pattern.compile("id=\"app-(\\d{10})\"");
    private static final Pattern DEFINITION = Pattern.compile("/console/definitions/([0-9a-f-]{36})");
    private static final Pattern ID = Pattern.compile("([0-9a-f-]{36})");
    private static final Pattern SIMULATION = Pattern.compile("/console/walk/simulations/([0-9a-f-]{36})");
    private static final Pattern ROW = Pattern.compile("/history\\?row=(\\d+)");
    private static final Pattern HASH = Pattern.compile("name=\"hash\" value=\"([0-9a-f]{64})\"");
    private static final Pattern PERSON = Pattern.compile("/console/people/([0-9a-f-]{36})/history");
    private static final Pattern VIEW = Pattern.compile("/console/definitions/views/([0-9a-f-]{36})/history");
    private static final Pattern CYCLE = Pattern.compile("/console/reviews/(\\d+)\">Spring");
    private static final Pattern CLOSED_CYCLE = Pattern.compile("/console/reviews/(\\d+)\">Winter");
    private static final Pattern LINK = Pattern.compile("name=\"link\" value=\"([0-9a-f-]{36})\"");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{64})\"");
    private static final Pattern JOIN = Pattern.compile("/console/join\\?token=([\\w-]+)");

    private static int invited;

    private final SignedIn admin = SignedIn.as(Role.ADMIN);

    /** What the addresses of the walk name and only this moment knows. */
    static Map<String, String> set() {
        var scene = new Scene();
        if (scene.admin.request().get("/console/environments/walk").statusCode() != 200) {
            scene.environments();
            scene.policies();
            scene.events();
            scene.links();
            scene.definition();
            scene.simulated();
            scene.reliedOn();
            scene.standards();
            scene.urgent();
            scene.reviewed();
            scene.restorations();
        }
        var app = found(APP, scene.page("/console/environments/walk"));
        return Map.ofEntries(
                entry("app", app),
                entry("app-row", found(ROW, scene.page("/console/environments/walk/apps/" + app + "/history"))),
                entry("row", found(ROW, scene.page("/console/walk/policy/history"))),
                entry("restoration", scene.restoration("walk", "The origin was a mistake")),
                entry("own-restoration", scene.restoration("walk", "Nobody sends from there")),
                entry("declined", scene.restoration("walk-retired", "It may open again")),
                entry("person", found(PERSON, scene.page("/console/people"))),
                entry("view", found(VIEW, scene.page("/console/definitions/views"))),
                entry("join", scene.invitation()),
                entry("definition", scene.defined()),
                entry("deviating", found(DEFINITION, scene.page("/console/definitions?q=wishlist"))),
                entry("job", scene.deletion()),
                entry("simulation", found(SIMULATION, scene.page("/console/walk/simulations"))),
                entry("cycle", found(CYCLE, scene.page("/console/reviews"))),
                entry("closed", found(CLOSED_CYCLE, scene.page("/console/reviews"))));
    }

    /** Somebody else asks, the Admin asks, and one that the Admin has declined. */
    private void restorations() {
        var architect = SignedIn.as(Role.ARCHITECT);
        var app = found(APP, page("/console/environments/walk"));
        var tab = "/console/environments/walk/apps/" + app + "/history";
        askedBack(architect, tab, "The origin was a mistake");
        askedBack(admin, tab, "Nobody sends from there");
        post("/console/environments/walk-retired", Map.of("name", "Closed down for good", "version", 0));
        askedBack(architect, "/console/environments/walk-retired/history", "It may open again");
        var declined = "/console/restorations/" + restoration("walk-retired", "It may open again");
        post(declined + "/decline", Map.of("hash", found(HASH, page(declined)), "reason", "It stays closed"));
    }

    /** The first version that a tab tells of. */
    private void askedBack(SignedIn who, String tab, String reason) {
        var rows = ROW.matcher(page(tab)).results().map(row -> row.group(1)).toList();
        long row = Long.parseLong(rows.get(rows.size() - 1));
        var form = page(tab + "?row=" + row);
        var fields = new HashMap<String, Object>(Map.of("row", row, "reason", reason));
        for (var field : List.of("kind", "object", "version")) {
            fields.put(field, found(Pattern.compile("name=\"" + field + "\" value=\"([^\"]+)\""), form));
        }
        var answer = who.request().formParams(fields).post("/console/restorations");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
    }

    private String restoration(String environment, String reason) {
        var one = Pattern.compile(
                "(?s)/console/restorations/(\\d+)\">(?:(?!/console/restorations/).)*?" + Pattern.quote(reason));
        return found(one, page("/console/" + environment + "/changes"));
    }

    private String page(String address) {
        return admin.request().get(address).asString();
    }

    private void environments() {
        environment("walk", "Staging Europe", "critical");
        environment("walk-open", "Before production", "");
        environment("walk-quiet", "Nothing yet", "");
        environment("walk-retired", "Closed down", "");
        change("walk", "origins", Map.of("version", 0, "origin", "https://shop.example"));
        change("walk", "rotate", Map.of("version", 1, "days", 30));
        change("walk-retired", "retire", Map.of("version", 0));
    }

    private void environment(String key, String name, String critical) {
        post("/console/environments", Map.of("key", key, "name", name, "kind", "staging", "critical", critical));
    }

    private void change(String environment, String what, Map<String, ?> fields) {
        var page = admin.request().get("/console/environments/" + environment).asString();
        post("/console/environments/" + environment + "/apps/" + found(APP, page) + "/" + what, fields);
    }

    private void policies() {
        var policies = new Policies(admin, "walk");
        edit(policies, "pages/add", Map.of("values", "/backoffice*"));
        edit(policies, "elements/add", Map.of("selector", ".account-name", "action", "maskText"));
        edit(policies, "properties/add", Map.of("name", "note*", "action", "truncate", "length", "20"));
        edit(policies, "text/add", Map.of("pattern", "order [0-9]{6}", "label", "order-number", "action", "mask"));
        edit(policies, "paths/add", Map.of("values", "/orders/{order}"));
        assertThat(policies.publish("What the shop agreed on in its first review")
                        .statusCode())
                .isEqualTo(303);

        edit(policies, "events/add", Map.of("values", "Debug Ping\nHeartbeat"));
        edit(policies, "origins/add", Map.of("values", "https://shop.example"));
        edit(policies, "elements/add", Map.of("selector", "#balance, .iban", "action", "ignore"));
        edit(policies, "parameters/settings", Map.of("mode", "block", "fragment", "keep", "identifiers", "keep"));
        edit(policies, "consent/settings", Map.of("required", "true", "honourGpc", "true"));
        edit(
                policies,
                "capture/settings",
                Map.of("pageview", "true", "click", "true", "text", "mask", "maxText", "100"));
        edit(policies, "identity/settings", Map.of("form", "number", "contact", "refuse", "perDevice", "3"));
        asked();

        var open = new Policies(admin, "walk-open").blocking("walked");
        assertThat(open.publish("Before a draft").statusCode()).isEqualTo(303);
        open.blocking("walked_again");
        edit(open, "retention/settings", Map.of("events", "90", "quarantine", "14"));
    }

    /** By somebody else than the Admin, who made the last edit, too: so the Admin may agree. */
    private static void asked() {
        var architect = new Policies(SignedIn.as(Role.ARCHITECT), "walk");
        edit(architect, "retention/settings", Map.of("events", "500", "quarantine", "60"));
        assertThat(architect
                        .post(
                                "/changes",
                                Map.of("version", architect.version(), "reason", "For the campaign in May", "days", 30))
                        .statusCode())
                .isEqualTo(303);
        architect.post("/changes/1/comment", Map.of("comment", "The landing pages need their fragments."));
    }

    /** A definition that people rely on, and that the draft would silence. */
    private void reliedOn() {
        var app = found(APP, page("/console/environments/walk"));
        Renewal.now();
        track(app, "4711", "Heartbeat", Map.of("plan", "basic"));
        var made = admin.request()
                .formParams(Map.of(
                        "name", "Proof of life",
                        "type", "custom",
                        "filter", "event equals \"Heartbeat\"",
                        "description", "A shop is open.",
                        "criticality", "high",
                        "ownerKind", "team",
                        "owner", "Operations"))
                .post("/console/definitions");
        var moves = "/console/definitions/" + found(ID, made.header("Location")) + "/status";
        post(moves, Map.of("status", "in-review", "reason", "Please look at it", "version", 0));
        var verified = SignedIn.as(Role.ARCHITECT)
                .request()
                .formParams(Map.of("status", "verified", "reason", "It is what it says", "version", 1))
                .post(moves);
        assertThat(verified.statusCode()).isEqualTo(303);
    }

    /** Loosened alone and not yet reviewed, so that every page says so; and somebody asks that it be critical no longer. */
    private void urgent() {
        environment("walk-urgent", "It could not wait", "critical");
        var policies = new Policies(admin, "walk-urgent");
        edit(policies, "retention/settings", Map.of("events", "400", "quarantine", "30"));
        var published = policies.post(
                "/emergencies",
                Map.of(
                        "version",
                        policies.version(),
                        "reason",
                        "The auditors want a year and a month, today",
                        "days",
                        3,
                        "key",
                        "walk-urgent"));
        assertThat(published.statusCode()).isEqualTo(303);
        post(
                "/console/environments/walk-urgent/uncritical",
                Map.of("reason", "Nobody sells here any more", "version", 0));
    }

    /** Once on nothing recorded, and once on events that the draft treats differently. */
    private void simulated() {
        simulated(Map.of("source", "recorded"));
        simulated(Map.of("source", "pasted", "text", """
                {"type":"custom","name":"Heartbeat","identity":"4711"}
                {"type":"click","text":"Pay","path":[{"t":"a","i":"balance","n":1,"k":1}]}
                {"type":"pageview","page":{"url":"https://shop.example/a?utm_id=1#top","title":"Cart"}}"""));
    }

    private void simulated(Map<String, ?> fields) {
        var started = admin.request().formParams(fields).post("/console/walk/simulations");
        assertThat(started.statusCode()).isEqualTo(303);
        Finished.of(started.header("Location").replaceFirst(".*/", ""));
    }

    /** One that was closed early, and one in which the first of five tasks is signed. */
    private void reviewed() {
        var due = LocalDate.now(ZoneOffset.UTC).plusDays(14).toString();
        var cycle = admin.request()
                .formParams(Map.of("name", "Winter", "due", due, "owner", person(), "matter", "definitions"))
                .formParam("environment", "development")
                .post("/console/reviews");
        var winter = cycle.header("Location").replaceFirst("^https?://[^/]+", "");
        post(winter + "/close", Map.of("version", 0, "reason", "The shop was closed for the winter"));
        var spring = admin.request()
                .formParams(Map.of("name", "Spring", "due", due, "owner", person()))
                .formParam("matter", "privacy", "quarantine", "access")
                .formParam("environment", "development", "walk")
                .post("/console/reviews")
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
        post(
                spring + "/tasks/1/sign",
                Map.of("version", 0, "outcome", "needs-work", "words", "The wish list is captured with its texts."));
    }

    /** The subject of whoever sets the scene. */
    private String person() {
        return found(Pattern.compile("value=\"(local:[0-9a-f-]{36})\" selected"), page("/console/reviews"));
    }

    private static void edit(Policies policies, String form, Map<String, String> fields) {
        assertThat(policies.edit(form, fields).statusCode()).as(form).isEqualTo(303);
    }

    private void events() {
        var app = RestAssured.get("/sample/weir.js").asString().replaceFirst("(?s).*heap\\.load\\(\"(\\d{10}).*", "$1");
        track(app, "4711", "Order Placed", Map.of("contact", "jane.doe@example.com"));
        track(app, "4711", "Renewal Failed", Map.of("plan", "basic"));
        track(app, "undefined", "Order Placed", Map.of("plan", "basic"));
        collect(app, "granted", """
                {"id":"1","at":1764000000000,"type":"pageview"},
                {"id":"2","at":1764000000001,"type":"click","text":"Write to [email]","path":[{"t":"button","i":"cta","c":["primary"],"n":2,"k":1}]},
                {"id":"3","at":1764000000002,"type":"click","text":"Call 555-867-5309","href":"https://shop.example/pay?token=s3cr3t&step=2",
                 "path":[{"t":"a","c":["call"],"n":1,"k":1}]},
                {"id":"4","at":1764000000003,"type":"change","path":[{"t":"input","a":{"type":"password"},"n":1,"k":1}]}""");
        collect(app, "granted", """
                {"id":"6","at":1764000000005,"type":"identify","identity":"heron-1"},
                {"id":"7","at":1764000000006,"type":"identify","identity":"otter-1"}""");
        collect(app, "denied", "{\"id\":\"5\",\"at\":1764000000004,\"type\":\"pageview\"}");
    }

    private void definition() {
        post(
                "/console/definitions",
                Map.of(
                        "name",
                        "Order Placed",
                        "type",
                        "custom",
                        "filter",
                        "event equals \"Order Placed\"",
                        "description",
                        "Somebody has bought something.",
                        "tags",
                        "shop, funnel",
                        "ownerKind",
                        "team",
                        "owner",
                        "Growth"));
        post("/console/definitions/views", Map.of("name", "Custom events", "type", "custom", "shared", "yes"));
    }

    /** Somebody else's definition that breaks two standards that block; one of them is waived. */
    private void standards() {
        SignedIn.account("walk-dora", "Dora Walk", Role.DEVELOPER);
        var wishlist = Map.of("name", "wishlist filled", "type", "click", "filter", "text equals \"Wish\"");
        SignedIn.signIn("walk-dora", SignedIn.PASSWORD)
                .request()
                .formParams(wishlist)
                .post("/console/definitions");
        var home = "/console/definitions/standards";
        var asked = new HashMap<String, String>(Map.of("reason", "So that things are found", "save", "yes"));
        for (var rule : Rule.values()) {
            asked.put("level-" + rule.id(), rule == Rule.STABILITY ? "warn" : "off");
        }
        asked.putAll(Map.of("level-category", "block", "level-name-form", "block", "form-name-form", "title-case"));
        asked.put("asks-stability", "60");
        asked.put("version", found(VERSION, page(home)));
        asked.put("seen", found(SEEN, post(home, asked)));
        post(home, asked);
        var address = "/console/definitions/" + found(DEFINITION, page("/console/definitions?q=wishlist"));
        post(address + "/waivers", Map.of("version", 0, "rule", "name-form", "reason", "As the old site calls it"));
    }

    /** A browser that two people have used, and one of its links that somebody asks to have cut. */
    private void links() {
        var found = found(LINK, post("/console/development/identities", Map.of("kind", "identity", "name", "heron-1")));
        post(
                "/console/development/identities/cuts",
                Map.of("kind", "identity", "name", "heron-1", "link", found, "why", "A shared device"));
    }

    /** One that is counted, and one that was never begun: no node of a test does a job by itself. */
    private String deletion() {
        deletionOf("otter-6");
        JobsAtWork.all();
        return deletionOf("otter-7");
    }

    private String deletionOf(String name) {
        var asked = admin.request()
                .formParam("names", name)
                .formParam("why", "Asked to be forgotten")
                .post("/console/erasure/users");
        assertThat(asked.statusCode()).isEqualTo(303);
        return asked.header("Location").replaceFirst(".*/", "");
    }

    private String defined() {
        return found(DEFINITION, admin.request().get("/console/definitions").asString());
    }

    private static void track(String app, String identity, String event, Map<String, String> properties) {
        RestAssured.given()
                .contentType("application/json")
                .body(Map.of("app_id", app, "identity", identity, "event", event, "properties", properties))
                .post("/api/track")
                .then()
                .statusCode(200);
    }

    private static void collect(String app, String consent, String events) {
        var batch = "{\"v\":1,\"policy\":\"x\",\"consent\":\"" + consent
                + "\",\"sent\":1764000000000,\"user\":\"1234567890123456\",\"session\":{\"id\":\"11\",\"at\":1},"
                + "\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example/account/48213?sid=9\",\"title\":\"Cart\"},\"events\":["
                + events + "]}";
        RestAssured.given()
                .contentType("text/plain")
                .header("Origin", SignedIn.base())
                .body(batch)
                .post("/api/collect/" + app)
                .then()
                .statusCode(200);
    }

    /** A link to set a password with, for somebody new each time: it is good once. */
    private String invitation() {
        return found(
                JOIN,
                post(
                        "/console/people",
                        Map.of("name", "Walker", "login", "walker-" + ++invited, "role", Role.AUDITOR)));
    }

    private String post(String path, Map<String, ?> fields) {
        var answer = admin.request().formParams(fields).post(path);
        assertThat(answer.statusCode()).as(path).isLessThan(400);
        return answer.asString();
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s", pattern).isTrue();
        return matcher.group(1);
    }
}
