package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.weir.release.Emergencies.Plea;
import dev.weir.release.Release.Term;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmergenciesTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String REASON = "The checkout cannot be measured at all";

    @Inject
    Emergencies emergencies;

    @Inject
    Allowances allowances;

    @Inject
    Releases releases;

    @Inject
    ChangeRequests requests;

    @Inject
    Reversion reversion;

    @Inject
    ReleaseRows rows;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    ChangeLog log;

    @Inject
    MeterRegistry meters;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_whose_draft_loosens() {
        ada = Acting.as("urgent-ada", Role.ADMIN, sql);
        bob = Acting.as("urgent-bob", Role.ADMIN, sql);
        place = new EnvironmentKey("urgent" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Urgent " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        drafted(400);
    }

    /** No page of another test is to carry the notice. */
    @AfterEach
    void nothing_is_left_to_review() {
        emergencies
                .open()
                .forEach(one -> bob.does(
                        () -> emergencies.review(one.environment(), one.revision(), "Seen when the test was over")));
        ada.does(() -> {
            emergencies.open().forEach(one -> emergencies.review(one.environment(), one.revision(), "Seen afterwards"));
            return true;
        });
    }

    private static PolicyDocument document(String key, Object value) {
        return parsed(Map.of("version", 1L, key, value));
    }

    private static PolicyDocument parsed(Map<String, ?> json) {
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    private static PolicyDocument keeping(long days) {
        return document("retention", Map.of("events", days));
    }

    /** What no other environment says: a file that says so is no promotion. */
    private PolicyDocument chosenHere(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days), "pages", List.of("/only-in-" + place)));
    }

    private static PolicyDocument blocking(String... names) {
        return Tenant.balancedWith(parameters(names));
    }

    private static Map<String, Object> parameters(String... names) {
        return Map.of("urls", Map.of("parameters", Map.of("mode", "block", "names", List.of(names))));
    }

    private static PolicyDocument at(String... origins) {
        return document("origins", List.of(origins));
    }

    private void drafted(long days) {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(days)));
    }

    private Publication published(Acting who, Plea plea) {
        return who.does(() -> emergencies.publish(place, drafts.of(place).version(), plea));
    }

    private Plea plea() {
        return new Plea(REASON, 2, place.value());
    }

    private static Optional<Why> why(Publication became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    @Test
    void one_admin_loosens_alone_and_everybody_sees_it_until_another_has_reviewed_it() {
        var before =
                meters.counter("weir.emergencies", "environment", place.value()).count();

        assertThat(why(published(ada, plea()))).isEmpty();

        assertThat(meters.counter("weir.emergencies", "environment", place.value())
                        .count())
                .isEqualTo(before + 1);
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).action()).isEqualTo("emergency-published");
        var auditor = new Policies(SignedIn.as(Role.AUDITOR), "development");
        assertThat(auditor.get("/bench").asString()).contains(ada.subject(), "/console/" + place + "/policy/2");
        assertThat(ada.does(() -> emergencies.review(place, 2, "It had to be"))).contains(Why.OWN_EMERGENCY);
        assertThat(auditor.get("/bench").asString()).contains("/console/" + place + "/policy/2");

        assertThat(bob.does(() -> emergencies.review(place, 2, "It had to be"))).isEmpty();

        assertThat(auditor.get("/bench").asString()).doesNotContain("/console/" + place + "/policy/2");
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).action()).isEqualTo("emergency-reviewed");
        assertThat(bob.does(() -> emergencies.review(place, 2, "Again"))).contains(Why.REQUEST_CLOSED);
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void it_ends_by_itself() {
        published(ada, plea());

        var reverted =
                reversion.revert(place, Instant.now().plus(Duration.ofDays(3))).orElseThrow();

        assertThat(reverted.canonical()).isEqualTo(PolicyDocument.balanced().canonical());
    }

    /** A file that only tightens, asked for and published by one person who is no Admin. */
    private Release alone(PolicyDocument document, int days) {
        var architect = Acting.as("urgent-architect", Role.ARCHITECT, sql);
        var asked = architect
                .does(() -> requests.propose(place, document, newest().number(), "Came as a file", days))
                .match(done -> done.request(), refused -> {
                    throw new AssertionError(refused.why());
                });
        assertThat(why(architect.does(() -> requests.publish(place, asked.number(), place.value()))))
                .isEmpty();
        return newest();
    }

    private Release newest() {
        return rows.latest(place).orElseThrow();
    }

    private static Instant in(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    @Test
    void a_tightening_for_a_while_does_not_bring_the_loosening_back() {
        published(ada, plea());

        var tighter = alone(PolicyDocument.balanced(), 1);

        assertThat(tighter.number()).isEqualTo(3);
        assertThat(tighter.term()).isEmpty();
        assertThat(reversion.revert(place, in(40))).isEmpty();
    }

    @Test
    void a_tightening_for_a_while_that_leaves_some_of_the_loosening_ends_where_the_loosening_does() {
        published(ada, plea());

        assertThat(alone(chosenHere(397), 1).term().orElseThrow().revertsTo()).isEqualTo(1);

        var reverted = reversion.revert(place, in(2)).orElseThrow();
        assertThat(reverted.canonical()).contains("\"events\":395");
        assertThat(reverted.term()).isEmpty();
    }

    @Test
    void a_tightening_has_no_term_at_whose_end_it_would_be_loosened() {
        assertThat(alone(chosenHere(100), 1).term()).isEmpty();

        assertThat(reversion.revert(place, in(40))).isEmpty();
    }

    /** Rows as an earlier version of Weir may have written them. */
    private void stored(PolicyDocument document, Optional<Term> term) {
        rows.add(
                new Release(
                        place,
                        newest().number() + 1,
                        document.hash(),
                        document.canonical(),
                        "Stored before",
                        Optional.empty(),
                        Optional.empty(),
                        term,
                        Actor.SYSTEM.name(),
                        Instant.now().truncatedTo(ChronoUnit.MICROS)),
                Actor.SYSTEM);
    }

    private List<String> told() {
        return log
                .find(
                        new Filter("", "policy", place.value(), "", Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        50)
                .stream()
                .map(Row::action)
                .toList();
    }

    @Test
    void what_was_only_for_a_while_never_comes_back() {
        stored(keeping(400), Optional.of(new Term(in(1), 1)));
        stored(PolicyDocument.balanced(), Optional.of(new Term(in(1), 2)));

        assertThat(reversion.revert(place, in(2))).isEmpty();
        assertThat(reversion.revert(place, in(2))).isEmpty();

        assertThat(newest().number()).isEqualTo(3);
        assertThat(told()).containsExactly("not-reverted", "published");
    }

    @Test
    void what_tightened_on_top_is_not_undone_where_no_policy_is_as_strict_as_both() {
        stored(at("https://shop.example"), Optional.empty());
        stored(at("https://shop.example", "https://blog.example"), Optional.of(new Term(in(1), 2)));
        stored(at("https://blog.example"), Optional.of(new Term(in(1), 2)));

        assertThat(reversion.revert(place, in(2))).isEmpty();
        assertThat(reversion.revert(place, in(2))).isEmpty();

        assertThat(newest().number()).isEqualTo(4);
        assertThat(told()).containsExactly("not-reverted", "published");
    }

    @Test
    void what_was_blocked_does_not_come_back_by_itself_to_hide_from_a_rule_on_top_what_that_drops() {
        var text = new ArrayList<Object>((List<?>)
                Objects.requireNonNull(PolicyDocument.balanced().json().get("text")));
        text.add(Map.of("pattern", "pay", "label", "pay", "action", "drop"));
        var onTop = new HashMap<String, Object>(parameters("other"));
        onTop.put("text", text);
        stored(blocking("other", "pay"), Optional.empty());
        stored(blocking("other"), Optional.of(new Term(in(1), 2)));
        stored(Tenant.balancedWith(onTop), Optional.of(new Term(in(1), 2)));

        assertThat(reversion.revert(place, in(2))).isEmpty();

        assertThat(newest().number()).isEqualTo(4);
        assertThat(told()).containsExactly("not-reverted", "published");
    }

    @Test
    void the_scheduled_look_at_the_terms_reverts_and_says_so() {
        stored(keeping(400), Optional.of(new Term(in(-1), 1)));

        // The schedule itself may be faster: either way it is done now.
        reversion.revert();

        assertThat(newest().number()).isEqualTo(3);
        assertThat(newest().canonical()).isEqualTo(PolicyDocument.balanced().canonical());
        assertThat(told()).containsExactly("reverted", "published");
    }

    @Test
    void what_can_not_be_taken_back_in_one_environment_holds_up_no_other_and_is_told_and_tried_again() {
        var broken = place;
        stored(keeping(400), Optional.of(new Term(in(-1), 77)));
        place = new EnvironmentKey("urgent" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Urgent " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        stored(keeping(400), Optional.of(new Term(in(-1), 1)));

        reversion.revert();
        double failed = failures(broken);
        reversion.revert();

        assertThat(newest().canonical()).isEqualTo(PolicyDocument.balanced().canonical());
        assertThat(told()).containsExactly("reverted", "published");
        place = broken;
        assertThat(failed).isPositive();
        assertThat(failures(broken)).isGreaterThan(failed);
        assertThat(told()).containsExactly("not-reverted", "published");
        // So that no later test meets it again.
        stored(PolicyDocument.balanced(), Optional.empty());
    }

    private double failures(EnvironmentKey environment) {
        return meters.counter("weir.reversions.failed", "environment", environment.value())
                .count();
    }

    @Test
    void on_top_of_what_is_to_end_later_it_ends_both() {
        var asked = ada.does(() -> requests.open(place, drafts.of(place).version(), "For half a year", 180))
                .match(done -> done.request(), refused -> {
                    throw new AssertionError(refused.why());
                });
        bob.does(() -> requests.approve(place, asked.number(), asked.hash()));
        assertThat(why(bob.does(() -> requests.publish(place, asked.number(), place.value()))))
                .isEmpty();
        drafted(410);
        assertThat(why(published(ada, plea()))).isEmpty();

        var reverted =
                reversion.revert(place, Instant.now().plus(Duration.ofDays(3))).orElseThrow();

        assertThat(reverted.canonical()).contains("\"events\":395");
    }

    @Test
    void an_earlier_revision_may_come_back_in_an_emergency() {
        drafted(100);
        ada.does(() -> releases.publish(place, drafts.of(place).version(), "Shorter", place.value()));

        assertThat(why(ada.does(() -> emergencies.restore(place, 1, 2, plea()))))
                .isEmpty();

        var now = ada.does(() -> releases.inForce(place)).orElseThrow();
        assertThat(now.restores()).contains(1L);
        assertThat(now.term()).isPresent();
        assertThat(why(ada.does(() -> emergencies.restore(place, 1, 2, plea()))))
                .contains(Why.OTHER_REVISION_IN_FORCE);
        assertThat(why(ada.does(() -> emergencies.restore(place, 9, 3, plea()))))
                .contains(Why.NO_REVISION);
    }

    /** What comes back when the days are over is what was there before the first loosening: not what was tightened since. */
    @Test
    void what_was_tightened_on_top_of_a_loosening_is_not_loosened_for_a_while() {
        var tighter =
                Map.of("version", 1L, "retention", Map.of("events", 400L), "origins", List.of("https://shop.example"));
        published(ada, plea());
        alone(parsed(tighter), 0);

        assertThat(why(ada.does(() -> emergencies.restore(place, 1, 3, plea()))))
                .contains(Why.LOOSENS_FOR_GOOD);
        var looser = new HashMap<String, Object>(tighter);
        looser.put("retention", Map.of("events", 500L));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), parsed(looser)));
        assertThat(why(published(ada, plea()))).isEmpty();

        var reverted = reversion.revert(place, in(3)).orElseThrow();
        assertThat(reverted.canonical()).contains("\"events\":395", "https://shop.example");
    }

    @Test
    void what_could_be_published_otherwise_is_no_emergency() {
        drafted(100);
        assertThat(why(published(ada, plea()))).contains(Why.NO_EMERGENCY);

        var open = new EnvironmentKey(place + "-open");
        ada.does(() -> environments.create(open, "Open " + open, Kind.STAGING, false, Actor.SYSTEM));
        drafted(400);
        var document = ada.does(() -> drafts.of(place)).document();
        ada.does(() -> drafts.replace(open, 1, document));
        assertThat(why(ada.does(() -> emergencies.publish(open, 2, new Plea(REASON, 1, open.value())))))
                .contains(Why.NO_EMERGENCY);
    }

    @Test
    void it_takes_an_admin_a_reason_a_while_and_the_key() {
        var architect = Acting.as("urgent-architect", Role.ARCHITECT, sql);
        assertThatThrownBy(() -> published(architect, plea())).isInstanceOf(ForbiddenException.class);

        assertThat(why(published(ada, new Plea("Too short", 2, place.value())))).contains(Why.EMERGENCY_REASON_MISSING);
        assertThat(why(published(ada, new Plea(REASON, 0, place.value())))).contains(Why.EMERGENCY_DAYS_WRONG);
        assertThat(why(published(ada, new Plea(REASON, 31, place.value())))).contains(Why.EMERGENCY_DAYS_WRONG);
        assertThat(why(published(ada, new Plea(REASON, 2, "another")))).contains(Why.KEY_NOT_CONFIRMED);
        assertThat(why(ada.does(() -> emergencies.publish(place, 1, plea())))).contains(Why.DRAFT_CHANGED);

        assertThat(ada.does(() -> releases.inForce(place)).orElseThrow().number())
                .isEqualTo(1);
        assertThat(emergencies.open()).noneMatch(one -> one.environment().equals(place));
    }

    /** The key is asked for last: nothing is published here. */
    @Test
    @Edge(value = "an emergency", figure = 1)
    void an_emergency_lasts_as_long_as_the_table_says_and_no_day_longer() {
        Limit.here().isTheLastTaken(days -> {
            var why = why(published(ada, new Plea(REASON, (int) days, "another")));
            assertThat(why)
                    .hasValueSatisfying(one -> assertThat(one).isIn(Why.KEY_NOT_CONFIRMED, Why.EMERGENCY_DAYS_WRONG));
            return !why.equals(Optional.of(Why.EMERGENCY_DAYS_WRONG));
        });
    }

    @Test
    void the_database_itself_refuses_a_review_of_one_s_own() {
        published(ada, plea());

        assertThatThrownBy(() -> sql.change(
                        "update policy_emergency set reviewed_by = published_by, reviewed_at = published_at where environment = ?",
                        place.value()))
                .hasMessageNotContaining(REASON);
    }

    @Test
    void who_allowed_it_when_why_and_who_agreed_stands_on_one_page() {
        published(ada, plea());
        bob.does(() -> emergencies.review(place, 2, "I disagree: rolled back"));

        var found =
                ada.does(() -> allowances.of(place, "400 days", Long.MAX_VALUE)).allowances();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).release().reason()).isEqualTo(REASON);
        assertThat(found.get(0).release().publishedBy()).isEqualTo(ada.subject());
        assertThat(found.get(0).assent().agreed()).isEmpty();
        assertThat(found.get(0).assent().reviewed().orElseThrow().words()).isEqualTo("I disagree: rolled back");
        assertThat(ada.does(() -> allowances.of(place, "utm_id", Long.MAX_VALUE))
                        .allowances())
                .isEmpty();
        assertThat(new Policies(SignedIn.as(Role.AUDITOR), place.value())
                        .get("/allowed")
                        .asString())
                .contains(REASON, "400 days", "emergency")
                .contains(bob.subject() + " looked at it afterwards: “I disagree: rolled back”")
                .doesNotContain("Agreed to by " + bob.subject());
        assertThat(new Policies(SignedIn.as(Role.AUDITOR), place.value())
                        .get("/policy/history")
                        .asString())
                .contains(bob.subject() + " looked at it afterwards: “I disagree: rolled back”")
                .doesNotContain("greed to by " + bob.subject());
    }
}
