package dev.weir.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.catalog.Criticality;
import dev.weir.catalog.Definitions;
import dev.weir.catalog.Details;
import dev.weir.catalog.Owner;
import dev.weir.catalog.Status;
import dev.weir.catalog.matching.Filter;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.event.EventType;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.Emergencies.Plea;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.FirstStandards;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people rely on does not go silent in a critical environment because one person has tightened the rules. */
@QuarkusTest
class CollateralTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String REASON = "Nobody needs these any more";

    @Inject
    Releases releases;

    @Inject
    ChangeRequests requests;

    @Inject
    Emergencies emergencies;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    Definitions definitions;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private Acting architect;
    private EnvironmentKey place;
    private String event;

    @BeforeEach
    void a_critical_environment_with_an_event_that_somebody_relies_on() {
        FirstStandards.again(sql);
        ada = Acting.as("relying-ada", Role.ADMIN, sql);
        bob = Acting.as("relying-bob", Role.ADMIN, sql);
        architect = Acting.as("relying-architect", Role.ARCHITECT, sql);
        place = environment(true);
        event = "Relied upon " + place;
        track(place, event, "{}");
        verified(event, Criticality.HIGH);
    }

    private EnvironmentKey environment(boolean critical) {
        var key = new EnvironmentKey("relying" + MADE.incrementAndGet());
        var kind = critical ? Kind.PRODUCTION : Kind.DEVELOPMENT;
        ada.does(() -> environments.create(key, "Relying " + key, kind, critical, Actor.SYSTEM));
        return key;
    }

    private void track(EnvironmentKey where, String name, String properties) {
        var app = sql.first("select digits from app_id where environment = ?", row -> row.getString(1), where.value())
                .orElseThrow();
        Renewal.now();
        given().contentType("application/json")
                .body("{\"app_id\":\"" + app + "\",\"event\":\"" + name + "\",\"identity\":\"otter\",\"properties\":"
                        + properties + "}")
                .post("/api/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    private void verified(String name, Criticality criticality) {
        var id = inReview(name, criticality);
        bob.does(() -> definitions.move(
                id, Status.VERIFIED, definitions.find(id).orElseThrow().version(), "It means what it says"));
        assertThat(ada.does(() -> definitions.find(id)).orElseThrow().status()).isEqualTo(Status.VERIFIED);
    }

    private String inReview(String name, Criticality criticality) {
        var filter = Filter.parse("event equals \"" + name + "\"").match(valid -> valid, refused -> {
            throw new AssertionError(refused);
        });
        var details = new Details(
                name,
                EventType.CUSTOM,
                filter,
                "",
                List.of(),
                "",
                "",
                criticality,
                Optional.of(new Owner(true, "Team of " + place)));
        var made = architect
                .does(() -> definitions.create(details, false))
                .definition()
                .orElseThrow();
        architect.does(() -> definitions.move(made.id(), Status.IN_REVIEW, made.version(), "Please look"));
        return made.id();
    }

    /** Says something that no other environment says, so that it is no promotion. */
    private PolicyDocument blocking(String... events) {
        return Tenant.balancedWith(Map.of("events", List.of(events), "pages", List.of("/only-" + place)));
    }

    private long drafted(EnvironmentKey where, PolicyDocument document) {
        architect.does(() -> drafts.replace(where, drafts.of(where).version(), document));
        return ada.does(() -> drafts.of(where)).version();
    }

    private Optional<Why> published(Acting who, EnvironmentKey where, PolicyDocument document) {
        long version = drafted(where, document);
        return why(who.does(() -> releases.publish(where, version, REASON, where.value())));
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return why(who.does(() -> requests.publish(place, request.number(), place.value())));
    }

    private static Optional<Why> why(Publication became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    @Test
    void neither_an_architect_nor_an_admin_silences_it_alone_and_two_do() {
        for (var who : List.of(architect, ada)) {
            assertThat(published(who, place, blocking(event))).contains(Why.LOSES_DEFINITIONS);
        }
        long version = ada.does(() -> drafts.of(place)).version();
        var asked = request(architect.does(() -> requests.open(place, version, REASON, 0)));
        assertThat(published(ada, asked)).contains(Why.NOT_APPROVED);
        request(bob.does(() -> requests.approve(place, asked.number(), asked.hash())));
        assertThat(published(architect, asked)).contains(Why.NEEDS_ADMIN);
        assertThat(published(ada, asked)).isEmpty();
        assertThat(sql.list(
                        "select content from changelog where object_id = ? and action = 'published'",
                        row -> row.getString(1),
                        asked.thing().id()))
                .singleElement()
                .satisfies(row -> assertThat(row).contains(event));
    }

    @Test
    void nor_by_a_file_an_earlier_revision_or_an_emergency() {
        var file = request(architect.does(() -> requests.propose(place, blocking(event), 1, REASON, 0)));
        assertThat(published(ada, file)).contains(Why.NOT_APPROVED);
        assertThat(published(architect, file)).contains(Why.NEEDS_ADMIN);
        request(bob.does(() -> requests.approve(place, file.number(), file.hash())));
        assertThat(published(ada, file)).isEmpty();
        var open = request(ada.does(() -> requests.propose(place, blocking(), 2, REASON, 0)));
        request(bob.does(() -> requests.approve(place, open.number(), open.hash())));
        assertThat(published(ada, open)).isEmpty();

        assertThat(why(ada.does(() -> releases.restore(place, 2, 3, REASON, place.value()))))
                .contains(Why.LOSES_DEFINITIONS);
        long version = drafted(place, blocking(event));
        assertThat(why(ada.does(() -> emergencies.publish(
                        place, version, new Plea("Nothing can be measured at all", 1, place.value())))))
                .contains(Why.NO_EMERGENCY);
    }

    @Test
    void what_nobody_relies_on_or_where_nothing_is_critical_goes_its_way() {
        track(place, event + " twice", "{}");
        verified(event + " twice", Criticality.NORMAL);
        track(place, event + " thrice", "{}");
        inReview(event + " thrice", Criticality.HIGH);
        assertThat(published(architect, place, blocking(event + " twice", event + " thrice", "another")))
                .isEmpty();
        var development = environment(false);
        track(development, event, "{}");
        assertThat(published(architect, development, blocking(event))).isEmpty();
        var silent = environment(true);
        assertThat(published(architect, silent, blocking(event))).isEmpty();
    }

    @Test
    void what_takes_some_of_it_is_published_by_one_who_is_told() {
        track(place, event, "{\"plan\":\"pro\"}");
        var expecting = Tenant.balancedWith(Map.of(
                "schemas",
                List.of(Map.of("event", event, "property", "plan", "required", true)),
                "pages",
                List.of("/only-" + place)));
        drafted(place, expecting);

        SignedIn.signIn("relying-architect", SignedIn.PASSWORD)
                .request()
                .get("/console/" + place + "/policy/publish")
                .then()
                .body(
                        containsString("Definitions that would lose matches"),
                        containsString("<td class=\"number\">2</td>"),
                        containsString("<td class=\"number\">1</td>"),
                        not(containsString("finds nothing any more")),
                        containsString("Publish revision 2"));
        assertThat(published(architect, place, expecting)).isEmpty();
    }

    @Test
    void the_pages_and_the_interface_say_which_definitions() {
        long version = drafted(place, blocking(event));
        var admin = SignedIn.signIn("relying-ada", SignedIn.PASSWORD);
        admin.request()
                .get("/console/" + place + "/policy/publish")
                .then()
                .statusCode(200)
                .body(
                        containsString("Definitions that would lose matches"),
                        containsString(">" + event + "</a> <span class=\"badge bad\">finds nothing any more</span>"),
                        containsString("Ask for this change"),
                        not(containsString("Publish revision 2")),
                        not(containsString("In an emergency")));
        admin.request()
                .formParams(new HashMap<>(Map.of("version", version, "reason", REASON, "key", place.value())))
                .post("/console/" + place + "/policy/publish")
                .then()
                .statusCode(403)
                .body(containsString("a definition that people rely on would find nothing here any more"));
        var token = "Bearer " + admin.token("Collateral " + place, "all");
        given().header("Authorization", token)
                .get("/api/v1/policy/" + place + "/draft")
                .then()
                .statusCode(200)
                .body("loses.secondPerson", equalTo(true), "loses.definitions.name", hasItem(event));
        var asked = request(architect.does(() -> requests.open(place, version, REASON, 0)));
        given().header("Authorization", token)
                .get("/api/v1/changes/" + place + "/" + asked.number())
                .then()
                .statusCode(200)
                .body("loses.secondPerson", equalTo(true), "loses.definitions.then", hasItem(0));
        admin.request()
                .get("/console/" + place + "/changes/" + asked.number())
                .then()
                .body(containsString("finds nothing any more"), not(containsString("Publish at once")));
    }
}
