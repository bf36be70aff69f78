package dev.weir.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.ThreeWay.Line;
import dev.weir.privacy.ThreeWay.Moved;
import dev.weir.release.Promotions.Choice;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PromotionsTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Promotions promotions;

    @Inject
    ChangeRequests requests;

    @Inject
    Releases releases;

    @Inject
    Drafts drafts;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private EnvironmentKey source;
    private EnvironmentKey target;

    @BeforeEach
    void an_environment_to_try_things_in_and_a_critical_one() {
        ada = Acting.as("promoting-ada", Role.ADMIN, sql);
        bob = Acting.as("promoting-bob", Role.ADMIN, sql);
        int number = MADE.incrementAndGet();
        source = new EnvironmentKey("tried-in" + number);
        target = new EnvironmentKey("used-in" + number);
        ada.does(() -> environments.create(source, "Tried " + number, Kind.DEVELOPMENT, false, Actor.SYSTEM));
        ada.does(() -> environments.create(target, "Used " + number, Kind.PRODUCTION, true, Actor.SYSTEM));
    }

    private void publish(EnvironmentKey place, Object... members) {
        var json = new HashMap<String, Object>(Map.of("version", 1L));
        for (int i = 0; i < members.length; i += 2) {
            json.put((String) members[i], members[i + 1]);
        }
        var document = PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        var became = ada.does(() -> releases.publish(place, drafts.of(place).version(), "Tried", place.value()));
        assertThat(became.<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .isEmpty();
    }

    private Promotion look() {
        return ada.does(() -> promotions.look(source, target)).orElseThrow();
    }

    private Requested ask(Promotion promotion, Set<Integer> take, Set<Integer> leave) {
        return ada.does(() -> promotions.ask(
                target, new Choice(source, promotion.revision(), promotion.seen(), take, leave, "It was tried", 0)));
    }

    private static Set<Integer> all(Promotion promotion) {
        return promotion.ways().lines().stream().map(Line::number).collect(Collectors.toSet());
    }

    private static Optional<Why> why(Requested became) {
        return became.match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    private static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    private void agreed(ChangeRequest request) {
        bob.does(() -> requests.approve(target, request.number(), request.hash()));
        var became = bob.does(() -> requests.publish(target, request.number(), target.value()));
        assertThat(became.<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .isEmpty();
    }

    private String inForce() {
        return ada.does(() -> releases.inForce(target)).orElseThrow().canonical();
    }

    @Test
    void what_was_tried_comes_by_a_request_that_a_second_person_agrees_to() {
        publish(source, "retention", Map.of("events", 400L), "events", List.of("heartbeat"));
        var draft = ada.does(() -> drafts.of(target));

        var request = request(ask(look(), all(look()), Set.of()));

        assertThat(request.origin()).contains(new Promotion.Origin(source, look().revision()));
        assertThat(ada.does(() -> drafts.of(target)).version()).isEqualTo(draft.version());
        assertThat(ada.does(() -> requests.publish(target, request.number(), target.value()))
                        .<Optional<Why>>match(done -> Optional.empty(), refused -> Optional.of(refused.why())))
                .contains(Why.NOT_APPROVED);
        agreed(request);
        assertThat(inForce())
                .isEqualTo(
                        ada.does(() -> releases.inForce(source)).orElseThrow().canonical());
        assertThat(look().ways().lines()).isEmpty();
    }

    @Test
    void what_is_left_stays_and_the_next_promotion_starts_from_this_one() {
        publish(source, "events", List.of("heartbeat"), "pages", List.of("/tried"));
        publish(target, "retention", Map.of("events", 100L));
        var first = look();
        assertThat(first.ways().lines())
                .extracting(Line::moved)
                .containsExactlyInAnyOrder(Moved.SOURCE, Moved.SOURCE, Moved.TARGET);
        var events = first.ways().lines().stream()
                .filter(line -> line.change().path().equals("events"))
                .map(Line::number)
                .collect(Collectors.toSet());
        agreed(request(ask(first, events, Set.of())));

        var second = look();

        assertThat(second.base()).contains("promoted last");
        assertThat(inForce()).contains("heartbeat").contains("\"events\":100").doesNotContain("/tried");
        // What was left out was seen: now it is the target that differs.
        assertThat(second.ways().lines()).extracting(Line::moved).containsOnly(Moved.TARGET);
    }

    @Test
    void a_conflict_has_to_be_decided() {
        publish(source, "retention", Map.of("events", 60L));
        publish(target, "retention", Map.of("events", 90L));
        var promotion = look();
        assertThat(promotion.ways().lines()).extracting(Line::moved).containsExactly(Moved.BOTH);

        assertThat(why(ask(promotion, Set.of(), Set.of()))).contains(Why.CONFLICT_OPEN);
        assertThat(why(ask(promotion, Set.of(), Set.of(0)))).contains(Why.NOTHING_TO_PUBLISH);
        assertThat(why(ask(promotion, Set.of(0), Set.of()))).isEmpty();
    }

    @Test
    void what_makes_no_valid_policy_together_with_the_rest_is_not_asked_for() {
        publish(source, "identity", refusing("of-source-"));
        publish(target, "identity", refusing("of-target-"));
        var promotion = look();
        var take = promotion.ways().lines().stream()
                .filter(line -> line.moved() != Moved.TARGET)
                .map(Line::number)
                .collect(Collectors.toSet());

        assertThat(why(ask(promotion, take, Set.of()))).contains(Why.CHOICE_INVALID);
    }

    /** Of the hundred that may be refused, more than half besides those of every policy. */
    private static Map<String, Object> refusing(String prefix) {
        var identity = (Map<?, ?>)
                Objects.requireNonNull(PolicyDocument.balanced().json().get("identity"));
        var refused = new ArrayList<Object>((List<?>) Objects.requireNonNull(identity.get("refused")));
        for (int i = 0; refused.size() < 80; i++) {
            refused.add(prefix + i);
        }
        return Map.of("refused", refused);
    }

    @Test
    void another_revision_on_either_side_refuses_what_was_chosen() {
        publish(source, "retention", Map.of("events", 60L));
        var seen = look();
        publish(source, "retention", Map.of("events", 50L));
        assertThat(why(ask(seen, Set.of(0), Set.of()))).contains(Why.OTHER_REVISION_IN_FORCE);

        var again = look();
        publish(target, "pages", List.of("/hidden"));
        assertThat(why(ask(again, Set.of(0), Set.of()))).contains(Why.OTHER_REVISION_IN_FORCE);
    }

    @Test
    void what_only_tightens_is_agreed_to_as_well_where_the_environment_is_critical() {
        publish(source, "retention", Map.of("events", 60L));
        var request = request(ask(look(), Set.of(0), Set.of()));
        var architect = Acting.as("promoting-architect", Role.ARCHITECT, sql);

        assertThat(published(ada, request)).contains(Why.NOT_APPROVED);
        assertThat(why(ada.does(() -> requests.approve(target, request.number(), request.hash()))))
                .contains(Why.OWN_REQUEST);
        assertThat(why(bob.does(() -> requests.approve(target, request.number(), request.hash()))))
                .isEmpty();
        assertThat(published(architect, request)).contains(Why.NEEDS_ADMIN);
        assertThat(published(ada, request)).isEmpty();
        assertThat(inForce()).contains("\"events\":60");
    }

    @Test
    void to_an_environment_that_is_not_critical_it_comes_as_any_other() {
        var staging = new EnvironmentKey("staged-in" + MADE.incrementAndGet());
        ada.does(() -> environments.create(staging, "Staged", Kind.STAGING, false, Actor.SYSTEM));
        publish(source, "retention", Map.of("events", 60L));
        var choice = new Choice(source, look().revision(), 1, Set.of(0), Set.of(), "It was tried", 0);
        var request = request(ada.does(() -> promotions.ask(staging, choice)));

        assertThat(published(ada, request)).isEmpty();
        assertThat(ada.does(() -> releases.inForce(staging)).orElseThrow().canonical())
                .contains("\"events\":60");
    }

    @Test
    void a_file_that_says_the_same_stays_a_file_and_the_promotion_is_a_request_of_its_own() {
        publish(source, "pages", List.of("/only-" + source), "events", List.of("only in " + source));
        var promotion = look();
        var one = Set.of(promotion.ways().lines().get(0).number());
        var document = promotion.ways().with(one).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
        var architect = Acting.as("promoting-architect", Role.ARCHITECT, sql);
        var file = request(architect.does(() -> requests.propose(target, document, 1, "It came as a file", 0)));
        var unasked = promotion.ways().lines().stream()
                .map(Line::number)
                .filter(number -> !one.contains(number))
                .collect(Collectors.toSet());

        var promoted = request(ask(promotion, one, unasked));

        assertThat(promoted.number()).isNotEqualTo(file.number());
        assertThat(promoted.hash()).isEqualTo(file.hash());
        assertThat(promoted.reason()).isEqualTo("It was tried");
        assertThat(why(ada.does(() -> requests.approve(target, promoted.number(), promoted.hash()))))
                .contains(Why.OWN_REQUEST);
        assertThat(request(ask(promotion, one, unasked)).number()).isEqualTo(promoted.number());
        var his = request(bob.does(() -> promotions.ask(
                target, new Choice(source, promotion.revision(), promotion.seen(), one, unasked, "I want it", 0))));
        assertThat(his.number()).isNotEqualTo(promoted.number());
        assertThat(his.author().subject()).isEqualTo(bob.subject());
        assertThat(published(architect, file)).isEmpty();
    }

    @Test
    void a_file_that_says_what_another_environment_says_is_a_promotion() {
        publish(source, "retention", Map.of("events", 60L), "pages", List.of("/only-" + source));
        var document = ada.does(() -> releases.document(releases.inForce(source).orElseThrow()));
        var architect = Acting.as("promoting-architect", Role.ARCHITECT, sql);

        var file = request(architect.does(() -> requests.propose(target, document, 1, "It came as a file", 0)));

        assertThat(file.origin()).contains(new Promotion.Origin(source, 2));
        assertThat(Told.request(file)).containsEntry("origin", Map.of("environment", source.value(), "revision", 2L));
        assertThat(published(architect, file)).contains(Why.NEEDS_ADMIN);
        assertThat(published(ada, file)).contains(Why.NOT_APPROVED);
        agreed(file);
        assertThat(look().base()).contains("promoted last");
    }

    @Test
    void what_an_environment_had_itself_or_weir_proposes_is_no_promotion_by_whatever_file_it_comes() {
        publish(
                source,
                "capture",
                Map.of("text", "drop"),
                "urls",
                Map.of("parameters", Map.of("mode", "allow", "names", List.of("utm_*"))));
        assertThat(ada.does(() -> releases.inForce(source)).orElseThrow().hash())
                .isEqualTo(PolicyDocument.strict().hash());
        publish(target, "retention", Map.of("events", 100L));

        assertThat(List.of(PolicyDocument.balanced(), PolicyDocument.strict()))
                .allSatisfy(document -> assertThat(
                                request(ada.does(() -> requests.propose(target, document, 2, "It came as a file", 0)))
                                        .origin())
                        .isEmpty());
    }

    private Optional<Why> published(Acting who, ChangeRequest request) {
        var place = request.environment();
        return who.does(() -> requests.publish(place, request.number(), place.value()))
                .match(done -> Optional.empty(), refused -> Optional.of(refused.why()));
    }

    @Test
    void who_only_looks_asks_for_nothing() {
        var developer = Acting.as("promoting-developer", Role.DEVELOPER, sql);
        publish(source, "retention", Map.of("events", 60L));

        assertThat(developer.does(() -> promotions.look(source, target))).isPresent();
        assertThat(developer.does(() -> promotions.look(source, source))).isEmpty();
        assertThatThrownBy(() -> developer.does(
                        () -> promotions.ask(target, new Choice(source, 2, 1, Set.of(0), Set.of(), "Please", 0))))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void a_conflict_is_shown_three_times_on_the_page_and_by_the_interface() {
        publish(source, "retention", Map.of("events", 60L));
        publish(target, "retention", Map.of("events", 90L));
        var auditor = SignedIn.as(Role.AUDITOR);

        var page = auditor.request().get("/console/" + target + "/promote?from=" + source);
        var told = api(auditor);

        assertThat(page.asString())
                .contains(
                        "both, conflict",
                        "<details open>",
                        "<dt>In common</dt><dd>Events are kept for 395 days.</dd>",
                        "</dt><dd>Events are kept for 60 days.</dd>",
                        "</dt><dd>Events are kept for 90 days.</dd>");
        assertThat(told.getString("lines[0].moved")).isEqualTo("both");
        assertThat(told.getMap("lines[0].sides"))
                .isEqualTo(Map.of(
                        "base", "Events are kept for 395 days.",
                        "source", "Events are kept for 60 days.",
                        "target", "Events are kept for 90 days."));
    }

    @Test
    void
            definitions_that_match_nothing_there_or_that_nobody_verified_are_warned_about_on_the_page_and_by_the_interface() {
        publish(source, "retention", Map.of("events", 60L));
        var missing = defined("missing", false);
        var verified = defined("verified", true);
        var unsure = defined("unsure", false);
        var fine = defined("fine", true);
        Renewal.now();
        List.of(missing, verified, unsure, fine).forEach(name -> tracked(source, name));
        List.of(unsure, fine).forEach(name -> tracked(target, name));
        var expected = Map.of(
                missing, "matches nothing in " + target + " since a minute, and nobody has verified it",
                verified, "matches nothing in " + target + " since a minute",
                unsure, "nobody has verified it");

        var found = look();
        var auditor = SignedIn.as(Role.AUDITOR);
        var page = auditor.request()
                .get("/console/" + target + "/promote?from=" + source)
                .asString();
        var told = api(auditor);

        assertThat(found.warnings().stream()
                        .filter(warning -> warning.name().endsWith(" " + target))
                        .collect(Collectors.toMap(Promotion.Warning::name, warning -> whenever(warning.words()))))
                .isEqualTo(expected);
        expected.forEach((name, words) -> {
            assertThat(whenever(page)).contains("\">" + name + "</a> " + words + "</li>");
            assertThat(whenever(told.getString("warnings.find { it.name == '" + name + "' }.words")))
                    .isEqualTo(words);
        });
        assertThat(page).doesNotContain(fine);
        assertThat(told.getList("warnings.name")).doesNotContain(fine);
    }

    @Test
    void a_promotion_says_from_where() {
        publish(source, "retention", Map.of("events", 60L));
        SignedIn.account("promotion-program", "Promotion Program", Role.ADMIN);
        var token = SignedIn.signIn("promotion-program", SignedIn.PASSWORD).token("Promotions", "all");
        var home = "/api/v1/policy/" + target + "/promote";
        var whole = Map.of(
                "from",
                source.value(),
                "revision",
                2,
                "seen",
                1,
                "take",
                Set.of(0),
                "leave",
                Set.of(),
                "reason",
                "Please");
        var without = new HashMap<String, Object>(whole);
        without.remove("from");

        var read = given().header("Authorization", "Bearer " + token);
        read.get(home)
                .then()
                .statusCode(400)
                .body("detail", equalTo("Name in from the environment whose revision it is."));
        read.get(home + "?from=nowhere").then().statusCode(404);
        ask(token, home, without)
                .statusCode(422)
                .body("detail", equalTo("Name in from the environment whose revision it is."));
        without.put("from", "nowhere");
        ask(token, home, without).statusCode(422);
        assertThat(sql.number("select count(*) from change_request where environment = ?", target.value()))
                .isZero();

        ask(token, home, whole).statusCode(201);
    }

    private static ValidatableResponse ask(String token, String path, Map<String, ?> body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    /** Since when it was looked is another minute each time. */
    private static String whenever(String words) {
        return words.replaceAll("since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC", "since a minute");
    }

    private JsonPath api(SignedIn person) {
        return given().header("Authorization", "Bearer " + person.token("Promotions", "read"))
                .get("/api/v1/policy/" + target + "/promote?from=" + source)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private String defined(String what, boolean verified) {
        var name = "Promoted " + what + " " + target;
        var defined = SignedIn.as(Role.ARCHITECT)
                .request()
                .formParams(Map.of("name", name, "type", "custom", "filter", "event equals \"" + name + "\""))
                .post("/console/definitions");
        assertThat(defined.statusCode()).isEqualTo(303);
        if (verified) {
            sql.change(
                    "update definition set status = 'verified', owner_kind = 'team', owner = 'T', verified_by = 'b',"
                            + " verified_by_name = 'b', verified_at = current_timestamp where name = ?",
                    name);
            sql.change("update catalog_head set changes = changes + 1 where id = 1");
        }
        return name;
    }

    private void tracked(EnvironmentKey place, String name) {
        var app = sql.first("select digits from app_id where environment = ?", row -> row.getString(1), place.value())
                .orElseThrow();
        given().contentType("application/json")
                .body("{\"app_id\":\"" + app + "\",\"event\":\"" + name + "\",\"identity\":\"otter\"}")
                .post("/api/track")
                .then()
                .statusCode(200);
    }
}
