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
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.Emergencies.Plea;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is in force for a while is so for good, and that nobody is left to guess that it is for a while. */
@QuarkusTest
class StayingTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String REASON = "It has to stay after all";

    @Inject
    Releases releases;

    @Inject
    ChangeRequests requests;

    @Inject
    Emergencies emergencies;

    @Inject
    Reversion reversion;

    @Inject
    Allowances allowances;

    @Inject
    AsTold told;

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
    void an_emergency_is_in_force_in_a_critical_environment() {
        ada = Acting.as("staying-ada", Role.ADMIN, sql);
        bob = Acting.as("staying-bob", Role.ADMIN, sql);
        architect = Acting.as("staying-architect", Role.ARCHITECT, sql);
        place = new EnvironmentKey("staying" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Staying " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(400)));
        ada.does(() -> emergencies.publish(
                place,
                drafts.of(place).version(),
                new Plea("The checkout cannot be measured at all", 3, place.value())));
        assertThat(now().term()).isPresent();
    }

    /** No page of another test is to carry the notice. */
    @AfterEach
    void nothing_is_left_to_review() {
        bob.does(() -> emergencies.review(place, 2, "Seen when the test was over"));
    }

    private static PolicyDocument keeping(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
    }

    private Release now() {
        return ada.does(() -> releases.inForce(place)).orElseThrow();
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private static Optional<Why> why(Requested became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return who.does(() -> requests.publish(place, request.number(), place.value()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private void approved(ChangeRequest request) {
        request(bob.does(() -> requests.approve(place, request.number(), request.hash())));
    }

    private ValidatableResponse page(String path) {
        return SignedIn.signIn("staying-ada", SignedIn.PASSWORD)
                .request()
                .get("/console/" + place + path)
                .then()
                .statusCode(200);
    }

    @Test
    void that_an_emergency_stays_takes_a_second_person_and_then_nothing_takes_it_back() {
        var request = request(architect.does(() -> requests.openStay(place, 2, REASON)));

        assertThat(request.stays()).isTrue();
        assertThat(published(ada, request)).contains(Why.NOT_APPROVED);
        page("/changes/" + request.number())
                .body(
                        containsString("What is in force for a while is to stay"),
                        containsString("What would else be taken back"),
                        containsString("1 may loosen"));
        approved(request);
        assertThat(published(architect, request)).contains(Why.NEEDS_ADMIN);
        assertThat(published(ada, request)).isEmpty();

        assertThat(now().number()).isEqualTo(3);
        assertThat(now().term()).isEmpty();
        assertThat(now().canonical()).isEqualTo(keeping(400).canonical());
        assertThat(now().request()).contains(request.number());
        assertThat(reversion.revert(place, Instant.now().plus(Duration.ofDays(40))))
                .isEmpty();
        assertThat(told.first(place)).isEmpty();
        var allowed = ada.does(() -> allowances.of(place, "", Long.MAX_VALUE)).allowances();
        assertThat(allowed).extracting(each -> each.release().number()).containsExactly(3L, 2L);
        assertThat(allowed.get(0).assent().agreed()).contains(bob.subject());
        page("/policy").body(not(containsString("in force for a while")), not(containsString("It is to stay")));
    }

    @Test
    void what_has_no_end_need_not_stay_and_it_is_asked_of_what_is_in_force() {
        assertThat(why(ada.does(() -> requests.openStay(place, 1, REASON)))).contains(Why.OTHER_REVISION_IN_FORCE);
        assertThat(why(ada.does(() -> requests.openStay(place, 2, "no")))).contains(Why.REASON_MISSING);
        var first = request(ada.does(() -> requests.openStay(place, 2, REASON)));
        assertThat(request(ada.does(() -> requests.openStay(place, 2, REASON))).number())
                .isEqualTo(first.number());
        reversion.revert(place, Instant.now().plus(Duration.ofDays(4)));

        assertThat(why(bob.does(() -> requests.approve(place, first.number(), first.hash()))))
                .contains(Why.REQUEST_VOID);
        assertThat(why(ada.does(() -> requests.openStay(place, 3, REASON)))).contains(Why.NO_TERM);
    }

    @Test
    void in_any_other_environment_an_admin_may_have_it_stay_alone() {
        var other = new EnvironmentKey("staying-tried" + MADE.incrementAndGet());
        ada.does(() -> environments.create(other, "Tried " + other, Kind.DEVELOPMENT, false, Actor.SYSTEM));
        var asked = request(ada.does(() -> requests.propose(other, keeping(401), 1, REASON, 5)));
        ada.does(() -> requests.publish(other, asked.number(), ""));
        var stay = request(architect.does(() -> requests.openStay(other, 2, REASON)));

        assertThat(architect
                        .does(() -> requests.publish(other, stay.number(), ""))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.NEEDS_ADMIN);
        assertThat(ada.does(() -> requests.publish(other, stay.number(), ""))
                        .<Optional<Release>>match(done -> Optional.of(done.release()), refused -> Optional.empty())
                        .orElseThrow()
                        .term())
                .isEmpty();
    }

    @Test
    void wherever_something_is_asked_for_or_published_on_top_it_is_said_that_it_ends_too() {
        page("/policy").body(containsString("<dt>Ends</dt>"), containsString("It is to stay"));
        page("/policy/publish").body(containsString("is in force for a while"), containsString("Ask that it stays"));
        page("/policy/1/restore").body(containsString("is in force for a while"));
        SignedIn.signIn("staying-ada", SignedIn.PASSWORD)
                .request()
                .get("/console?environment=" + place)
                .then()
                .statusCode(200)
                .body(containsString("<a href=\"/console/" + place + "/policy\">what was before</a> comes back"));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(500)));
        page("/policy/publish")
                .body(
                        containsString("with 0, what it loosens ends with what is in force"),
                        not(containsString("with 0 it stays")));
        var asked = request(ada.does(() -> requests.open(place, drafts.of(place).version(), REASON, 0)));
        page("/changes/" + asked.number()).body(containsString("and with it whatever this loosens"));
        approved(asked);
        assertThat(published(ada, asked)).isEmpty();
        assertThat(now().term()).isPresent();
    }

    @Test
    void a_program_and_a_form_ask_for_it_too() {
        var admin = SignedIn.signIn("staying-ada", SignedIn.PASSWORD);
        var token = "Bearer " + admin.token("Staying", "all");

        given().header("Authorization", token)
                .contentType("application/json")
                .body(Map.of("stays", true, "seen", 2, "reason", REASON))
                .post("/api/v1/changes/" + place)
                .then()
                .statusCode(201)
                .body("stays", equalTo(true), "hash", equalTo(keeping(400).hash()));
        given().header("Authorization", token)
                .get("/api/v1/changes/" + place + "/1")
                .then()
                .body(
                        "changes.path",
                        equalTo(List.of("retention.events")),
                        "changes[0].direction",
                        equalTo("loosening"));
        given().header("Authorization", token)
                .contentType("application/json")
                .body(Map.of("stays", true, "reason", REASON))
                .post("/api/v1/changes/" + place)
                .then()
                .statusCode(428);
        admin.request()
                .formParams(Map.of("stays", "yes", "seen", "2", "reason", "Another reason for it"))
                .post("/console/" + place + "/changes")
                .then()
                .statusCode(303)
                .header("Location", containsString("/changes/1"));
    }
}
