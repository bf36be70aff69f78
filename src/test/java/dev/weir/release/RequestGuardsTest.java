package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.Section;
import dev.weir.privacy.ThreeWay.Line;
import dev.weir.privacy.ThreeWay.Moved;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Promotions.Choice;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import dev.weir.testsupport.Untriggered;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What refuses a request: each guard alone, where no other would refuse it. */
@QuarkusTest
class RequestGuardsTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Pattern CORRELATION = Pattern.compile("\"correlation\":\"([^\"]+)\"");
    private static final String REASON = "They need it";
    private static final int ROUNDS = 20;

    @Inject
    ChangeRequests requests;

    @Inject
    Parts parts;

    @Inject
    Promotions promotions;

    @Inject
    Editors editors;

    @Inject
    Releases releases;

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
    private Acting architect;
    private EnvironmentKey source;
    private EnvironmentKey place;

    /** Asks with this reason, for so many days. */
    private interface Way {
        Requested with(String reason, int days);
    }

    @BeforeEach
    void a_critical_environment_at_its_second_revision_and_another_to_promote_from() {
        ada = Acting.as("guarded-ada", Role.ADMIN, sql);
        bob = Acting.as("guarded-bob", Role.ADMIN, sql);
        architect = Acting.as("guarded-architect", Role.ARCHITECT, sql);
        int number = MADE.incrementAndGet();
        source = new EnvironmentKey("guarded-source" + number);
        place = new EnvironmentKey("guarded" + number);
        ada.does(() -> environments.create(source, "Source " + number, Kind.DEVELOPMENT, false, Actor.SYSTEM));
        ada.does(() -> environments.create(place, "Guarded " + number, Kind.PRODUCTION, true, Actor.SYSTEM));
        publish(source, Tenant.balancedWith(Map.of("events", List.of("only in " + source))));
        publish(place, keeping(100));
    }

    /** More days loosen, fewer tighten; no other environment says so. */
    private PolicyDocument keeping(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days), "pages", List.of("/only-" + place)));
    }

    private void publish(EnvironmentKey where, PolicyDocument document) {
        long before = number(where);
        drafted(where, document);
        ada.does(() -> releases.publish(where, drafts.of(where).version(), REASON, where.value()));
        assertThat(number(where)).isEqualTo(before + 1);
    }

    private long drafted(EnvironmentKey where, PolicyDocument document) {
        ada.does(() -> drafts.replace(where, drafts.of(where).version(), document));
        return ada.does(() -> drafts.of(where)).version();
    }

    private long number(EnvironmentKey where) {
        return ada.does(() -> releases.inForce(where)).orElseThrow().number();
    }

    private ChangeRequest file(Acting who, long days) {
        return request(who.does(() -> requests.propose(place, keeping(days), number(), REASON, 0)));
    }

    private long number() {
        return sql.number("select max(number) from policy_revision where environment = ?", place.value());
    }

    private Requested promoted(String reason, int days) {
        var take = promotions.look(source, place).orElseThrow().ways().lines().stream()
                .filter(line -> line.moved() == Moved.SOURCE)
                .map(Line::number)
                .collect(Collectors.toSet());
        return promotions.ask(place, new Choice(source, 2, 2, take, Set.of(), reason, days));
    }

    private ChangeRequest approved(ChangeRequest request) {
        return request(bob.does(() -> requests.approve(place, request.number(), request.hash())));
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        return who.does(() -> requests.publish(place, request.number(), place.value()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private ChangeRequest again(ChangeRequest request) {
        return ada.does(() -> requests.find(place, request.number())).orElseThrow();
    }

    private String tag(ChangeRequest request) {
        return ada.does(() -> requests.tag(again(request)));
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private static Optional<Why> why(Requested became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    @Test
    void another_revision_in_force_voids_what_rests_on_no_draft() {
        var asked = List.of(
                file(ada, 400),
                request(ada.does(() -> requests.openRestore(place, 1, 2, REASON, 0))),
                request(ada.does(() -> parts.restore(place, 1, Section.RETENTION, 2, REASON, 0))),
                request(ada.does(() -> promoted(REASON, 0))));
        var open = file(ada, 401);
        var tightening = file(architect, 90);
        asked.forEach(this::approved);

        publish(place, keeping(95));

        assertThat(asked).allSatisfy(request -> {
            assertThat(published(ada, request)).contains(Why.REQUEST_VOID);
            assertThat(again(request).state()).isEqualTo(State.APPROVED);
        });
        assertThat(why(bob.does(() -> requests.approve(place, open.number(), open.hash()))))
                .contains(Why.REQUEST_VOID);
        // It would still tighten, but on top of something that nobody has compared it with.
        assertThat(published(architect, tightening)).contains(Why.NOT_APPROVED);
        assertThat(number()).isEqualTo(3);
    }

    @Test
    void an_edit_of_the_draft_keeps_it_from_being_approved() {
        long version = drafted(place, keeping(400));
        var request = request(ada.does(() -> requests.open(place, version, REASON, 0)));

        drafted(place, keeping(401));

        assertThat(why(bob.does(() -> requests.approve(place, request.number(), request.hash()))))
                .contains(Why.REQUEST_VOID);
        assertThat(again(request).state()).isEqualTo(State.OPEN);
    }

    @Test
    void what_is_stored_is_compared_with_what_was_approved_when_it_is_published() {
        var other = keeping(500);

        assertThat(published(ada, changed(file(ada, 400), "document", other.canonical())))
                .contains(Why.OTHER_CONTENT);
        assertThat(published(ada, changed(file(ada, 401), "approved_hash", other.hash())))
                .contains(Why.OTHER_CONTENT);
        assertThat(published(ada, changed(file(ada, 402), "hash", other.hash())))
                .contains(Why.OTHER_CONTENT);
        assertThat(published(
                        ada, changed(changed(file(ada, 403), "hash", other.hash()), "approved_hash", other.hash())))
                .contains(Why.OTHER_CONTENT);
        assertThat(published(ada, changed(file(ada, 404), "decided_by", ada.subject())))
                .contains(Why.OWN_REQUEST);
        assertThat(number()).isEqualTo(2);
        assertThat(published(ada, approved(file(ada, 405)))).isEmpty();
    }

    /** Approved, and then changed by somebody who has the database. */
    private ChangeRequest changed(ChangeRequest request, String column, String value) {
        if (request.state() == State.OPEN) {
            approved(request);
        }
        Untriggered.during(
                sql,
                "change_request",
                () -> sql.change(
                        "update change_request set " + column + " = ? where environment = ? and number = ?",
                        value,
                        place.value(),
                        request.number()));
        return again(request);
    }

    @Test
    @Edge("days after which a loosening reverts")
    void a_loosening_reverts_after_as_many_days_as_the_table_says_and_not_one_more() {
        long version = drafted(place, keeping(400));

        Limit.here()
                .isTheLastTaken(days -> why(ada.does(() -> requests.open(place, version, REASON, (int) days)))
                        .isEmpty());
    }

    @Test
    @Edge("a comment on a change request")
    void a_comment_is_as_long_as_the_table_says_and_no_character_longer() {
        var request = file(ada, 400);

        Limit.here()
                .isTheLastTaken(many -> why(bob.does(
                                () -> requests.comment(place, request.number(), "x".repeat((int) many))))
                        .isEmpty());
    }

    @Test
    void whatever_is_asked_for_has_a_reason_and_a_number_of_days_that_can_be() {
        long version = drafted(place, keeping(400));
        var ways = List.<Way>of(
                (reason, days) -> requests.open(place, version, reason, days),
                (reason, days) -> requests.openRestore(place, 1, 2, reason, days),
                (reason, days) -> requests.propose(place, keeping(400), 2, reason, days),
                (reason, days) -> parts.restore(place, 1, Section.RETENTION, 2, reason, days),
                this::promoted);

        assertThat(ways).allSatisfy(way -> {
            for (var reason : List.of("", "  no  ", "x".repeat(Releases.MAX_REASON + 1))) {
                assertThat(why(ada.does(() -> way.with(reason, 0)))).contains(Why.REASON_MISSING);
            }
            for (int days : List.of(-1, ChangeRequests.MAX_DAYS + 1)) {
                assertThat(why(ada.does(() -> way.with(REASON, days)))).contains(Why.EXPIRY_WRONG);
            }
        });

        assertThat(sql.number("select count(*) from change_request where environment = ?", place.value()))
                .isZero();
        assertThat(ways)
                .allSatisfy(way -> assertThat(why(ada.does(() -> way.with(REASON, ChangeRequests.MAX_DAYS))))
                        .isEmpty());
    }

    @Test
    void who_edited_a_draft_last_does_not_approve_it_by_letting_somebody_else_ask() {
        bob.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(400)));
        var request = request(
                architect.does(() -> requests.open(place, drafts.of(place).version(), REASON, 0)));

        assertThat(why(bob.does(() -> requests.approve(place, request.number(), request.hash()))))
                .contains(Why.OWN_EDIT);
        // What was approved without being looked at is looked at again where it is published.
        assertThat(published(
                        ada,
                        changed(
                                request(ada.does(() -> requests.approve(place, request.number(), request.hash()))),
                                "decided_by",
                                bob.subject())))
                .contains(Why.OWN_EDIT);
        changed(again(request), "decided_by", ada.subject());
        assertThat(published(ada, request)).isEmpty();
    }

    @Test
    void two_admins_who_both_edited_still_are_two_and_it_is_said_that_who_approved_had_edited() {
        bob.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(400)));
        ada.does(() -> drafts.put(place, drafts.of(place).version(), "retention.events", 401L));
        var request =
                request(ada.does(() -> requests.open(place, drafts.of(place).version(), REASON, 0)));

        assertThat(ada.does(() -> editors.of(request)))
                .extracting(ChangeRequest.Person::subject)
                .containsExactly(ada.subject(), bob.subject());
        var approved = approved(request);
        assertThat(ada.does(() -> editors.approverEdited(approved))).isTrue();
        assertThat(SignedIn.signIn("guarded-ada", SignedIn.PASSWORD)
                        .request()
                        .get("/console/" + place + "/changes/" + request.number())
                        .asString())
                .contains("approved it, too");
        assertThat(published(ada, request)).isEmpty();
        assertThat(ada.does(() -> editors.approverEdited(again(request)))).isTrue();
    }

    @Test
    void what_was_discarded_or_written_over_nobody_has_edited() {
        bob.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(300)));
        bob.does(() -> drafts.discard(place, drafts.of(place).version()));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(400)));
        var request =
                request(ada.does(() -> requests.open(place, drafts.of(place).version(), REASON, 0)));

        assertThat(ada.does(() -> editors.of(request)))
                .extracting(ChangeRequest.Person::subject)
                .containsExactly(ada.subject());
        assertThat(ada.does(() -> editors.approverEdited(approved(request)))).isFalse();
    }

    @Test
    void a_draft_that_was_begun_on_an_older_revision_is_not_asked_for() {
        long version = drafted(place, keeping(400));
        assertThat(published(architect, file(architect, 90))).isEmpty();

        assertThat(why(ada.does(() -> requests.open(place, version, REASON, 0))))
                .contains(Why.DRAFT_OUTDATED);
        assertThat(why(ada.does(() -> requests.open(place, version - 1, REASON, 0))))
                .contains(Why.DRAFT_CHANGED);
    }

    @Test
    void a_revision_that_never_was_is_told_from_one_that_is_in_force_no_more() {
        assertThat(why(ada.does(() -> requests.openRestore(place, 9, 2, REASON, 0))))
                .contains(Why.NO_REVISION);
        assertThat(why(ada.does(() -> parts.restore(place, 9, Section.RETENTION, 2, REASON, 0))))
                .contains(Why.NO_REVISION);
        assertThat(ada.does(() -> releases.restore(place, 9, 2, REASON, place.value()))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.NO_REVISION);
        assertThat(why(ada.does(() -> requests.openRestore(place, 1, 1, REASON, 0))))
                .contains(Why.OTHER_REVISION_IN_FORCE);
        assertThat(why(ada.does(() -> parts.restore(place, 1, Section.RETENTION, 1, REASON, 0))))
                .contains(Why.OTHER_REVISION_IN_FORCE);
    }

    @Test
    void a_comment_says_something_and_not_too_much() {
        var request = file(ada, 400);

        for (var text : List.of("", " \n ", "x".repeat(ChangeRequests.MAX_COMMENT + 1))) {
            assertThat(why(bob.does(() -> requests.comment(place, request.number(), text))))
                    .contains(Why.COMMENT_WRONG);
        }
        assertThat(why(bob.does(() -> requests.comment(place, 99, "Where?")))).contains(Why.NO_REQUEST);
        assertThat(ada.does(() -> requests.comments(request))).isEmpty();
    }

    @Test
    void a_rejection_has_a_reason_and_says_what_was_looked_at() {
        var request = file(ada, 400);
        var seen = tag(request);

        assertThat(why(bob.does(() -> requests.reject(place, request.number(), seen, "no"))))
                .contains(Why.REASON_MISSING);
        assertThat(why(bob.does(() -> requests.reject(place, request.number(), "", REASON))))
                .contains(Why.REQUEST_CHANGED);
        assertThat(why(architect.does(() -> requests.reject(place, request.number(), seen, REASON))))
                .contains(Why.NEEDS_ADMIN);
        approved(request);
        assertThat(why(ada.does(() -> requests.reject(place, request.number(), seen, REASON))))
                .contains(Why.REQUEST_CHANGED);

        assertThat(again(request).decidedBy().orElseThrow().subject()).isEqualTo(bob.subject());
        assertThat(why(ada.does(() -> requests.reject(place, request.number(), tag(request), REASON))))
                .isEmpty();
        assertThat(again(request).state()).isEqualTo(State.REJECTED);
    }

    @Test
    void of_an_approval_and_a_rejection_at_once_one_is_heard() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var request = file(ada, 400 + round);
            var seen = tag(request);
            var barrier = new CyclicBarrier(2);

            var approval =
                    bob.starts(together(barrier, () -> requests.approve(place, request.number(), request.hash())));
            var rejection = ada.starts(together(barrier, () -> requests.reject(place, request.number(), seen, REASON)));

            boolean agreed = why(approval.get()).isEmpty();
            assertThat(why(rejection.get()).isEmpty()).as("round %d", round).isEqualTo(!agreed);
            assertThat(again(request).state()).isEqualTo(agreed ? State.APPROVED : State.REJECTED);
            assertThat(again(request).decidedBy().orElseThrow().subject())
                    .isEqualTo(agreed ? bob.subject() : ada.subject());
        }
    }

    private static Callable<Requested> together(CyclicBarrier barrier, Callable<Requested> work) {
        return () -> {
            barrier.await();
            return work.call();
        };
    }

    @Test
    void that_a_request_was_published_stands_in_its_own_history_too() {
        var request = approved(file(ada, 400));

        assertThat(published(ada, request)).isEmpty();

        var own = newest("change-request", request.thing().id());
        var policy = newest("policy", place.value());
        assertThat(List.of(own.action(), policy.action())).containsOnly("published");
        assertThat(own.content()).contains("\"approved\"", "\"published\"", "\"revision\"");
        assertThat(correlation(own)).isEqualTo(correlation(policy));
    }

    private Row newest(String kind, String id) {
        return log.find(new Filter("", kind, id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0);
    }

    private static String correlation(Row row) {
        var found = CORRELATION.matcher(row.content());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
