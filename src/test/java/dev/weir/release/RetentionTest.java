package dev.weir.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.Section;
import dev.weir.privacy.ThreeWay;
import dev.weir.release.Emergencies.Plea;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shorter retention tightens and destroys: in a critical environment with stored events nobody does that alone, whichever way. */
@QuarkusTest
class RetentionTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String REASON = "We promised to forget sooner";

    @Inject
    Releases releases;

    @Inject
    ChangeRequests requests;

    @Inject
    Emergencies emergencies;

    @Inject
    Parts parts;

    @Inject
    Promotions promotions;

    @Inject
    Reversion reversion;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private Acting architect;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_that_holds_events() {
        ada = Acting.as("keeping-ada", Role.ADMIN, sql);
        bob = Acting.as("keeping-bob", Role.ADMIN, sql);
        architect = Acting.as("keeping-architect", Role.ARCHITECT, sql);
        place = environment("keeping", true);
        stored(place);
    }

    private EnvironmentKey environment(String name, boolean critical) {
        var key = new EnvironmentKey(name + MADE.incrementAndGet());
        var kind = critical ? Kind.PRODUCTION : Kind.DEVELOPMENT;
        ada.does(() -> environments.create(key, "Keeping " + key, kind, critical, Actor.SYSTEM));
        return key;
    }

    private void stored(EnvironmentKey where) {
        var app = sql.first("select digits from app_id where environment = ?", row -> row.getString(1), where.value())
                .orElseThrow();
        Renewal.now();
        given().contentType("application/json")
                .body("{\"app_id\":\"" + app + "\",\"event\":\"kept\",\"identity\":\"otter\"}")
                .post("/api/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    private PolicyDocument keeping(long days) {
        return keeping(days, 30);
    }

    /** Says something that no other environment says, so that it is no promotion. */
    private PolicyDocument keeping(long events, long quarantine) {
        return Tenant.balancedWith(Map.of(
                "retention", Map.of("events", events, "quarantine", quarantine), "pages", List.of("/only-" + place)));
    }

    private long drafted(PolicyDocument document) {
        architect.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        return ada.does(() -> drafts.of(place)).version();
    }

    private long inForce(EnvironmentKey where) {
        return ada.does(() -> releases.inForce(where)).orElseThrow().number();
    }

    private static Optional<Why> why(Publication became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return why(who.does(() -> requests.publish(place, request.number(), place.value())));
    }

    private void agreed(ChangeRequest request) {
        request(bob.does(() -> requests.approve(place, request.number(), request.hash())));
        assertThat(published(ada, request)).isEmpty();
    }

    @Test
    void neither_an_architect_nor_an_admin_shortens_it_alone_and_two_do() {
        for (var shorter : List.of(keeping(1), keeping(395, 29))) {
            long version = drafted(shorter);
            for (var who : List.of(architect, ada)) {
                assertThat(why(who.does(() -> releases.publish(place, version, REASON, place.value()))))
                        .contains(Why.DELETES_STORED);
            }
        }
        long version = drafted(keeping(1));
        var asked = request(architect.does(() -> requests.open(place, version, REASON, 0)));
        assertThat(published(ada, asked)).contains(Why.NOT_APPROVED);
        request(bob.does(() -> requests.approve(place, asked.number(), asked.hash())));
        assertThat(published(architect, asked)).contains(Why.NEEDS_ADMIN);
        assertThat(published(ada, asked)).isEmpty();
        assertThat(inForce(place)).isEqualTo(2);
    }

    @Test
    void what_tightens_otherwise_or_keeps_longer_and_what_holds_nothing_yet_goes_its_way() {
        long tighter = drafted(keeping(395));
        assertThat(why(architect.does(() -> releases.publish(place, tighter, REASON, place.value()))))
                .isEmpty();
        var empty = environment("keeping-nothing", true);
        ada.does(() -> drafts.replace(empty, drafts.of(empty).version(), keeping(1)));
        assertThat(why(architect.does(
                        () -> releases.publish(empty, drafts.of(empty).version(), REASON, empty.value()))))
                .isEmpty();
        var development = environment("keeping-tried", false);
        stored(development);
        ada.does(() -> drafts.replace(development, drafts.of(development).version(), keeping(1)));
        assertThat(why(architect.does(() ->
                        releases.publish(development, drafts.of(development).version(), REASON, ""))))
                .isEmpty();
    }

    /** Only shorter, so that nothing but the retention stands against it. */
    @Test
    void nor_by_an_earlier_revision_that_was_shorter() {
        agreed(request(ada.does(() -> requests.propose(place, keeping(400), 1, REASON, 0))));
        agreed(request(ada.does(() -> requests.propose(place, keeping(500), 2, REASON, 0))));

        for (var who : List.of(architect, ada)) {
            assertThat(why(who.does(() -> releases.restore(place, 2, 3, REASON, place.value()))))
                    .contains(Why.DELETES_STORED);
        }
        var asked = request(architect.does(() -> requests.openRestore(place, 2, 3, REASON, 0)));
        assertThat(published(ada, asked)).contains(Why.NOT_APPROVED);
        assertThat(published(architect, asked)).contains(Why.NEEDS_ADMIN);
        agreed(asked);
    }

    /** Of a rule that shortens it; whoever asks, by name, for what another environment has. */
    @Test
    void nor_by_a_promotion() {
        var tried = environment("keeping-tried", false);
        ada.does(() -> drafts.replace(tried, drafts.of(tried).version(), keeping(7)));
        assertThat(why(ada.does(() -> releases.publish(tried, drafts.of(tried).version(), REASON, ""))))
                .isEmpty();
        var looked = ada.does(() -> promotions.look(tried, place)).orElseThrow();
        var lines = looked.ways().lines().stream().map(ThreeWay.Line::number).collect(Collectors.toSet());

        var asked = request(architect.does(
                () -> promotions.ask(place, new Promotions.Choice(tried, 2, 1, lines, Set.of(), REASON, 0))));

        assertThat(ada.does(() -> requests.changes(asked)).orElseThrow().onlyTightens())
                .isTrue();
        assertThat(published(ada, asked)).contains(Why.NOT_APPROVED);
        assertThat(published(architect, asked)).contains(Why.NEEDS_ADMIN);
        agreed(asked);
    }

    @Test
    void nor_by_a_file_an_earlier_revision_that_also_loosens_a_part_of_one_or_an_emergency() {
        agreed(request(ada.does(() -> requests.propose(place, keeping(400), 1, REASON, 0))));

        var file = request(architect.does(() -> requests.propose(place, keeping(7), 2, REASON, 0)));
        var earlier = request(architect.does(() -> requests.openRestore(place, 1, 2, REASON, 0)));
        var part = request(architect.does(() -> parts.restore(place, 1, Section.RETENTION, 2, REASON, 0)));
        for (var asked : List.of(file, part)) {
            assertThat(published(ada, asked)).contains(Why.NOT_APPROVED);
            assertThat(published(architect, asked)).contains(Why.NEEDS_ADMIN);
        }
        assertThat(published(ada, earlier)).contains(Why.NOT_APPROVED);
        assertThat(why(ada.does(() -> releases.restore(place, 1, 2, REASON, place.value()))))
                .contains(Why.NEEDS_APPROVAL);
        long mixed = drafted(PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", 7L)))
                .match(valid -> valid, errors -> keeping(7)));
        assertThat(why(ada.does(() -> emergencies.publish(
                        place, mixed, new Plea("Nothing can be measured at all", 1, place.value())))))
                .contains(Why.DELETES_STORED);
        assertThat(inForce(place)).isEqualTo(2);
    }

    @Test
    void a_reversion_goes_back_to_the_retention_of_before_and_never_below_it() {
        var asked = request(ada.does(() -> requests.propose(place, keeping(800), 1, REASON, 7)));
        agreed(asked);

        var back =
                reversion.revert(place, Instant.now().plus(Duration.ofDays(8))).orElseThrow();

        assertThat(back.canonical()).contains("\"events\":395");
    }

    @Test
    void the_page_and_the_interface_say_how_many_stored_events_would_go() {
        // As if it had come in ten days ago.
        var then = OffsetDateTime.now(ZoneOffset.UTC).minusDays(10);
        sql.change("update event set received_at = ? where environment = ?", then, place.value());
        sql.change("update event_day set oldest = ? where environment = ?", then, place.value());
        long version = drafted(keeping(9));
        var admin = SignedIn.signIn("keeping-ada", SignedIn.PASSWORD);

        admin.request()
                .get("/console/" + place + "/policy/publish")
                .then()
                .statusCode(200)
                .body(
                        containsString("What it would delete"),
                        containsString("<dt>Kept events</dt><dd>1</dd>"),
                        containsString("Ask for this change"),
                        not(containsString("Publish revision 2")),
                        not(containsString("In an emergency")));
        var trial = admin.request()
                .formParams(Map.of("source", "recorded", "events", "1000"))
                .post("/console/" + place + "/simulations")
                .header("Location");
        JobsAtWork.all();
        admin.request().get(trial).then().body(containsString("<dt>Kept events</dt><dd>1</dd>"));
        var refused = new HashMap<String, Object>(Map.of("version", version, "reason", REASON));
        refused.put("key", place.value());
        admin.request()
                .formParams(refused)
                .post("/console/" + place + "/policy/publish")
                .then()
                .statusCode(403)
                .body(containsString("a shorter retention deletes for good what is stored here"));
        var token = "Bearer " + admin.token("Retention", "all");
        given().header("Authorization", token)
                .get("/api/v1/policy/" + place + "/draft")
                .then()
                .statusCode(200)
                .body("deletes.kept", equalTo(1), "deletes.secondPerson", equalTo(true));
        var asked = request(architect.does(() -> requests.open(place, version, REASON, 0)));
        given().header("Authorization", token)
                .get("/api/v1/changes/" + place + "/" + asked.number())
                .then()
                .statusCode(200)
                .body("deletes.kept", equalTo(1), "deletes.quarantined", equalTo(0), "deletes.more", equalTo(false));
        admin.request()
                .get("/console/" + place + "/changes/" + asked.number())
                .then()
                .body(containsString("<dt>Kept events</dt><dd>1</dd>"), not(containsString("Publish at once")));

        drafted(keeping(11));
        given().header("Authorization", token)
                .get("/api/v1/policy/" + place + "/draft")
                .then()
                .body("deletes.kept", equalTo(0), "deletes.secondPerson", equalTo(true));
    }
}
