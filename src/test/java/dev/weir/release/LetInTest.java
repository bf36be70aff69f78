package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Untriggered;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Admin who lets somebody in has not found a second person. */
@QuarkusTest
class LetInTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    ChangeRequests requests;

    @Inject
    Reviewers reviewers;

    @Inject
    Emergencies emergencies;

    @Inject
    Environments environments;

    @Inject
    Drafts drafts;

    @Inject
    Sql sql;

    private String login;
    private Acting ada;
    private Acting bob;
    private Acting carol;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_and_three_admins() {
        int number = MADE.incrementAndGet();
        login = "letting-ada-" + number;
        ada = Acting.as(login, Role.ADMIN, sql);
        bob = Acting.as("letting-bob-" + number, Role.ADMIN, sql);
        carol = Acting.as("letting-carol-" + number, Role.ADMIN, sql);
        place = new EnvironmentKey("letting" + number);
        ada.does(() -> environments.create(place, "Letting " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(400)));
    }

    private static PolicyDocument keeping(long days) {
        return PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", days)))
                .match(document -> document, errors -> {
                    throw new AssertionError(errors);
                });
    }

    /** Ada makes a link with which she could sign in as Bob. */
    private void link() {
        var id = bob.subject().substring("local:".length());
        SignedIn.signIn(login, SignedIn.PASSWORD)
                .request()
                .formParam("version", sql.number("select version from account where id = ?", id))
                .post("/console/people/" + id + "/link")
                .then()
                .statusCode(200);
    }

    private ChangeRequest asked() {
        return ada.does(() -> requests.open(place, drafts.of(place).version(), "They need it", 0))
                .match(done -> done.request(), refused -> {
                    throw new AssertionError(refused.why());
                });
    }

    private Optional<Why> approved(Acting who, ChangeRequest request) {
        return who.does(() -> requests.approve(place, request.number(), request.hash()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return who.does(() -> requests.publish(place, request.number(), place.value()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    @Test
    void whom_the_asker_made_a_link_for_does_not_approve_for_a_week() {
        link();
        var request = asked();

        assertThat(approved(bob, request)).contains(Why.NO_SECOND_PERSON);
        assertThat(published(ada, request)).contains(Why.NOT_APPROVED);
        HeldClock.atThisMoment().pass(SecondPerson.APART.plusSeconds(1));
        assertThat(approved(bob, request)).isEmpty();
        assertThat(published(ada, request)).isEmpty();
    }

    @Test
    void such_a_one_is_not_invited_nor_waited_for_nor_shown_what_the_door_refuses() {
        link();
        var request = asked();

        assertThat(ada.does(() -> reviewers.candidates(request)))
                .extracting(ChangeRequest.Person::subject)
                .contains(carol.subject())
                .doesNotContain(bob.subject(), ada.subject());
        assertThat(ada.does(() -> reviewers.ask(place, request.number(), Set.of(bob.subject())))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.REVIEWER_WRONG);
        assertThat(bob.does(() -> reviewers.mine(place))).isEmpty();
        assertThat(carol.does(() -> reviewers.mine(place))).hasSize(1);
        var page = "/console/" + place + "/changes/" + request.number();
        SignedIn.signIn(login.replace("ada", "bob"), SignedIn.PASSWORD)
                .request()
                .get(page)
                .then()
                .statusCode(200)
                .body(not(containsString("/approve\"")), containsString("one of you two has invited the other"));
        SignedIn.signIn(login.replace("ada", "carol"), SignedIn.PASSWORD)
                .request()
                .get(page)
                .then()
                .statusCode(200)
                .body(containsString("/approve\""));
    }

    @Test
    void an_approval_that_such_a_one_has_given_does_not_count_even_after_that_week() {
        var request = asked();
        assertThat(approved(bob, request)).isEmpty();
        link();
        // As if it had been given after the link.
        Untriggered.during(
                sql,
                "change_request",
                () -> sql.change(
                        "update change_request set decided_at = (select max(let_in_at) from let_in) where environment = ?",
                        place.value()));

        assertThat(published(ada, request)).contains(Why.NO_SECOND_PERSON);
        HeldClock.atThisMoment().pass(SecondPerson.APART.plusSeconds(1));
        assertThat(published(carol, request)).contains(Why.NO_SECOND_PERSON);
    }

    @Test
    void an_approval_from_before_the_link_counts() {
        var request = asked();
        assertThat(approved(bob, request)).isEmpty();
        HeldClock.atThisMoment().pass(java.time.Duration.ofMinutes(1));
        link();

        assertThat(published(ada, request)).isEmpty();
    }

    @Test
    void nor_does_whom_the_asker_has_enabled_again() {
        var id = bob.subject().substring("local:".length());
        sql.change("update account set disabled = true where id = ?", id);
        SignedIn.signIn(login, SignedIn.PASSWORD)
                .request()
                .formParam("version", sql.number("select version from account where id = ?", id))
                .post("/console/people/" + id + "/enable")
                .then()
                .statusCode(303);
        // Invitations and what is like them do not count in the first week of a Weir: accounts of tests are older.
        var request = asked();

        assertThat(approved(bob, request)).contains(Why.NO_SECOND_PERSON);
        assertThat(approved(carol, request)).isEmpty();
    }

    @Test
    void nor_does_such_a_one_review_an_emergency() {
        ada.does(() -> emergencies.publish(
                place,
                drafts.of(place).version(),
                new Emergencies.Plea("The auditors are at the door", 1, place.value())));
        link();

        assertThat(bob.does(() -> emergencies.review(place, 2, "It had to be"))).contains(Why.NO_SECOND_PERSON);
        SignedIn.signIn(login.replace("ada", "bob"), SignedIn.PASSWORD)
                .request()
                .get("/console/" + place + "/emergencies")
                .then()
                .statusCode(200)
                .body(not(containsString("/2/review\"")));
        assertThat(carol.does(() -> emergencies.review(place, 2, "It had to be")))
                .isEmpty();
    }
}
