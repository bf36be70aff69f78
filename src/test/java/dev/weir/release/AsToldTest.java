package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.database.DatabaseException;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.Emergencies.Plea;
import dev.weir.restoration.Restoration;
import dev.weir.restoration.Restorations;
import dev.weir.restoration.Versioned;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import dev.weir.testsupport.Untriggered;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who owns the database changes what was published, asked for or agreed to, and leaves the log as it is: it is named. */
@QuarkusTest
class AsToldTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String REASON = "The checkout cannot be measured at all";

    @Inject
    AsTold told;

    @Inject
    Releases releases;

    @Inject
    ChangeRequests requests;

    @Inject
    Emergencies emergencies;

    @Inject
    Restorations restorations;

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
    private EnvironmentKey place;

    /** Revision 2 was asked for in request 1 and agreed to, 3 is an emergency, reviewed; request 2 is open, and 3 was rejected. */
    @BeforeEach
    void a_critical_environment_with_a_history() {
        ada = Acting.as("told-ada", Role.ADMIN, sql);
        bob = Acting.as("told-bob", Role.ADMIN, sql);
        place = new EnvironmentKey("told" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Told " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        asked(400);
        var hash = ada.does(() -> requests.find(place, 1)).orElseThrow().hash();
        done(bob.does(() -> requests.approve(place, 1, hash)));
        ada.does(() -> requests.publish(place, 1, place.value()));
        drafted(401);
        ada.does(() -> emergencies.publish(place, drafts.of(place).version(), new Plea(REASON, 2, place.value())));
        assertThat(bob.does(() -> emergencies.review(place, 3, "It had to be"))).isEmpty();
        asked(402);
        var tag = bob.does(() -> requests.tag(requests.find(place, 2).orElseThrow()));
        done(bob.does(() -> requests.reject(place, 2, tag, "Not for ever")));
        asked(403);
        restorations();
        assertThat(first()).isEmpty();
    }

    /** One that was agreed to, one that was declined, and one that is open. */
    private void restorations() {
        ada.does(() -> environments.change(place, "Told again", true, 0));
        var agreed = askedBack(1);
        bob.does(() -> restorations.agree(agreed.number(), agreed.hash()));
        ada.does(() -> environments.change(place, "Told once more", true, 2));
        var declined = askedBack(3);
        bob.does(() -> restorations.decline(declined.number(), declined.hash(), "Not for ever"));
        askedBack(3);
    }

    private Restoration askedBack(long version) {
        long first = sql.number(
                "select min(sequence) from changelog where object_kind = 'environment' and object_id = ?",
                place.value());
        return ada.does(() -> restorations.ask(Versioned.ENVIRONMENT, place.value(), first, version, "As before"))
                .restoration()
                .orElseThrow();
    }

    private static PolicyDocument keeping(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
    }

    private void drafted(long days) {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), keeping(days)));
    }

    private void asked(long days) {
        drafted(days);
        done(ada.does(() -> requests.open(place, drafts.of(place).version(), "Longer: " + days, 0)));
    }

    private static void done(Requested requested) {
        assertThat(requested).isInstanceOf(Requested.Done.class);
    }

    private Optional<Difference> first() {
        return told.first(place);
    }

    @Test
    void a_restoration_that_is_not_the_one_that_was_decided_about_is_named() {
        var agreed = new LinkedHashMap<String, String>();
        agreed.put("decided_by_name = 'Eve'", "the name of who decided about it");
        agreed.put("decided_by = 'local:eve'", "who decided about it");
        agreed.put("state = 'declined'", "what became of it");
        agreed.put("state = 'open', decided_by = null, decided_at = null", "whether somebody has decided about it");
        agreed.put("decided_at = decided_at - interval '1' day", "when it was decided about");
        agreed.put("answer = 'Yes'", "why it was declined");
        agreed.put("asked_by = 'local:eve'", "who asked for it");
        agreed.put("asked_by_name = 'Eve'", "the name of who asked for it");
        agreed.put("asked_at = asked_at - interval '1' day", "when it was asked for");
        agreed.put("reason = 'Another one'", "its reason");
        agreed.put("kind = 'app-id'", "its kind");
        agreed.put("object = 'development'", "what it is about");
        agreed.put("row_number = 1", "the row that it goes back to");
        agreed.put("seen_row = 1", "the row that was seen");
        agreed.put("version = 77", "the version that it is on top of");
        agreed.put("hash = 'x'", "its hash");
        long number = sql.number(
                "select min(number) from restoration where state = 'applied' and environment = ?", place.value());
        named("restoration", "state = 'applied'", agreed, Difference.RESTORATION, number);

        long other = sql.number(
                "select min(number) from restoration where state = 'declined' and environment = ?", place.value());
        var declined = Map.of("answer = 'For ever'", "why it was declined");
        named("restoration", "state = 'declined'", declined, Difference.RESTORATION, other);
    }

    @Test
    void a_revision_that_is_not_the_one_that_was_published_is_named() {
        var changes = new LinkedHashMap<String, String>();
        changes.put("published_by_name = 'Eve'", "the name of who published it");
        changes.put("published_by = 'local:eve'", "who published it");
        changes.put("reason = 'Another one'", "its reason");
        changes.put("hash = 'x'", "its hash");
        changes.put("document = replace(document, '\"version\":1', '\"version\":1 ')", "the hash of its text");
        changes.put("expires_at = null", "when it ends");
        changes.put("reverts_to = 1", "what comes back then");
        changes.put("request = 1", "the request that it comes from");
        changes.put("restores = 1", "what it restores");
        changes.put("published_at = published_at + interval '1' day", "when it was published");

        named("policy_revision", "number = 3", changes, Difference.REVISION, 3);
        named(
                "policy_revision",
                "number = 2",
                Map.of("request = null", "the request that it comes from"),
                Difference.REVISION,
                2);
    }

    @Test
    void a_request_that_is_not_the_one_that_was_agreed_to_is_named() {
        var changes = new LinkedHashMap<String, String>();
        changes.put("decided_by_name = 'Eve'", "the name of who decided about it");
        changes.put("decided_by = 'local:eve'", "who decided about it");
        changes.put("decided_by = null", "whether somebody has decided about it");
        changes.put("approved_hash = 'x'", "the hash that was approved");
        changes.put("decided_at = decided_at - interval '1' day", "when it was decided about");
        changes.put("author_name = 'Eve'", "the name of who asked for it");
        changes.put("author = 'local:eve'", "who asked for it");
        changes.put("document = replace(document, '\"version\":1', '\"version\":1 ')", "the hash of its text");
        changes.put("stays = true", "whether it is to stay");
        changes.put("state = 'rejected'", "what became of it");
        changes.put("revision = 3", "the revision that it became");

        named("change_request", "number = 1", changes, Difference.REQUEST, 1);
        named(
                "change_request",
                "number = 3",
                Map.of("approved_hash = hash, decided_by = 'local:eve'", "whether somebody has decided about it"),
                Difference.REQUEST,
                3);
        named(
                "change_request",
                "number = 2",
                Map.of(
                        "decided_reason = 'For ever'", "why somebody said no",
                        "decided_reason = null", "why somebody said no"),
                Difference.REQUEST,
                2);
        named(
                "change_request",
                "number = 1",
                Map.of("decided_reason = 'I never would'", "whether somebody said why not"),
                Difference.REQUEST,
                1);
    }

    @Test
    void an_emergency_that_is_not_the_one_that_was_reviewed_is_named() {
        var changes = new LinkedHashMap<String, String>();
        changes.put("reviewed_by_name = 'Eve'", "the name of who reviewed it");
        changes.put("reviewed_by = 'local:eve'", "who reviewed it");
        changes.put("review = 'I agree'", "its review");
        changes.put("published_by = 'local:eve'", "who published it");

        named("policy_emergency", "revision = 3", changes, Difference.EMERGENCY, 3);
    }

    /** Each change alone, by somebody who has taken the triggers away. */
    private void named(String table, String which, Map<String, String> changes, String kind, long number) {
        Untriggered.during(
                sql,
                table,
                () -> changes.forEach((change, what) -> {
                    var difference =
                            after("update " + table + " set " + change + " where " + which + " and environment = ?");

                    assertThat(difference.kind()).as(change).isEqualTo(kind);
                    assertThat(difference.environment()).contains(place);
                    assertThat(difference.number()).isEqualTo(number);
                    assertThat(difference.words()).as(change).isEqualTo(what + " is not what the row tells");
                    assertThat(log.find(difference.row()).orElseThrow().environment())
                            .isEqualTo(place.value());
                }));
        assertThat(first()).isEmpty();
    }

    /** What is named while it is so; then it never was. */
    private Difference after(String change) {
        QuarkusTransaction.begin();
        try {
            assertThat(sql.change(change, place.value())).as(change).isEqualTo(1);
            return first().orElseThrow();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void a_revision_that_nobody_published_is_named() {
        var difference = after(
                "insert into policy_revision (environment, number, hash, document, reason, published_by, published_by_name,"
                        + " published_at) select environment, 4, hash, document, reason, published_by, published_by_name,"
                        + " published_at from policy_revision where number = 3 and environment = ?");

        assertThat(difference).isEqualTo(Difference.untold(place, Difference.REVISION, 4));
    }

    /** A request whose origin is gone is no promotion any more, and of one that tightens one person alone is enough. */
    @Test
    void what_a_request_promotes_is_named_where_it_is_gone_or_another() {
        var staging = new EnvironmentKey(place + "-from");
        ada.does(() -> environments.create(staging, "From " + place, Kind.STAGING, false, Actor.SYSTEM));
        ada.does(() -> requests.propose(staging, keeping(30), 1, "Shorter", 0));
        ada.does(() -> requests.publish(staging, 1, ""));
        done(ada.does(() -> requests.propose(place, keeping(30), 3, "Brought here", 0)));
        assertThat(first()).isEmpty();

        Untriggered.during(sql, "policy_promotion", () -> {
            var changes = Map.of(
                    "delete from policy_promotion where environment = ?", "the environment that it promotes from",
                    "update policy_promotion set source_revision = 1 where environment = ?",
                            "the revision that it promotes");
            changes.forEach((change, what) -> {
                assertThat(after(change).words()).isEqualTo(what + " is not what the row tells");
                assertThat(after(change).number()).isEqualTo(4);
            });
        });
        assertThatThrownBy(() -> sql.change("delete from policy_promotion where environment = ?", place.value()))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void what_was_taken_away_is_named() {
        Untriggered.during(sql, "change_request", () -> {
            for (int number : new int[] {2, 3}) {
                var gone = after("delete from change_request where number = " + number + " and environment = ?");
                assertThat(gone.number()).isEqualTo(number);
                assertThat(gone.kind()).isEqualTo(Difference.REQUEST);
                assertThat(gone.words()).isEqualTo("it is not there");
                assertThat(log.find(gone.row()).orElseThrow().action()).isEqualTo("requested");
            }
        });
        Untriggered.during(
                sql,
                "policy_emergency",
                () -> assertThat(after("delete from policy_emergency where environment = ?")
                                .words())
                        .isEqualTo("whether it is one is not what the row tells"));
        Untriggered.during(
                sql,
                "policy_revision",
                () -> assertThat(after("delete from policy_revision where number = 2 and environment = ?")
                                .words())
                        .isEqualTo("it is not there"));
    }

    @Test
    void the_database_refuses_to_change_what_was_asked_for_decided_or_reviewed() {
        for (var change : List.of(
                "update change_request set decided_by_name = 'Eve' where number = 1 and",
                "update change_request set author_name = 'Eve' where number = 3 and",
                "update change_request set state = 'open' where number = 2 and",
                "update change_request set hash = 'x' where number = 3 and",
                "update change_request set decided_reason = 'For ever' where number = 2 and",
                "update change_request set stays = true where number = 3 and",
                "delete from change_request where number = 3 and",
                "update policy_emergency set review = 'I agree' where",
                "update policy_emergency set reviewed_by = null, reviewed_at = null where",
                "delete from policy_emergency where",
                "update restoration set decided_by_name = 'Eve' where state = 'applied' and",
                "update restoration set answer = 'Yes' where state = 'declined' and",
                "update restoration set state = 'open' where state = 'applied' and",
                "update restoration set asked_by_name = 'Eve' where state = 'open' and",
                "delete from restoration where state = 'open' and")) {
            assertThatThrownBy(() -> sql.change(change + " environment = ?", place.value()))
                    .as(change)
                    .isInstanceOf(DatabaseException.class);
        }
        assertThat(first()).isEmpty();
    }
}
