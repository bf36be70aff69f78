package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.SecondPerson.Way;
import dev.weir.database.Sql;
import dev.weir.testsupport.Acting;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts of tests are as old as this Weir, or older. */
@QuarkusTest
class SecondPersonTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    SecondPerson second;

    @Inject
    Sql sql;

    private String ada;
    private String bob;
    private String carol;
    private Instant begun;

    @BeforeEach
    void three_admins_of_an_old_weir() {
        int number = MADE.incrementAndGet();
        ada = Acting.as("second-ada-" + number, Role.ADMIN, sql).subject();
        bob = Acting.as("second-bob-" + number, Role.ADMIN, sql).subject();
        carol = Acting.as("second-carol-" + number, Role.ADMIN, sql).subject();
        begun = sql.first(
                        "select created_at from account order by created_at limit 1",
                        row -> Sql.instant(row, "created_at"))
                .orElseThrow();
    }

    private void letIn(String who, String by, Way way, Instant at) {
        second.letIn(who.substring("local:".length()), by, way, at);
    }

    @Test
    void two_of_whom_one_let_the_other_in_are_no_two_people_for_a_week_whoever_comes_first() {
        for (var way : Way.values()) {
            three_admins_of_an_old_weir();
            var at = begun.plus(Duration.ofDays(30));
            letIn(bob, ada, way, at);

            for (var when : new Instant[] {at, at.plus(SecondPerson.APART).minusSeconds(1)}) {
                assertThat(second.tied(ada, bob, when)).as(way + ", " + when).isTrue();
                assertThat(second.tied(bob, ada, when)).as(way + ", " + when).isTrue();
                assertThat(second.tied(ada, carol, when)).isFalse();
                assertThat(second.tied(bob, carol, when)).isFalse();
            }
            assertThat(second.tied(ada, bob, at.minusSeconds(1))).isFalse();
            assertThat(second.tied(ada, bob, at.plus(SecondPerson.APART))).isFalse();
        }
    }

    @Test
    void nor_are_they_where_it_went_by_way_of_somebody_else() {
        var at = begun.plus(Duration.ofDays(60));
        letIn(carol, bob, Way.LINK, at.plusSeconds(1));
        letIn(bob, ada, Way.INVITED, at);

        assertThat(second.tied(ada, carol, at.plusSeconds(2))).isTrue();
        assertThat(second.tied(carol, ada, at.plusSeconds(2))).isTrue();
    }

    @Test
    void in_the_first_week_of_a_weir_only_a_link_counts_for_it_takes_over_an_account_that_is_there() {
        var at = begun.plus(Duration.ofDays(1));
        letIn(bob, ada, Way.INVITED, at);
        letIn(bob, ada, Way.ROLE, at);
        assertThat(second.tied(ada, bob, at)).isFalse();
        letIn(bob, ada, Way.LINK, at);
        assertThat(second.tied(ada, bob, at)).isTrue();
    }
}
