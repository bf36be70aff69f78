package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Emergencies.Plea;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever else brings or ends something, at the moment when what was agreed to is published: one is first, and the other knows. */
@QuarkusTest
class PublicationRacesTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int ROUNDS = 12;
    private static final String REASON = "They need it at once";

    @Inject
    ChangeRequests requests;

    @Inject
    Releases releases;

    @Inject
    Emergencies emergencies;

    @Inject
    Reversion reversion;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private EnvironmentKey place = new EnvironmentKey("racing");

    @BeforeEach
    void two_admins() {
        ada = Acting.as("racing-ada", Role.ADMIN, sql);
        bob = Acting.as("racing-bob", Role.ADMIN, sql);
    }

    @AfterEach
    void the_chain_is_whole_and_nothing_is_left_to_review() {
        emergencies
                .open()
                .forEach(one ->
                        ada.does(() -> emergencies.review(one.environment(), one.revision(), "Seen after the race")));
        assertThat(log.verify().fault()).isEmpty();
    }

    private static PolicyDocument keeping(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
    }

    /** Revision 1 keeps 395 days, and revision 2, in force for so many days, 400. */
    private void environment(int days) {
        place = new EnvironmentKey("racing" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Racing " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        var before = approved(request(ada.does(() -> requests.propose(place, keeping(400), 1, REASON, days))));
        assertThat(publishes(ada, before).call()).isEmpty();
    }

    private ChangeRequest drafted() {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(500)));
        return approved(
                request(ada.does(() -> requests.open(place, drafts.of(place).version(), REASON, 0))));
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private ChangeRequest approved(ChangeRequest request) {
        return request(bob.does(() -> requests.approve(place, request.number(), request.hash())));
    }

    /** What somebody does, and why not where it was refused. */
    private interface Deed {
        Optional<Why> call();
    }

    private Deed publishes(Acting who, ChangeRequest request) {
        return () -> who.does(() -> requests.publish(place, request.number(), place.value()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static Optional<Why> why(Requested became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static Optional<Why> why(Publication became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    /** Both at once. */
    private static List<Optional<Why>> race(Deed one, Deed other) throws Exception {
        var barrier = new CyclicBarrier(2);
        var first = started(barrier, one);
        var second = started(barrier, other);
        return List.of(first.get(), second.get());
    }

    @SuppressWarnings("unchecked")
    private static Future<Optional<Why>> started(CyclicBarrier barrier, Deed deed) {
        Callable<Optional<Why>> work = () -> {
            barrier.await();
            return deed.call();
        };
        return (Future<Optional<Why>>) Acting.alongside(work);
    }

    private List<Release> revisions() {
        return ada.does(() -> releases.revisions(place, Long.MAX_VALUE));
    }

    private State state(ChangeRequest request) {
        return ada.does(() -> requests.find(place, request.number()))
                .orElseThrow()
                .state();
    }

    /** The third revision is the one or the other, and nobody was told that both were done. */
    private void oneOfBoth(List<Optional<Why>> became, ChangeRequest request, int round) {
        assertThat(became.stream().filter(Optional::isEmpty))
                .as("round %d", round)
                .hasSize(1);
        assertThat(revisions()).as("round %d", round).hasSize(3);
        boolean done = became.get(0).isEmpty();
        assertThat(revisions().get(0).request().equals(Optional.of(request.number())))
                .isEqualTo(done);
        assertThat(state(request)).isEqualTo(done ? State.PUBLISHED : State.APPROVED);
    }

    @Test
    void a_rejection() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            environment(0);
            var request = drafted();
            var seen = ada.does(() -> requests.tag(request));

            var became = race(
                    publishes(ada, request),
                    () -> why(bob.does(() -> requests.reject(place, request.number(), seen, REASON))));

            boolean done = became.get(0).isEmpty();
            assertThat(became.stream().filter(Optional::isEmpty))
                    .as("round %d", round)
                    .hasSize(1);
            assertThat(state(request)).isEqualTo(done ? State.PUBLISHED : State.REJECTED);
            assertThat(revisions()).hasSize(done ? 3 : 2);
        }
    }

    @Test
    void a_roll_back() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            environment(0);
            var request = drafted();

            var became = race(
                    publishes(ada, request),
                    () -> why(bob.does(() -> releases.restore(place, 1, 2, REASON, place.value()))));

            oneOfBoth(became, request, round);
        }
    }

    @Test
    void an_emergency() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            environment(0);
            var request = drafted();
            long version = ada.does(() -> drafts.of(place)).version();

            var became = race(
                    publishes(ada, request),
                    () -> why(bob.does(() -> emergencies.publish(
                            place, version, new Plea("Nothing can be measured at all", 1, place.value())))));

            oneOfBoth(became, request, round);
        }
    }

    @Test
    void another_request_and_the_same_one_twice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            environment(0);
            var request = drafted();
            var other = approved(request(ada.does(() -> requests.propose(place, keeping(600), 2, REASON, 0))));
            var rival = round % 2 == 0 ? other : request;

            var became = race(publishes(ada, request), publishes(bob, rival));

            assertThat(became.stream().filter(Optional::isEmpty))
                    .as("round %d", round)
                    .hasSize(1);
            assertThat(revisions()).hasSize(3);
            var winner = became.get(0).isEmpty() ? request : rival;
            assertThat(revisions().get(0).request()).contains(winner.number());
            assertThat(revisions().get(0).hash()).isEqualTo(winner.hash());
        }
    }

    @Test
    void asking_for_the_draft_once_more() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            environment(0);
            var request = drafted();
            long version = ada.does(() -> drafts.of(place)).version();

            var became = race(
                    publishes(ada, request),
                    () -> why(bob.does(() -> requests.open(place, version, "Another reason for it", 0))));

            boolean done = became.get(0).isEmpty();
            assertThat(became.stream().filter(Optional::isEmpty))
                    .as("round %d", round)
                    .hasSize(1);
            assertThat(state(request)).isEqualTo(done ? State.PUBLISHED : State.SUPERSEDED);
            assertThat(revisions()).hasSize(done ? 3 : 2);
        }
    }

    /** Who publishes first is taken back with the rest; who comes second is told that another revision is in force. */
    @Test
    void a_reversion() throws Exception {
        var later = Instant.now().plus(Duration.ofDays(8));
        for (int round = 0; round < ROUNDS; round++) {
            environment(7);
            var request = drafted();

            var became = race(publishes(ada, request), () -> {
                assertThat(ada.does(() -> reversion.revert(place, later))).isPresent();
                return Optional.empty();
            });

            boolean done = became.get(0).isEmpty();
            assertThat(revisions()).as("round %d", round).hasSize(done ? 4 : 3);
            assertThat(revisions().get(0).publishedBy()).isEqualTo(Actor.SYSTEM.name());
            assertThat(revisions().get(0).canonical()).contains("\"events\":395");
            assertThat(state(request)).isEqualTo(done ? State.PUBLISHED : State.APPROVED);
        }
    }

    @Test
    void a_reversion_of_what_is_to_stay() throws Exception {
        var later = Instant.now().plus(Duration.ofDays(8));
        for (int round = 0; round < ROUNDS; round++) {
            environment(7);
            var stay = approved(request(ada.does(() -> requests.openStay(place, 2, REASON))));
            var reverted = new AtomicInteger();

            var became = race(publishes(ada, stay), () -> {
                ada.does(() -> reversion.revert(place, later)).ifPresent(release -> reverted.incrementAndGet());
                return Optional.empty();
            });

            assertThat(became.get(0).isEmpty()).as("round %d", round).isEqualTo(reverted.get() == 0);
            assertThat(revisions()).hasSize(3);
            assertThat(revisions().get(0).term()).isEmpty();
            assertThat(revisions().get(0).canonical())
                    .contains(reverted.get() == 0 ? "\"events\":400" : "\"events\":395");
        }
    }
}
