package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.Reviewer.Answer;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReviewersTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Reviewers reviewers;

    @Inject
    ChangeRequests requests;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private Acting carol;
    private EnvironmentKey place;

    @BeforeEach
    void a_request_of_ada() {
        ada = Acting.as("naming-ada", Role.ADMIN, sql);
        bob = Acting.as("naming-bob", Role.ADMIN, sql);
        carol = Acting.as("naming-carol", Role.ADMIN, sql);
        place = new EnvironmentKey("named" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Named " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        var document = PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", 400L)))
                .match(valid -> valid, errors -> {
                    throw new AssertionError(errors);
                });
        ada.does(() -> drafts.replace(place, 1, document));
        ada.does(() -> requests.open(place, 2, "They need it", 0));
    }

    private ChangeRequest request() {
        return ada.does(() -> requests.find(place, 1)).orElseThrow();
    }

    private Optional<Why> ask(Acting who, Acting... named) {
        var subjects = java.util.Arrays.stream(named).map(Acting::subject).collect(java.util.stream.Collectors.toSet());
        return who.does(() -> reviewers.ask(place, 1, subjects))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private List<Answer> answers() {
        return ada.does(() -> reviewers.of(request())).stream()
                .map(Reviewer::answer)
                .toList();
    }

    private List<Long> mine(Acting who) {
        return who.does(() -> reviewers.mine(place)).stream()
                .map(ChangeRequest::number)
                .toList();
    }

    @Test
    void who_is_named_is_waited_for_and_then_agrees() {
        assertThat(ask(ada, bob)).isEmpty();
        assertThat(answers()).containsExactly(Answer.WAITING);

        bob.does(() -> requests.approve(place, 1, request().hash()));

        assertThat(answers()).containsExactly(Answer.AGREED);
        assertThat(ask(ada, carol)).contains(Why.REQUEST_CLOSED);
    }

    @Test
    void mine_to_review_is_what_names_me_or_nobody() {
        assertThat(mine(bob)).containsExactly(1L);
        assertThat(mine(ada)).isEmpty();

        ask(ada, bob);

        assertThat(mine(bob)).containsExactly(1L);
        assertThat(mine(carol)).isEmpty();
        assertThat(mine(Acting.as("naming-architect", Role.ARCHITECT, sql))).isEmpty();
    }

    @Test
    void what_is_outdated_waits_for_nobody() {
        assertThat(mine(bob)).containsExactly(1L);

        ada.does(() -> drafts.replace(place, 2, PolicyDocument.strict()));

        assertThat(mine(bob)).isEmpty();
        assertThat(bob.does(() -> requests.outdated(place, List.of(request())))).containsExactly(1L);
    }

    @Test
    void who_declines_is_waited_for_no_more_and_decides_nothing() {
        ask(ada, bob);

        assertThat(bob.does(() -> reviewers.decline(place, 1))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .isEmpty();

        assertThat(answers()).containsExactly(Answer.DECLINED);
        assertThat(request().state()).isEqualTo(ChangeRequest.State.OPEN);
        assertThat(mine(carol)).containsExactly(1L);
        assertThat(carol.does(() -> reviewers.decline(place, 1))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.NOT_ASKED);
        assertThat(ask(ada, bob)).isEmpty();
        assertThat(answers()).containsExactly(Answer.WAITING);
    }

    @Test
    void naming_binds_nobody() {
        ask(ada, bob);

        carol.does(() -> requests.approve(place, 1, request().hash()));

        assertThat(request().state()).isEqualTo(ChangeRequest.State.APPROVED);
        assertThat(answers()).containsExactly(Answer.WAITING);
    }

    @Test
    void only_admins_who_did_not_ask_can_be_named() {
        var architect = Acting.as("naming-architect", Role.ARCHITECT, sql);
        assertThat(ask(ada, ada)).contains(Why.REVIEWER_WRONG);
        assertThat(ask(ada, architect)).contains(Why.REVIEWER_WRONG);
        assertThat(ask(ada)).contains(Why.REVIEWER_WRONG);
        assertThat(ada.does(() -> reviewers.ask(place, 1, Set.of("issuer#somebody")))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.REVIEWER_WRONG);
        assertThat(ask(architect, bob)).isEmpty();
        var developer = Acting.as("naming-developer", Role.DEVELOPER, sql);
        assertThatThrownBy(() -> ask(developer, bob)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void the_pages_show_who_is_waited_for_and_what_waits_for_me() {
        ask(ada, bob);
        var hers = new Policies(SignedIn.signIn("naming-bob", SignedIn.PASSWORD), place.value());

        var request = "/console/" + place + "/changes/1\"";
        assertThat(hers.get("/changes?show=mine").asString()).contains(request, "Request 1");
        assertThat(hers.get("/changes/1").asString())
                .contains("Person naming-bob", "waiting", "Somebody else should look at it");
        var other = new Policies(SignedIn.signIn("naming-carol", SignedIn.PASSWORD), place.value());
        // What belongs to no environment may wait for anybody.
        assertThat(other.get("/changes?show=mine").asString()).doesNotContain(request);
    }
}
