package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

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
import dev.weir.release.Allowances.Allowance;
import dev.weir.release.Allowances.Today;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who allowed what: also what no rule names, what has come back since, and what only moved. */
@QuarkusTest
class AllowancesTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Allowances allowances;

    @Inject
    Releases releases;

    @Inject
    ReleaseRows rows;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private Acting ada;
    private EnvironmentKey place;

    @BeforeEach
    void an_environment_in_which_one_admin_decides() {
        ada = Acting.as("allowing-ada", Role.ADMIN, sql);
        place = new EnvironmentKey("allowing" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Allowing " + place, Kind.STAGING, false, Actor.SYSTEM));
    }

    private static PolicyDocument parameters(String mode, String... names) {
        return Tenant.balancedWith(Map.of("urls", Map.of("parameters", Map.of("mode", mode, "names", List.of(names)))));
    }

    private static PolicyDocument keeping(long days) {
        return Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
    }

    private void published(PolicyDocument document, String reason) {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        var done = ada.does(() -> releases.publish(place, drafts.of(place).version(), reason, place.value()));
        assertThat(done.<String>match(Publication.Done::toString, refused -> "refused: " + refused.why()))
                .startsWith("Done");
    }

    private List<Allowance> found(String text) {
        return ada.does(() -> allowances.of(place, text, Long.MAX_VALUE)).allowances();
    }

    @Test
    void a_list_that_turned_is_about_each_name_that_it_frees() {
        published(parameters("allow"), "Nothing but what is listed");
        published(parameters("block", "token"), "Back to the ordinary list");

        var found = found("utm_id");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).release().reason()).isEqualTo("Back to the ordinary list");
        assertThat(found.get(0).change().path()).isEqualTo("urls.parameters");
        assertThat(found.get(0).today()).isEqualTo(Today.SO);
        // Stood in the old list no more than in the new one, and goes by both.
        assertThat(found("token"))
                .extracting(one -> one.release().reason())
                .doesNotContain("Nothing but what is listed");
        for (var role : List.of(Role.DEVELOPER, Role.AUDITOR)) {
            new Policies(SignedIn.as(role), place.value())
                    .get("/allowed?q=utm_id")
                    .then()
                    .statusCode(200)
                    .body(containsString("Back to the ordinary list"), containsString("still so"))
                    .body(containsString("<code>utm_id</code> is kept in addresses"))
                    .body(not(containsString("Nothing about this was loosened")));
        }
    }

    @Test
    void the_strict_preset_loosened_to_the_balanced_one_says_who_allowed_a_name_that_neither_lists() {
        published(PolicyDocument.strict(), "As strict as can be");
        published(PolicyDocument.balanced(), "Marketing needs the orders");

        assertThat(found("order_no"))
                .extracting(one -> one.release().reason())
                .containsExactly("Marketing needs the orders");
        // Allowed by both: nobody freed it.
        assertThat(found("utm_id")).noneMatch(one -> one.change().path().equals("urls.parameters"));
    }

    @Test
    void a_rule_for_all_names_that_begin_alike_is_about_each_of_them() {
        published(parameters("block", "utm_*", "order"), "No campaigns");
        published(parameters("block", "order"), "Campaigns after all");
        published(parameters("allow", "page"), "Nothing but the page");
        published(parameters("allow", "page", "utm_*"), "And the campaigns");

        assertThat(found("utm_id"))
                .extracting(one -> one.release().reason())
                .containsExactly("And the campaigns", "Campaigns after all");
        assertThat(found("voucher")).isEmpty();
        new Policies(SignedIn.as(Role.AUDITOR), place.value())
                .get("/privacy/parameters/history?rule=urls.parameters.names&about=utm_id")
                .then()
                .body(containsString("No campaigns"), containsString("Campaigns after all"))
                .body(containsString("Nothing but the page"), containsString("And the campaigns"));
    }

    @Test
    void what_was_taken_back_is_not_shown_as_if_it_were_so() {
        published(keeping(400), "A year and a month");
        published(parameters("block", "utm_id"), "No campaigns, and a year again");
        published(parameters("block"), "All parameters");
        assertThat(found("400 days")).extracting(Allowance::today).containsExactly(Today.BACK);
        assertThat(found("utm_id")).extracting(Allowance::today).containsExactly(Today.SO);

        ada.does(() -> releases.restore(place, 3, 4, "It was too much", place.value()));

        assertThat(found("utm_id")).extracting(Allowance::today).containsExactly(Today.BACK);
        published(keeping(410), "A little more");
        published(keeping(405), "A little less");
        assertThat(found("410 days")).extracting(Allowance::today).containsExactly(Today.OTHERWISE);
        new Policies(SignedIn.as(Role.AUDITOR), place.value())
                .get("/allowed?q=410 days")
                .then()
                .body(containsString("changed since"));
    }

    /** From the overview to the page and one search: no third click through older revisions. */
    @Test
    void an_answer_that_lies_hundreds_of_revisions_back_is_found_at_once() {
        published(parameters("block", "utm_id"), "No campaigns");
        published(parameters("block"), "The old decision");
        long last = ada.does(() -> releases.inForce(place)).orElseThrow().number();
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 1; i <= 250; i++) {
                var document = Tenant.balancedWith(Map.of(
                        "urls", Map.of("parameters", Map.of("mode", "block", "names", List.of())),
                        "retention", Map.of("events", (long) (100 + i))));
                rows.add(
                        new Release(
                                place,
                                last + i,
                                document.hash(),
                                document.canonical(),
                                "A day more",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                "Ada",
                                Instant.now().truncatedTo(ChronoUnit.MICROS)),
                        new Actor(ada.subject(), "Ada", Actor.Means.SESSION));
            }
        });

        new Policies(SignedIn.as(Role.AUDITOR), place.value())
                .get("/allowed?q=utm_id")
                .then()
                .body(containsString("The old decision"), containsString(ada.subject()), containsString("still so"));
        new Policies(SignedIn.as(Role.AUDITOR), place.value())
                .get("/allowed?q=never heard of")
                .then()
                .body(containsString("Nothing about this was loosened."))
                .body(not(containsString("by the revisions that were looked at")));
    }

    @Test
    void rules_that_only_moved_are_told() {
        var before = Map.<String, Object>of("urls", Map.of("paths", List.of("/a/{id}", "/a/{name}")));
        var after = Map.<String, Object>of("urls", Map.of("paths", List.of("/a/{name}", "/a/{id}")));
        published(Tenant.balancedWith(before), "Two templates");
        published(Tenant.balancedWith(after), "The other one first");

        var row = row("policy", place.value());
        assertThat(row.after().get("urls.paths")).isEqualTo(row.before().get("urls.paths"));
        assertThat(row.after().get("urls.paths")).isInstanceOf(List.class);
        assertThat(row("draft", place.value()).after().keySet().stream().map(String::valueOf))
                .contains("urls.paths");

        var auditor = SignedIn.as(Role.AUDITOR);
        auditor.request()
                .get("/console/changelog/" + row.sequence())
                .then()
                .body(containsString("urls.paths: rule moved"));
        new Policies(auditor, place.value())
                .get("/privacy/paths/history")
                .then()
                .body(containsString("The other one first"), containsString("Moved: "));
    }

    @Test
    void two_people_who_are_called_the_same_are_told_apart() {
        SignedIn.account("twin-one", "Twin Person", Role.ADMIN);
        SignedIn.account("twin-two", "twin person", Role.ADMIN);
        var twin = new Policies(SignedIn.signIn("twin-one", SignedIn.PASSWORD), place.value());
        assertThat(twin.edit("retention/settings", Map.of("events", "399", "quarantine", "30"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(twin.post("/changes", Map.of("version", twin.version(), "reason", "A few days more"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(twin.publish("A few days more").statusCode()).isEqualTo(303);

        for (var page : List.of("/allowed", "/policy", "/policy/2", "/policy/history", "/changes")) {
            twin.get(page).then().body(containsString("Twin Person (twin-one)"));
        }
        twin.get("/changes/1").then().body(containsString("by Twin Person (twin-one)"));
        SignedIn.as(Role.AUDITOR)
                .request()
                .get("/console/changelog?environment=" + place)
                .then()
                .body(containsString("<strong>Twin Person (twin-one)</strong>"))
                .body(containsString(">Twin Person (twin-one)</option>"));
    }

    private Row row(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0);
    }
}
