package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequest.State;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Untriggered;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeRequestsTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    ChangeRequests requests;

    @Inject
    Releases releases;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    Reversion reversion;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private Acting architect;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_with_two_admins() {
        ada = Acting.as("request-ada", Role.ADMIN, sql);
        bob = Acting.as("request-bob", Role.ADMIN, sql);
        architect = Acting.as("request-architect", Role.ARCHITECT, sql);
        place = new EnvironmentKey("critical" + MADE.incrementAndGet() + "-" + System.nanoTime() % 1_000_000);
        ada.does(() -> environments.create(place, "Critical " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
    }

    /** Keeping events longer loosens, and shorter tightens. */
    private static PolicyDocument keeping(long days) {
        return PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", days)))
                .match(document -> document, errors -> {
                    throw new AssertionError(errors);
                });
    }

    /** So nobody keeps a request from being rejected, by saying something again and again. */
    @Test
    void a_request_takes_so_many_comments_and_no_more() {
        var request = asked(ada, 400);
        for (int i = 1; i < ChangeRequests.MOST_COMMENTS; i++) {
            sql.change(
                    "insert into change_comment (environment, number, place, author, author_name, text, written_at)"
                            + " values (?, ?, ?, 'local:eve', 'Eve', 'Again', ?)",
                    place.value(),
                    request.number(),
                    i,
                    Instant.now());
        }

        assertThat(why(bob.does(() -> requests.comment(place, request.number(), "The last one"))))
                .isEmpty();
        assertThat(why(bob.does(() -> requests.comment(place, request.number(), "One too many"))))
                .contains(Why.COMMENTS_TOO_MANY);
        assertThat(WhyWords.status(Why.COMMENTS_TOO_MANY)).isEqualTo(409);
    }

    @Test
    void somebody_has_so_many_requests_pending_and_no_more_until_one_is_decided() {
        var first = request(architect.does(() -> requests.propose(place, keeping(401), 1, "For a file", 0)));
        for (int i = 1; i < ChangeRequests.MOST_PENDING; i++) {
            sql.change(
                    "insert into change_request (environment, number, document, hash, base_number, reason, author, author_name,"
                            + " created_at, state) select environment, number + ?, document, 'h', base_number, reason, author,"
                            + " author_name, created_at, state from change_request where environment = ? and number = ?",
                    i,
                    place.value(),
                    first.number());
        }

        assertThat(why(architect.does(() -> requests.propose(place, keeping(402), 1, "Another file", 0))))
                .contains(Why.PENDING_TOO_MANY);
        assertThat(WhyWords.status(Why.PENDING_TOO_MANY)).isEqualTo(409);
        assertThat(why(ada.does(() -> requests.propose(place, keeping(402), 1, "Another file", 0))))
                .isEmpty();
        var tag = architect.does(() -> requests.tag(first));
        assertThat(why(architect.does(() -> requests.reject(place, first.number(), tag, "Taken back"))))
                .isEmpty();
        assertThat(why(architect.does(() -> requests.propose(place, keeping(403), 1, "Another file", 0))))
                .isEmpty();
        // Nobody has told of those that were never asked for.
        Untriggered.during(
                sql,
                "change_request",
                () -> sql.change("delete from change_request where environment = ? and hash = 'h'", place.value()));
    }

    private Draft draft() {
        return ada.does(() -> drafts.of(place));
    }

    private Draft drafted(long days) {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(days)));
        return draft();
    }

    private long inForce() {
        return ada.does(() -> releases.inForce(place)).orElseThrow().number();
    }

    private ChangeRequest asked(Acting who, long days) {
        var draft = drafted(days);
        return request(who.does(() -> requests.open(place, draft.version(), "They need it", 0)));
    }

    private ChangeRequest again(ChangeRequest request) {
        return ada.does(() -> requests.find(place, request.number())).orElseThrow();
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private static Optional<Why> why(Requested became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static Optional<Why> why(Publication became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private Optional<Why> approved(Acting who, ChangeRequest request) {
        return why(who.does(() -> requests.approve(place, request.number(), request.hash())));
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return why(who.does(() -> requests.publish(place, request.number(), place.value())));
    }

    @Test
    void alone_one_publishes_what_tightens_and_not_what_loosens() {
        var looser = drafted(400);
        assertThat(why(ada.does(() -> releases.publish(place, looser.version(), "Alone", place.value()))))
                .contains(Why.NEEDS_APPROVAL);

        var tighter = drafted(100);
        assertThat(why(architect.does(() -> releases.publish(place, tighter.version(), "Alone", place.value()))))
                .isEmpty();
        assertThat(inForce()).isEqualTo(2);
    }

    @Test
    void what_a_second_person_approved_is_published_and_says_so() {
        var request = asked(architect, 400);

        assertThat(published(ada, request)).contains(Why.NOT_APPROVED);
        assertThat(approved(bob, request)).isEmpty();
        assertThat(published(architect, request)).contains(Why.NEEDS_ADMIN);
        assertThat(published(bob, request)).isEmpty();

        assertThat(again(request).state()).isEqualTo(State.PUBLISHED);
        var release = ada.does(() -> releases.inForce(place)).orElseThrow();
        assertThat(release.request()).contains(request.number());
        assertThat(release.hash()).isEqualTo(request.hash());
        assertThat(published(bob, request)).contains(Why.REQUEST_CLOSED);
        assertThat(inForce()).isEqualTo(2);
    }

    @Test
    void nobody_approves_what_they_asked_for_nor_what_they_did_not_look_at() {
        var request = asked(ada, 400);

        assertThat(approved(ada, request)).contains(Why.OWN_REQUEST);
        assertThat(why(bob.does(() -> requests.approve(place, request.number(), "another hash"))))
                .contains(Why.OTHER_CONTENT);
        assertThatThrownBy(() -> approved(architect, request)).isInstanceOf(ForbiddenException.class);
        assertThat(again(request).state()).isEqualTo(State.OPEN);
    }

    @Test
    void any_edit_of_the_draft_voids_an_approval_even_one_that_is_taken_back() {
        var request = asked(ada, 400);
        assertThat(approved(bob, request)).isEmpty();

        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(500)));
        assertThat(published(ada, request)).contains(Why.REQUEST_VOID);
        ada.does(() -> drafts.undo(place, drafts.of(place).version()));

        assertThat(draft().document().hash()).isEqualTo(request.hash());
        assertThat(published(bob, request)).contains(Why.REQUEST_VOID);
        assertThat(inForce()).isEqualTo(1);
    }

    @Test
    void a_new_request_for_the_draft_makes_the_old_one_way_and_needs_an_approval_of_its_own() {
        var first = asked(ada, 400);
        assertThat(approved(bob, first)).isEmpty();

        var second = asked(ada, 500);

        assertThat(again(first).state()).isEqualTo(State.SUPERSEDED);
        assertThat(published(bob, first)).contains(Why.REQUEST_CLOSED);
        assertThat(published(bob, second)).contains(Why.NOT_APPROVED);
    }

    @Test
    void rejecting_destroys_nothing() {
        var request = asked(ada, 400);
        bob.does(() -> requests.comment(place, request.number(), "Why so long?"));
        var before = draft();

        assertThat(why(bob.does(
                        () -> requests.reject(place, request.number(), requests.tag(again(request)), "Too long"))))
                .isEmpty();

        assertThat(draft().version()).isEqualTo(before.version());
        assertThat(draft().document().hash()).isEqualTo(before.document().hash());
        assertThat(again(request).canonical()).isEqualTo(request.canonical());
        assertThat(ada.does(() -> requests.comments(request)))
                .extracting(ChangeRequest.Comment::text)
                .containsExactly("Why so long?");
        assertThat(approved(bob, request)).contains(Why.REQUEST_CLOSED);
        assertThat(published(bob, request)).contains(Why.REQUEST_CLOSED);
    }

    @Test
    void an_approval_counts_while_whoever_gave_it_is_an_admin() {
        var carol = Acting.as("request-carol-" + place, Role.ADMIN, sql);
        var request = asked(ada, 400);
        assertThat(approved(carol, request)).isEmpty();

        sql.change("update account set role = 'developer' where login = ?", "request-carol-" + place);
        assertThat(published(ada, request)).contains(Why.APPROVER_WITHOUT_ROLE);
        sql.change("update account set role = 'admin', disabled = true where login = ?", "request-carol-" + place);
        assertThat(published(ada, request)).contains(Why.APPROVER_WITHOUT_ROLE);
        sql.change("update account set disabled = false where login = ?", "request-carol-" + place);

        assertThat(published(ada, request)).isEmpty();
    }

    @Test
    void another_revision_in_force_voids_a_request() {
        var request = asked(ada, 400);
        assertThat(approved(bob, request)).isEmpty();
        var tighter = drafted(100);
        ada.does(() -> releases.publish(place, tighter.version(), "Alone", place.value()));

        assertThat(published(bob, request)).contains(Why.REQUEST_VOID);
    }

    @Test
    void rolling_back_to_something_looser_needs_a_second_person_too() {
        var tighter = drafted(100);
        ada.does(() -> releases.publish(place, tighter.version(), "Shorter", place.value()));

        assertThat(why(ada.does(() -> releases.restore(place, 1, 2, "Back", place.value()))))
                .contains(Why.NEEDS_APPROVAL);
        var request = request(ada.does(() -> requests.openRestore(place, 1, 2, "Back", 0)));
        assertThat(approved(bob, request)).isEmpty();
        assertThat(published(ada, request)).isEmpty();

        assertThat(ada.does(() -> releases.inForce(place)).orElseThrow().restores())
                .contains(1L);
    }

    @Test
    void what_is_loosened_for_a_while_comes_back_by_itself() {
        var draft = drafted(400);
        var request = request(ada.does(() -> requests.open(place, draft.version(), "For a week", 7)));
        assertThat(approved(bob, request)).isEmpty();
        assertThat(published(bob, request)).isEmpty();

        assertThat(reversion.revert(place, Instant.now())).isEmpty();
        var release =
                reversion.revert(place, Instant.now().plus(Duration.ofDays(8))).orElseThrow();

        assertThat(release.canonical()).isEqualTo(PolicyDocument.balanced().canonical());
        assertThat(release.restores()).contains(1L);
        assertThat(release.publishedBy()).isEqualTo(Actor.SYSTEM.name());
        assertThat(release.term()).isEmpty();
        assertThat(reversion.revert(place, Instant.now().plus(Duration.ofDays(8))))
                .isEmpty();
        assertThat(draft().base()).isEqualTo(3);
    }

    @Test
    void a_term_can_not_be_shaken_off_and_what_tightens_meanwhile_stays() {
        var draft = drafted(400);
        var request = request(ada.does(() -> requests.open(place, draft.version(), "For a week", 7)));
        approved(bob, request);
        published(bob, request);
        var later = PolicyDocument.parse(
                        Map.of("version", 1L, "retention", Map.of("events", 400L), "pages", List.of("/hidden")))
                .match(document -> document, errors -> keeping(1));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), later));
        ada.does(() -> releases.publish(place, drafts.of(place).version(), "On top", place.value()));

        var release =
                reversion.revert(place, Instant.now().plus(Duration.ofDays(8))).orElseThrow();

        assertThat(release.canonical()).contains("\"/hidden\"").contains("\"events\":395");
        assertThat(release.term()).isEmpty();
        // Revision 1 hid nothing: to say that it is back would be a lie.
        assertThat(release.restores()).isEmpty();
    }

    @Test
    void what_would_outlast_its_days_is_not_published_though_somebody_agreed_to_it() {
        var draft = drafted(400);
        var first = request(ada.does(() -> requests.open(place, draft.version(), "For a week", 7)));
        approved(bob, first);
        published(bob, first);
        var hidden = PolicyDocument.parse(
                        Map.of("version", 1L, "retention", Map.of("events", 400L), "pages", List.of("/hidden")))
                .match(document -> document, errors -> keeping(1));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), hidden));
        ada.does(() -> releases.publish(place, drafts.of(place).version(), "On top", place.value()));
        assertThat(inForce()).isEqualTo(3);

        // No revision that may come back hides the page: to show it for a week would be to show it for good.
        var back = drafted(400);
        var second = request(ada.does(() -> requests.open(place, back.version(), "For a week as well", 7)));
        assertThat(approved(bob, second)).isEmpty();

        assertThat(published(bob, second)).contains(Why.LOOSENS_FOR_GOOD);
        assertThat(inForce()).isEqualTo(3);
        assertThat(again(second).state()).isEqualTo(ChangeRequest.State.APPROVED);

        var third = request(ada.does(() -> requests.open(place, back.version(), "For good, then", 0)));
        assertThat(approved(bob, third)).isEmpty();
        assertThat(published(bob, third)).isEmpty();
        assertThat(inForce()).isEqualTo(4);
    }

    @Test
    void who_only_looks_says_nothing_and_asks_for_nothing() {
        var auditor = Acting.as("request-auditor", Role.AUDITOR, sql);
        var developer = Acting.as("request-developer", Role.DEVELOPER, sql);
        var request = asked(ada, 400);

        assertThat(auditor.does(() -> requests.list(place, Long.MAX_VALUE))).hasSize(1);
        assertThatThrownBy(() -> auditor.does(() -> requests.comment(place, 1, "No")))
                .isInstanceOf(ForbiddenException.class);
        assertThat(why(developer.does(() -> requests.comment(place, 1, "Yes")))).isEmpty();
        for (var who : List.of(auditor, developer)) {
            assertThatThrownBy(() -> who.does(() -> requests.open(place, 2, "They need it", 0)))
                    .isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> approved(who, request)).isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> published(who, request)).isInstanceOf(ForbiddenException.class);
        }
    }

    private static final int ROUNDS_OVER_HTTP = 60;

    /** Of so many rounds, one begins calmly with an approval and a publication, and one with an edit. */
    private static final int CALM = 20;

    /** A thousand on PostgreSQL, in whose tests this is another number. */
    int rounds() {
        return 200;
    }

    @Test
    void two_admins_edit_approve_and_publish_at_once_and_nothing_unapproved_comes_out() throws Exception {
        race(rounds(), 61, (who, race) -> {
            var steps = List.<Callable<Boolean>>of(
                    () -> drafts.replace(place, race.version, keeping(race.kept + 1 + race.days()))
                            .match(now -> race.saved(), invalid -> false, overtaken -> false),
                    () -> why(requests.approve(place, race.request.number(), race.request.hash()))
                            .isEmpty(),
                    () -> requests.publish(place, race.request.number(), place.value())
                            .match(now -> race.done(), refused -> false));
            return steps.stream()
                    .<Callable<Boolean>>map(step -> () -> who.asked(step))
                    .toList();
        });
    }

    /** The same by the forms of the console: sessions, form tokens and answers as browsers have them. */
    @Test
    void two_signed_in_admins_do_so_over_http() throws Exception {
        var sessions = Map.of(
                ada, SignedIn.signIn("request-ada", SignedIn.PASSWORD),
                bob, SignedIn.signIn("request-bob", SignedIn.PASSWORD));
        race(ROUNDS_OVER_HTTP, 62, (who, race) -> {
            var session = Objects.requireNonNull(sessions.get(who));
            var change = "/changes/" + race.request.number();
            return List.of(
                    () -> {
                        var days = String.valueOf(race.kept + 1 + race.days());
                        var form = Map.of("version", race.version, "events", days, "quarantine", "30");
                        return posted(session, "/privacy/retention/settings", form) && race.saved();
                    },
                    () -> posted(session, change + "/approve", Map.of("hash", race.request.hash())),
                    () -> posted(session, change + "/publish", Map.of("key", place.value())) && race.done());
        });
    }

    /** Whether it was done; else it was refused, by somebody who knew why. */
    private boolean posted(SignedIn who, String form, Map<String, ?> fields) {
        int status = who.request()
                .formParams(fields)
                .post("/console/" + place + form)
                .statusCode();
        assertThat(status).as(form).isIn(303, 403, 409);
        return status == 303;
    }

    /** One request, and what two people do with it at once. */
    private static final class Race {
        private final ChangeRequest request;
        private final long version;
        private final long kept;
        private final Random random;
        private final AtomicInteger saved = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Race(ChangeRequest request, long version, long kept, long seed) {
            this.request = request;
            this.version = version;
            this.kept = kept;
            this.random = new Random(seed);
        }

        long days() {
            return random.nextInt(50);
        }

        boolean saved() {
            return saved.incrementAndGet() > 0;
        }

        boolean done() {
            return done.incrementAndGet() > 0;
        }
    }

    private void race(int rounds, long seed, BiFunction<Acting, Race, List<Callable<Boolean>>> steps) throws Exception {
        System.out.println("requests: seed " + seed);
        var random = new Random(seed);
        int published = 0;
        int edited = 0;
        for (int round = 0; round < rounds; round++) {
            long before = inForce();
            long kept = 396 + before;
            var race = new Race(asked(ada, kept), draft().version(), kept, random.nextLong());

            if (round % CALM < 2) {
                // Alone and in a known order, so that some publish and some edit first however fast the machine is.
                var order = new ArrayList<>(steps.apply(bob, race));
                Collections.rotate(order, round % CALM == 0 ? -1 : 0);
                alongside(new CyclicBarrier(1), order).get();
            }
            var barrier = new CyclicBarrier(2);
            var one = alongside(barrier, shuffled(steps.apply(ada, race), random.nextLong()));
            var other = alongside(barrier, shuffled(steps.apply(bob, race), random.nextLong()));
            one.get();
            other.get();

            // Whoever comes first moves the draft on, and everything that rested on it is refused.
            int saved = race.saved.get();
            int done = race.done.get();
            assertThat(saved + done).as("round %d", round).isLessThanOrEqualTo(1);
            assertThat(draft().version()).as("round %d", round).isEqualTo(race.version + saved + done);
            assertThat(inForce()).as("round %d", round).isEqualTo(before + done);
            if (done == 1) {
                var after = again(race.request);
                assertThat(after.state()).isEqualTo(State.PUBLISHED);
                assertThat(after.approvedHash()).contains(race.request.hash());
                assertThat(after.decidedBy().orElseThrow().subject()).isEqualTo(bob.subject());
                assertThat(ada.does(() -> releases.inForce(place)).orElseThrow().hash())
                        .isEqualTo(race.request.hash());
            }
            published += done;
            edited += saved;
        }

        System.out.println("requests: " + published + " published, " + edited + " edited first");
        assertThat(published).isGreaterThanOrEqualTo(rounds / CALM);
        assertThat(edited).isGreaterThanOrEqualTo(rounds / CALM);
        assertThat(log.verify().fault()).isEmpty();
    }

    private static List<Callable<Boolean>> shuffled(List<Callable<Boolean>> steps, long seed) {
        var shuffled = new ArrayList<>(steps);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static Future<?> alongside(CyclicBarrier barrier, List<Callable<Boolean>> steps) {
        return Acting.alongside(() -> {
            barrier.await();
            for (var step : steps) {
                step.call();
            }
            return null;
        });
    }
}
