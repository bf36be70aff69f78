package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.testsupport.Described;
import dev.weir.testsupport.Described.Operation;
import dev.weir.testsupport.FirstStandards;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.WholeToken;
import dev.weir.web.Race.Sent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is edited through the interface says what was looked at, and who was overtaken changes nothing. The operations are those of
 * docs/openapi.yaml: a new one is raced in one of the Races, or stands with its reason among those that overwrite nothing.
 */
@QuarkusTest
class LostRaceTest {

    private static final String MAKES = "makes something new";
    private static final String LOOKS = "changes nothing";
    private static final String ADDS = "only adds, and overwrites nothing that somebody else said";
    private static final String ONCE =
            "decides about content that never changes, once: who comes second is a 409, whoever was first";
    private static final String ENDS = "ends what is under way; whatever was looked at, nothing of it is lost by it";

    /** Operations that need not say what was looked at, and why. */
    private static final Map<String, String> UNCONDITIONAL = new HashMap<>(Map.of(
            "POST /api/v1/environments", MAKES,
            "POST /api/v1/environments/{key}/app-ids", MAKES,
            "POST /api/v1/people", MAKES,
            "POST /api/v1/people/{id}/sessions/end", ENDS,
            "POST /api/v1/definitions", MAKES,
            "POST /api/v1/definitions/views", MAKES,
            "POST /api/v1/check", LOOKS,
            "POST /api/v1/policy/{environment}/code/drift", LOOKS,
            "POST /api/v1/jobs/{id}/cancel", ENDS));

    static {
        UNCONDITIONAL.put("POST /api/v1/reviews", MAKES);
        UNCONDITIONAL.put("DELETE /api/v1/tokens/{id}", ENDS);
        UNCONDITIONAL.put("POST /api/v1/definitions/preview", LOOKS);
        UNCONDITIONAL.put("POST /api/v1/standards/preview", LOOKS);
        UNCONDITIONAL.put("POST /api/v1/definitions/starter-pack", MAKES + ": what has a name that is taken stays out");
        UNCONDITIONAL.put(
                "POST /api/v1/changelog/{sequence}/erase",
                "a row never changes: what is erased of it is gone, whoever was first");
        UNCONDITIONAL.put(
                "POST /api/v1/definitions/bulk",
                "names the version of each definition that was looked at: BulkResourceTest loses a race");
        UNCONDITIONAL.put("POST /api/v1/erasure", MAKES);
        UNCONDITIONAL.put("POST /api/v1/erasure/{id}/release", ONCE);
        UNCONDITIONAL.put("POST /api/v1/erasure/{id}/decline", ONCE);
        var links = "POST /api/v1/identities/{environment}/";
        UNCONDITIONAL.put(links + "links", LOOKS);
        UNCONDITIONAL.put(links + "cuts", MAKES);
        UNCONDITIONAL.put(links + "cuts/{id}/release", ONCE);
        UNCONDITIONAL.put(links + "cuts/{id}/decline", ONCE);
        UNCONDITIONAL.put(links + "restores", ONCE);
        var restorations = "POST /api/v1/restorations/{number}/";
        UNCONDITIONAL.put(restorations + "agree", ONCE);
        UNCONDITIONAL.put(restorations + "decline", ONCE);
        UNCONDITIONAL.put(restorations + "withdraw", ONCE);
        var changes = "POST /api/v1/changes/{environment}/{number}/";
        UNCONDITIONAL.put(changes + "comments", ADDS);
        UNCONDITIONAL.put(changes + "reviewers", ADDS);
        UNCONDITIONAL.put(changes + "decline", ONCE);
        UNCONDITIONAL.put(changes + "publish", ONCE);
        var policy = "POST /api/v1/policy/{environment}/";
        UNCONDITIONAL.put(policy + "emergencies/{number}/review", ONCE);
        UNCONDITIONAL.put(policy + "simulate", LOOKS);
        UNCONDITIONAL.put(policy + "simulate/file", LOOKS);
        UNCONDITIONAL.put(policy + "simulate/{id}/cancel", ENDS);
        var stored = "names the events; one that is gone by then is counted as gone";
        UNCONDITIONAL.put("POST /api/v1/quarantine/{environment}/release", stored);
        UNCONDITIONAL.put("POST /api/v1/quarantine/{environment}/purge", stored);
        UNCONDITIONAL.put("POST /api/v1/redaction/{environment}/count", LOOKS);
        UNCONDITIONAL.put(
                "POST /api/v1/redaction/{environment}/apply",
                "names the count, which is good for one policy: docs/erasure.md");
    }

