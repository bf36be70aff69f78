package dev.weir.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.database.Sql;
import dev.weir.environment.AppIds;
import dev.weir.environment.Environments;
import dev.weir.environment.UncriticalWishes;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Emergencies;
import dev.weir.release.Promotions;
import dev.weir.release.Releases;
import dev.weir.review.Reviews;
import dev.weir.review.Tasks;
import dev.weir.roles.RoleMatrix.Case;
import dev.weir.roles.RoleMatrix.Cell;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.Endpoints.Endpoint;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the role table in docs/access.md: each operation of a row, as each role, on its page and by its interface, so that nothing
 * but the role stands against it. What is allowed succeeds and shows its effect; what isn't is a 403, and nothing has changed.
 */
@QuarkusTest
@TestProfile(Alone.class)
class RoleMatrixTest {

    /** What the table speaks of and Weir does not have. Whoever builds one of these takes it from the docs and writes its cases. */
    private static final Map<String, String> NOT_BUILT = Map.of("replay settings", "Draft rules, replay, identity");

    /** Words in an address that would say that one of these is built. */
    private static final List<String> WOULD_BE = List.of("replay");

    private static final RoleMatrix MATRIX = RoleMatrix.read();

    private static @Nullable Stage stage;
    private static final Map<String, Player> PLAYERS = new HashMap<>();
    private static final Map<String, Scene> SCENES = new HashMap<>();

    @Inject
    Sql sql;

    @Inject
    Environments environments;

    @Inject
    AppIds apps;

    @Inject
    UncriticalWishes wishes;

    @Inject
    Drafts drafts;

    @Inject
    ChangeRequests requests;

    @Inject
    Releases releases;

    @Inject
    Emergencies emergencies;

    @Inject
    Promotions promotions;

    @Inject
    Reviews reviews;

    @Inject
    Tasks tasks;

    @BeforeEach
    void the_players_know_their_scenes() {
        if (stage == null) {
            stage = new Stage(sql, environments, apps, drafts, requests, releases);
            SCENES.putAll(new EnvironmentScenes(stage, wishes).all());
            SCENES.putAll(new PeopleScenes(stage).all());
            SCENES.putAll(new DefinitionScenes(stage).all());
            SCENES.putAll(new RestorationScenes(stage).all());
            SCENES.putAll(new RuleScenes(stage).all());
            SCENES.putAll(new ReleaseScenes(stage, emergencies, promotions).all());
            SCENES.putAll(new StoredScenes(stage).all());
            SCENES.putAll(new IdentityScenes(stage).all());
            SCENES.putAll(new LogScenes(stage).all());
            SCENES.putAll(new ReviewScenes(stage, reviews, tasks).all());
        }
    }

    @AfterEach
    void no_job_waits() {
        sql.change("delete from job");
        sql.change("delete from erasure_target");
        sql.change("delete from cut_target");
    }

    static List<Cell> cells() {
        return MATRIX.cells();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void each_cell(Cell cell) {
        var who = PLAYERS.computeIfAbsent(cell.role(), role -> Player.of("matrix-" + role, role, sql));
        var scene = SCENES.get(cell.name());
        assertThat(scene).as("a scene for: " + cell.name()).isNotNull();
        var deed = scene.by(who, cell.way());
        long told = lastRow();

        var answer = deed.act().get();

        assertThat(operation(who.sent())).isEqualTo(cell.operation());
        boolean happened = deed.happened().test(answer);
        if (cell.allowed()) {
            assertThat(answer.statusCode())
                    .as("%s: %s", cell, answer.asString())
                    .isBetween(200, 303);
            assertThat(happened).as("%s: the effect is seen", cell).isTrue();
        } else if (deed.hides()) {
            assertThat(answer.statusCode())
                    .as("%s: %s", cell, answer.asString())
                    .isIn(200, 404);
            assertThat(happened).as("%s: nothing of it is shown", cell).isFalse();
        } else {
            assertThat(answer.statusCode())
                    .as("%s: %s", cell, answer.asString())
                    .isEqualTo(403);
            assertThat(happened).as("%s: nothing has changed", cell).isFalse();
            assertThat(lastRow()).as("%s: nothing was told", cell).isEqualTo(told);
        }
    }

    @Test
    void each_word_of_the_table_is_explained() {
        assertThat(MATRIX.words()).hasSize(10);
        MATRIX.words().forEach((row, cells) -> {
            if (!NOT_BUILT.containsValue(row)
                    || MATRIX.cases().stream().anyMatch(one -> one.row().equals(row))) {
                assertThat(MATRIX.allows()).as(row).containsKeys(cells.values().toArray(new String[0]));
            }
        });
        var needs = new HashSet<>(Set.of("own", "own above the limit"));
        MATRIX.allows().values().forEach(needs::addAll);
        assertThat(MATRIX.cases()).allSatisfy(one -> assertThat(needs).contains(one.needs()));
    }

    @Test
    void each_row_has_cases_and_each_case_has_a_way_and_a_scene() {
        var rows = MATRIX.cases().stream().map(Case::row).collect(Collectors.toCollection(HashSet::new));
        rows.addAll(MATRIX.notBuilt().values());
        assertThat(rows).isEqualTo(MATRIX.words().keySet());
        assertThat(MATRIX.cases())
                .allSatisfy(one -> assertThat(one.page() + one.api()).isNotEmpty());
        assertThat(MATRIX.cases().stream().map(Case::name)).doesNotHaveDuplicates();
        assertThat(SCENES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        MATRIX.cases().stream().map(Case::name).toList());
    }

    @Test
    void whatever_changes_something_has_a_case_or_says_why_not() {
        var known = MATRIX.cases().stream()
                .flatMap(one -> Stream.of(one.page(), one.api()))
                .filter(operation -> !operation.isEmpty() && !operation.startsWith("GET "))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).doesNotContainAnyElementsOf(MATRIX.outside());
        known.addAll(MATRIX.outside());

        assertThat(RoleMatrix.governed()).hasSizeGreaterThan(60).isEqualTo(known);
    }

    @Test
    void nobody_forgets_what_is_not_built_yet() {
        assertThat(MATRIX.notBuilt()).isEqualTo(NOT_BUILT);
        assertThat(Endpoints.all())
                .allSatisfy(endpoint -> assertThat(
                                Stream.of(endpoint.path().split("/", -1)).filter(WOULD_BE::contains))
                        .as(endpoint.text())
                        .isEmpty());
    }

    /** The operation that answers what was sent: of several the one that leaves the least open. */
    private static String operation(String sent) {
        var parts = sent.split(" ", 2);
        var path = parts[1].replaceFirst("\\?.*", "");
        return Endpoints.all().stream()
                .filter(endpoint -> endpoint.method().equals(parts[0]) && endpoint.answers(path))
                .min(Comparator.comparingLong(RoleMatrixTest::open))
                .map(Endpoint::text)
                .orElse(sent);
    }

    private static long open(Endpoint endpoint) {
        return endpoint.path().chars().filter(letter -> letter == '{').count();
    }

    private long lastRow() {
        return sql.number("select sequence from changelog_head where id = 1");
    }
}
