package dev.weir.changelog;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.RefusalsAtWork;
import dev.weir.access.Role;
import dev.weir.catalog.standards.Rule;
import dev.weir.changelog.Noted.Deed;
import dev.weir.changelog.Noted.Doer;
import dev.weir.database.Sql;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a person can change may forget the log: whatever changes something by HTTP is in the table of docs/changelog.md, and
 * is really done here, once or more, to see that it writes exactly what the table says.
 */
@QuarkusTest
@TestProfile(EveryChangeTest.Alone.class)
class EveryChangeTest {

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{64})\"");
    private static final Pattern LINK_CHOICE = Pattern.compile("name=\"link\" value=\"([0-9a-f-]{36})\"");

    private static final Pattern LINK = Pattern.compile("/console/join\\?token=([A-Za-z0-9_-]{43})");

    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Browsers and servers call these, or nobody does in production: nothing of an administrator's is changed there. */
    private static final Set<String> DATA_PLANE = Set.of("dev.weir.ingest", "dev.weir.snippet", "dev.weir.sample");

    private static final String SECRET = "of-the-set-up-link-of-this-test-00000000000";
    private static final String FIRST = "otter on the far bank";
    private static final String SECOND = "heron by the sluice gate";

    /** A database of its own: nobody else writes while this test counts. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("weir.database.url", "jdbc:h2:mem:every-change");
        }
    }

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private Noted noted;

    @BeforeEach
    void nothing_noted() {
        noted = new Noted(log, sql, FIRST, SECOND, SECRET);
    }

    @Test
    void the_table_lists_whatever_changes_something() {
        var built = Endpoints.all().stream()
                .filter(endpoint -> CHANGING.contains(endpoint.method()))
                .filter(endpoint ->
                        !DATA_PLANE.contains(endpoint.code().getOwner().getPackageName()))
                .map(Endpoints.Endpoint::text)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ChangeTable.of("").keySet()).isEqualTo(built);
    }

    @Test
    void every_operation_of_the_table_is_tried_here_or_as_a_program() {
        var tried = new TreeSet<>(ChangeTable.of("POST /console").keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.POLICIES).keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.DEFINITIONS).keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.STORED).keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.SETTINGS).keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.REVIEWS).keySet());
        tried.addAll(ChangeTable.of(EveryProgramChangeTest.RESTORATIONS).keySet());

        assertThat(tried).isEqualTo(ChangeTable.of("").keySet());
    }

    @Test
    void what_is_written_is_described_and_nothing_else_is() {
        var written = new TreeSet<String>();
        ChangeTable.of("").values().forEach(written::addAll);

        assertThat(ChangeTable.parts().keySet()).isEqualTo(written);
    }

    @Test
    void each_page_writes_what_the_table_says() {
        setUp();
        var admin = SignedIn.signIn("ada", FIRST);
        people(admin);
        environments(admin);
        policies(admin);
        definitions(admin);
        requests(admin);
        quarantine(admin);
        erasure(admin);
        links(admin);
        redaction(admin);
        reviews(admin);
        changeLog(admin);
        ownAccount(admin);
        nothing(admin);

        assertThat(noted.seen()).isEqualTo(ChangeTable.of("POST /console"));
        assertThat(log.verify().fault()).isEmpty();
    }

    private void setUp() {
        sql.change("delete from setup_link");
        sql.change(
                "insert into setup_link (id, token_hash, expires_at) values (1, ?, ?)",
                CanonicalJson.sha256(SECRET),
                clock.instant().plus(Duration.ofHours(1)));
        post(303, "/console/setup", form("token", SECRET, "name", "Ada", "login", "ada", "password", FIRST));
        post(401, "/console/login", form("login", "ada", "password", SECOND));
        post(401, "/console/login", form("login", "nobody", "password", SECOND));
        post(303, "/console/login", form("login", "ada", "password", FIRST));
    }

    private void people(SignedIn admin) {
        var invited = post(admin, 200, "/console/people", "login", "bob", "name", "Bob", "role", "developer");
        var token = LINK.matcher(invited.asString());
        assertThat(token.find()).isTrue();
        post(303, "/console/join", form("token", token.group(1), "password", SECOND));
        var bob = sql.first("select id from account where login = 'bob'", row -> row.getString(1))
                .orElseThrow();
        post(admin, 200, "/console/people/{id}/link".replace("{id}", bob), "version", account(bob));
        post(admin, 303, "/console/people/{id}/role".replace("{id}", bob), "role", "auditor", "version", account(bob));
        post(
                admin,
                303,
                "/console/people/{id}/environments".replace("{id}", bob),
                "version",
                account(bob),
                "environment",
                "development",
                "environment",
                "production");
        post(admin, 303, "/console/people/{id}/sessions/end".replace("{id}", bob));
        post(admin, 303, "/console/people/{id}/disable".replace("{id}", bob), "version", account(bob));
        post(admin, 303, "/console/people/{id}/enable".replace("{id}", bob), "version", account(bob));
        agreed(admin, 303, asked(admin, "account", bob, 0, account(bob)));
    }

    private String account(String id) {
        return String.valueOf(sql.number("select version from account where id = ?", id));
    }

    private void environments(SignedIn admin) {
        var home = "/console/environments";
        post(admin, 303, home, "key", "shop", "name", "Shop", "kind", "staging");
        post(admin, 303, home + "/shop", "name", "The shop", "version", "0");
        SignedIn.account("carla", "Carla", Role.ADMIN);
        var carla = SignedIn.signIn("carla", SignedIn.PASSWORD);
        post(admin, 303, home + "/shop", "name", "The shop", "critical", "yes", "version", "1");
        post(admin, 403, home + "/shop", "name", "The shop", "version", "2");
        emergency(admin, carla);
        var loose = asked(admin, "environment", "shop", 0, "2");
        agreed(admin, 403, loose);
        post(carla, 303, loose + "/decline", "hash", hash(loose), "reason", "Not while they buy");
        agreed(carla, 303, asked(admin, "environment", "shop", 0, "2"));
        post(admin, 303, home + "/shop", "name", "Shop", "critical", "yes", "version", "4");
        post(admin, 303, home + "/shop/uncritical", "reason", "Nobody buys", "version", "5");
        post(admin, 403, home + "/shop/uncritical/agree", "version", "6");
        post(carla, 303, home + "/shop/uncritical/decline", "version", "6");
        post(admin, 303, home + "/shop/uncritical", "reason", "Nobody buys, really", "version", "7");
        post(carla, 303, home + "/shop/uncritical/agree", "version", "8");
        post(admin, 303, home + "/shop/apps", "label", "Second");
        var app = home + "/shop/apps/" + app("order by created_at");
        app(admin, 303, app + "/label", "label", "First");
        app(admin, 303, app + "/origins", "origin", "https://shop.example");
        app(admin, 303, app + "/origins/remove", "origin", "https://shop.example");
        var digits = app.replaceFirst(".*/", "");
        agreed(admin, 303, asked(admin, "app-id", digits, 2, version(digits)));
        agreed(admin, 303, asked(admin, "app-id", digits, 0, version(digits)));
        var overtaken = asked(admin, "app-id", digits, 2, version(digits));
        app(admin, 303, app + "/label", "label", "Overtaking");
        agreed(admin, 409, overtaken);
        asked(admin, "app-id", digits, 2, version(digits));
        app(admin, 303, app + "/label", "label", "Overtaking again");
        var last = asked(admin, "app-id", digits, 2, version(digits));
        post(admin, 303, last + "/withdraw", "hash", hash(last));
        app(admin, 200, app + "/server-key");
        app(admin, 200, app + "/server-key");
        app(admin, 303, app + "/server-key/drop");
        app(admin, 303, app + "/rotate", "days", "3");
        app(admin, 303, app + "/retire");
    }

    private String version(String digits) {
        return String.valueOf(sql.number("select version from app_id where digits = ?", digits));
    }

    /** Where somebody asks that a thing be again what a row left it as. */
    private String asked(SignedIn person, String kind, String object, int place, String version) {
        var answer = post(
                person,
                303,
                "/console/restorations",
                "kind",
                kind,
                "object",
                object,
                "row",
                row(kind, object, place),
                "version",
                version,
                "reason",
                "As it was in row " + place);
        return answer.header("Location").replaceFirst("https?://[^/]+", "");
    }

    private void agreed(SignedIn person, int status, String restoration) {
        post(person, status, restoration + "/agree", "hash", hash(restoration));
    }

    private String hash(String restoration) {
        long number = Long.parseLong(restoration.replaceFirst(".*/", ""));
        return sql.first("select hash from restoration where number = ?", row -> row.getString(1), number)
                .orElseThrow();
    }

    /** The number of a row about one thing, counted from its first one. */
    private String row(String kind, String object, int place) {
        return sql.list(
                        "select sequence from changelog where object_kind = ? and object_id = ? order by sequence",
                        row -> row.getString(1),
                        kind,
                        object)
                .get(place);
    }

    private void emergency(SignedIn admin, SignedIn carla) {
        post(
                admin,
                303,
                "/console/environments",
                "key",
                "urgent",
                "name",
                "Urgent",
                "kind",
                "production",
                "critical",
                "yes");
        post(
                admin,
                303,
                "/console/urgent/privacy/retention/settings",
                "version",
                "1",
                "events",
                "400",
                "quarantine",
                "30");
        var plea = new String[] {"reason", "The auditors are at the door", "days", "2", "key", "urgent"};
        post(admin, 303, "/console/urgent/emergencies", with(plea, "version", "2"));
        post(carla, 303, "/console/urgent/emergencies/2/review", "reason", "They were not");
    }

    private String app(String order) {
        return sql.first(
                        "select digits from app_id where environment = 'shop' " + order + " limit 1",
                        row -> row.getString(1))
                .orElseThrow();
    }

    private void app(SignedIn admin, int status, String path, String... fields) {
        var digits = path.replaceFirst(".*/apps/(\\d{10}).*", "$1");
        var version = String.valueOf(sql.number("select version from app_id where digits = ?", digits));
        var all = new ArrayList<>(List.of("version", version));
        all.addAll(List.of(fields));
        post(admin, status, path, all.toArray(new String[0]));
    }

    private void policies(SignedIn admin) {
        draft(admin, "/privacy/parameters/add", "values", "own_parameter");
        draft(admin, "/privacy/undo");
        draft(admin, "/privacy/undo");
        draft(admin, "/policy/publish", "reason", "It only tightens", "key", "shop");
        draft(admin, "/privacy/parameters/add", "values", "own_other");
        post(admin, 303, "/console/shop/policy/1/restore", "seen", "2", "reason", "Not so strict", "key", "shop");
        draft(admin, "/privacy/rebase");
        draft(admin, "/privacy/discard");
        draft(admin, "/privacy/preset/strict");
    }

    private void requests(SignedIn admin) {
        SignedIn.account("carla", "Carla", Role.ADMIN);
        var carla = SignedIn.signIn("carla", SignedIn.PASSWORD);
        var changes = "/console/shop/changes";
        draft(admin, "/changes", "reason", "Strict at last");
        draft(admin, "/changes", "reason", "Strict at last, really");
        post(admin, 303, changes + "/2/reviewers", "person", subject("carla"));
        post(carla, 303, changes + "/2/decline");
        post(carla, 303, changes + "/2/comment", "comment", "At last");
        post(carla, 303, changes + "/2/approve", "hash", hash(2));
        post(carla, 303, changes + "/2/publish");
        post(admin, 303, changes, "restores", "1", "seen", "4", "reason", "Too strict");
        post(carla, 303, changes + "/3/approve", "hash", hash(3));
        post(carla, 303, changes + "/3/publish");
        draft(admin, "/privacy/preset/strict");
        draft(admin, "/changes", "reason", "Once more");
        var looked = SEEN.matcher(carla.request().get(changes + "/4").asString());
        assertThat(looked.find()).isTrue();
        post(carla, 303, changes + "/4/reject", "reason", "Enough", "seen", looked.group(1));
        post(
                admin,
                303,
                "/console/urgent/promote",
                "from",
                "shop",
                "revision",
                String.valueOf(sql.number("select max(number) from policy_revision where environment = 'shop'")),
                "seen",
                "2",
                "line",
                "take-0",
                "reason",
                "As in the shop");
        var file = "{weir: 1, policy: {version: 1, retention: {events: 1}}}";
        var seen = SEEN.matcher(
                post(carla, 200, "/console/shop/code", "file", file).asString());
        assertThat(seen.find()).isTrue();
        post(
                carla,
                303,
                "/console/shop/code",
                form("file", file, "reason", "By a file", "ask", "yes", "seen", seen.group(1))
                        .toArray(new String[0]));
    }

    private String subject(String login) {
        return "local:"
                + sql.first("select id from account where login = ?", row -> row.getString(1), login)
                        .orElseThrow();
    }

    private String hash(int request) {
        return sql.first(
                        "select hash from change_request where environment = 'shop' and number = ?",
                        row -> row.getString(1),
                        request)
                .orElseThrow();
    }

    private void draft(SignedIn admin, String path, String... fields) {
        var version = String.valueOf(sql.number("select version from policy_draft where environment = 'shop'"));
        var all = new ArrayList<>(List.of("version", version));
        all.addAll(List.of(fields));
        post(admin, 303, "/console/shop" + path, all.toArray(new String[0]));
    }

    private void definitions(SignedIn admin) {
        var home = "/console/definitions";
        var click = new String[] {"name", "Bought", "type", "click", "filter", "text equals \"Buy\"", "owner", "Sales"};
        post(admin, 200, home + "/preview", click);
        post(admin, 303, home, with(click, "personal", "yes", "ownerKind", "team"));
        var one = home + "/" + definition("Bought");
        post(admin, 303, one + "/share", "version", "0");
        post(admin, 303, one, with(click, "version", "1", "ownerKind", "team", "category", "Shop"));
        post(admin, 303, one + "/status", "version", "2", "status", "archived");
        post(admin, 303, one + "/status", "version", "3", "status", "draft");
        post(admin, 303, one + "/status", "version", "4", "status", "in-review");
        SignedIn.account("carl", "Carl", "architect");
        var carl = SignedIn.signIn("carl", SignedIn.PASSWORD);
        post(admin, 200, home + "/deviations", click);
        post(carl, 303, one + "/status", "version", "5", "status", "verified");
        post(carl, 303, one + "/status", "version", "6", "status", "deprecated", "reason", "Nobody buys");
        var file =
                "name,type,filter\nBought,click,\"text equals \"\"Sell\"\"\"\nSold,click,\"text equals \"\"Sell\"\"\"\n";
        var tried = admin.request()
                .formParams("kind", "csv", "text", file)
                .post(home + "/import")
                .asString();
        var seen = tried.replaceFirst("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        post(admin, 303, home + "/import", "kind", "csv", "text", file, "seen", seen, "apply", "yes");
        post(admin, 303, home + "/starter-pack");
        var sold = definition("Sold");
        post(admin, 303, home + "/bulk", "chosen", sold + " 0", "action", "tag", "value", "shop");
        post(admin, 303, home + "/bulk", "chosen", sold + " 1", "action", "in-review");
        standards(carl, home, sold);
        post(admin, 303, home + "/views", "name", "Clicks", "type", "click");
        var view = home + "/views/"
                + sql.first("select id from saved_view where name = 'Clicks'", row -> row.getString(1))
                        .orElseThrow();
        post(admin, 303, view, "name", "All clicks", "version", "0");
        agreed(admin, 303, asked(admin, "saved-view", view.replaceFirst(".*/", ""), 0, "1"));
        post(admin, 303, view + "/remove", "version", "2");
        agreed(admin, 303, asked(admin, "definition", sold, 0, "2"));
        post(admin, 303, home + "/matcher", "seen", "2", "version", "1", "reason", "As before");
        post(admin, 303, home + "/matcher", "seen", "1", "version", "2", "reason", "As it is now");
        agreed(admin, 303, asked(admin, "matcher", "catalog", 0, row("matcher", "catalog", 1)));
    }

    /** Nothing is asked but a context, which somebody does without. */
    private void standards(SignedIn carl, String home, String sold) {
        var asked = new ArrayList<>(List.of("version", "0", "reason", "As agreed", "save", "yes"));
        for (var rule : Rule.values()) {
            asked.addAll(List.of("level-" + rule.id(), rule == Rule.CONTEXT ? "block" : "off"));
        }
        var looked = post(carl, 200, home + "/standards", asked.toArray(new String[0]))
                .asString()
                .replaceFirst("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        asked.addAll(List.of("seen", looked));
        post(carl, 303, home + "/standards", asked.toArray(new String[0]));
        post(carl, 303, home + "/" + sold + "/waivers", "version", "2", "rule", "context", "reason", "It is clear");
    }

    private String definition(String name) {
        return sql.first("select id from definition where name = ?", row -> row.getString(1), name)
                .orElseThrow();
    }

    private void quarantine(SignedIn admin) {
        var home = "/console/shop/quarantine/";
        aside(1);
        aside(2);
        post(admin, 200, home + "release", "event", "1", "why", "It was our own page");
        post(admin, 200, home + "release", "event", "1", "why", "It was our own page, again");
        post(admin, 200, home + "purge", "scope", "all", "why", "It was not");
    }

    private void redaction(SignedIn admin) {
        var home = "/console/shop/redaction/";
        var asked = post(admin, 303, home + "count").header("Location").replaceFirst(".*/", "");
        JobsAtWork.all();
        post(admin, 303, home + "apply", "count", asked, "why", "A new rule");
        JobsAtWork.all();
    }

    private void reviews(SignedIn admin) {
        SignedIn.account("erin", "Erin", Role.AUDITOR);
        var erin = SignedIn.signIn("erin", SignedIn.PASSWORD);
        var due = clock.instant().plus(Duration.ofDays(1)).toString().substring(0, 10);
        var opening =
                form("name", "Q1", "due", due, "matter", "privacy", "environment", "shop", "owner", subject("ada"));
        var cycle = post(admin, 303, "/console/reviews", opening.toArray(new String[0]))
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
        var task = cycle + "/tasks/1";
        post(admin, 303, task + "/gather", "version", "0");
        post(admin, 303, task + "/owner", "version", "1", "owner", subject("carla"));
        post(admin, 403, task + "/sign", "version", "2", "outcome", "in-order");
        post(admin, 303, task + "/owner", "version", "2", "owner", subject("ada"));
        post(admin, 303, task + "/sign", "version", "3", "outcome", "needs-work", "words", "Everything");
        post(erin, 303, task + "/hand-back", "hash", signature(), "reason", "Really?");
        post(admin, 303, task + "/sign", "version", "5", "outcome", "in-order");
        post(erin, 303, task + "/counter-sign", "hash", signature());
        var version = String.valueOf(sql.number("select max(version) from review_cycle"));
        post(admin, 303, cycle + "/close", "version", version);
    }

    private String signature() {
        return sql.first(
                        "select seal from review_task where seal is not null order by cycle desc",
                        row -> row.getString(1))
                .orElseThrow();
    }

    private void erasure(SignedIn admin) {
        var home = "/console/erasure/";
        var asked = erasureOf(admin, "otter-7");
        JobsAtWork.all();
        var deletion = post(admin, 303, home + "requests/" + asked + "/release");
        post(admin, 303, deletion.header("Location").replaceFirst("^https?://[^/]+", "") + "/cancel");
        var other = erasureOf(admin, "otter-8");
        JobsAtWork.all();
        post(admin, 303, home + "requests/" + other + "/decline");
        var app = app("order by created_at");
        post(admin, 200, home + "keys", "app", app, "version", "0");
        var version = sql.number("select version from erasure_key where app_id = ?", app);
        post(admin, 303, home + "keys/drop", "app", app, "version", String.valueOf(version));
    }

    private void links(SignedIn admin) {
        sql.change(
                "insert into identity_link (environment, user_id, identity, linked_at) values ('shop', '4711', 'marten', ?)",
                clock.instant());
        var home = "/console/shop/identities";
        var found = LINK_CHOICE.matcher(
                post(admin, 200, home, "kind", "identity", "name", "marten").asString());
        assertThat(found.find()).isTrue();
        var wanted = new String[] {
            "kind", "identity", "name", "marten", "link", found.group(1), "why", "It was a shared device"
        };
        post(admin, 303, home + "/cuts/" + cutOf(admin, home, wanted) + "/release");
        post(admin, 200, home + "/restores", wanted);
        post(admin, 303, home + "/cuts/" + cutOf(admin, home, wanted) + "/decline");
    }

    private String cutOf(SignedIn admin, String home, String... wanted) {
        var asked = post(admin, 303, home + "/cuts", wanted).header("Location").replaceFirst(".*/", "");
        JobsAtWork.all();
        return asked;
    }

    private String erasureOf(SignedIn admin, String name) {
        return post(admin, 303, "/console/erasure/users", "names", name, "why", "They asked for it")
                .header("Location")
                .replaceFirst(".*/", "");
    }

    private void aside(long sequence) {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values ('shop', ?, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, '[]', '{"type":"custom","name":"Bought"}')
                """, sequence, UUID.randomUUID(), clock.instant(), clock.instant());
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private void changeLog(SignedIn admin) {
        // As a week later: until then another Admin erases what is told of somebody whom one has let in.
        sql.change("delete from let_in");
        long aboutBob =
                sql.number("select sequence from changelog where object_kind = 'account' and action = 'invited'");
        post(admin, 303, "/console/changelog/1/erase", "what", "row", "reason", "It named somebody");
        post(
                admin,
                303,
                "/console/changelog/" + aboutBob + "/erase",
                "what",
                "about",
                "reason",
                "Asked to be forgotten");
    }

    private void ownAccount(SignedIn admin) {
        var other = SignedIn.signIn("ada", FIRST);
        post(admin, 303, "/console/account/sessions/end", "session", CanonicalJson.sha256(other.session()));
        post(admin, 200, "/console/account/tokens", "name", "Pipeline", "scope", "check", "days", "7");
        var token = sql.first("select id from personal_token", row -> row.getString(1));
        post(admin, 303, "/console/account/tokens/revoke", "token", token.orElseThrow());
        post(admin, 422, "/console/account/password", "current", SECOND, "password", SECOND);
        post(admin, 200, "/console/account/password", "current", FIRST, "password", SECOND);
    }

    private void nothing(SignedIn admin) {
        post(admin, 303, "/console/theme", "theme", "dark");
        post(admin, 200, "/console/shop/bench", "policy", "draft", "kind", "url", "text", "https://shop.example/?a=1");
        post(admin, 303, "/console/shop/simulations", "source", "recorded");
        post(admin, 303, "/console/shop/simulations/" + simulation("shop") + "/cancel");
        post(admin, 303, "/console/logout");
    }

    private String simulation(String environment) {
        return sql.first(
                        "select id from policy_simulation where environment = ? order by asked_at desc limit 1",
                        row -> row.getString(1),
                        environment)
                .orElseThrow();
    }

    private static Optional<String> reason(List<String> fields) {
        return IntStream.range(0, fields.size() / 2)
                .filter(i -> Set.of("reason", "why").contains(fields.get(2 * i)))
                .mapToObj(i -> fields.get(2 * i + 1))
                .findFirst();
    }

    private static List<String> form(String... fields) {
        return List.of(fields);
    }

    private Response post(SignedIn person, int status, String path, String... fields) {
        var doer = new Doer(subject(person.login()), "session", "").bringing(path);
        return post(doer, person.request(), status, path, List.of(fields));
    }

    private Response post(int status, String path, List<String> fields) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return post(
                stranger(path),
                anonymous().cookie("weir_csrf", csrf).formParam("csrf-token", csrf),
                status,
                path,
                fields);
    }

    /** Who has not signed in is known by the link that they bring, or not at all. */
    private Doer stranger(String path) {
        return switch (path) {
            case "/console/setup" -> new Doer("", "setup", "");
            case "/console/join" -> new Doer(subject("bob"), "link", "");
            default -> new Doer("nobody", "sign-in", "");
        };
    }

    private Response post(Doer doer, RequestSpecification request, int status, String path, List<String> fields) {
        for (int i = 0; i < fields.size(); i += 2) {
            request.formParam(fields.get(i), fields.get(i + 1));
        }
        long before = noted.newest();

        var answer = request.post(path);

        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        RefusalsAtWork.tell();
        // The first Admin is there once they were made.
        var known = doer.subject().isEmpty() ? new Doer(subject("ada"), doer.means(), "") : doer;
        noted.since(before, new Deed("POST", path, known, reason(fields)));
        return answer;
    }
}