    private static Racers racers = new Racers("", "", "");

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private List<Races> races = List.of();

    static List<Operation> edits() {
        return Described.operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .filter(operation -> !UNCONDITIONAL.containsKey(operation.text()))
                .toList();
    }

    @BeforeEach
    void two_admins_and_their_races() {
        if (racers.ada().isEmpty()) {
            racers = new Racers(
                    token("racing-ada"), token("racing-bob"), WholeToken.of("racing-eve", Role.AUDITOR, sql));
        }
        races = List.of(
                new AdministrationRaces(racers),
                new CatalogRaces(racers),
                new PolicyRaces(racers),
                new RestoreRaces(racers),
                new ReviewRaces(racers));
        races.forEach(Races::all);
    }

    @AfterEach
    void standards_as_they_were() {
        FirstStandards.again(sql);
    }

    @Test
    void whatever_is_edited_says_what_was_looked_at_or_why_it_need_not() {
        var described = Described.operations().stream().map(Operation::text).collect(Collectors.toSet());
        assertThat(described).containsAll(UNCONDITIONAL.keySet());
        assertThat(edits()).hasSizeGreaterThan(25).allSatisfy(operation -> {
            var named = new TreeSet<>(operation.fields());
            named.retainAll(List.of("version", "seen", "hash"));
            assertThat(operation.takes("header", "If-Match") || !named.isEmpty())
                    .as(operation + " takes If-Match, or a version, seen or hash in its body")
                    .isTrue();
        });
        assertThat(Described.operations().stream()
                        .filter(operation -> UNCONDITIONAL.containsKey(operation.text()))
                        .filter(operation -> operation.takes("header", "If-Match")))
                .as("what takes If-Match is raced")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void who_was_overtaken_is_a_412_and_changes_nothing(Operation operation) {
        var each = races.stream()
                .flatMap(some -> some.of(operation.text()).stream())
                .toList();
        assertThat(each).as("no race is known for " + operation).isNotEmpty();
        for (var one : each) {
            run(operation, one.get());
        }
    }

    private void run(Operation operation, Race race) {
        var late = race.asked().apply(racers.look(race.thing()));
        race.first().run();
        var before = racers.look(race.thing());
        long newest = log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).sequence();

        var answer = Racers.send(operation, race, late);

        assertThat(answer.statusCode()).as(operation + ": " + answer.asString()).isEqualTo(412);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        var after = racers.look(race.thing());
        assertThat(after.asString()).as(operation.text()).isEqualTo(before.asString());
        assertThat(after.header("ETag")).as(operation.text()).isEqualTo(before.header("ETag"));
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 50))
                .as(operation + " writes nothing")
                .noneMatch(row -> row.sequence() > newest && row.content().contains("Racing of racing-ada"));
        if (!late.match().isEmpty()) {
            assertThat(Racers.send(operation, race, new Sent("", late.body())).statusCode())
                    .as(operation + " without If-Match")
                    .isEqualTo(428);
        }

        // That it was the race and nothing else: who looks again is heard.
        var again = Racers.send(operation, race, race.asked().apply(racers.look(race.thing())));
        assertThat(again.statusCode()).as(operation + ": " + again.asString()).isBetween(200, 204);
    }

    private static String token(String login) {
        SignedIn.account(login, login, Role.ADMIN);
        return SignedIn.signIn(login, SignedIn.PASSWORD).token("Racing of " + login, "all");
    }
}
