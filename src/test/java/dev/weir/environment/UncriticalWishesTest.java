package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.UncriticalWishes.Answer;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Acting;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UncriticalWishesTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    UncriticalWishes wishes;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_and_two_admins() {
        ada = Acting.as("wishing-ada", Role.ADMIN, sql);
        bob = Acting.as("wishing-bob", Role.ADMIN, sql);
        place = new EnvironmentKey("wished" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Wished " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
    }

    private boolean critical() {
        return environments.find(place).orElseThrow().critical();
    }

    @Test
    void one_admin_alone_unmarks_nothing() {
        assertThat(ada.does(() -> environments.change(place, "Wished", false, 0)))
                .isEqualTo(Outcome.NEEDS_SECOND);
        assertThat(ada.does(() -> wishes.ask(place, "Nobody sells here any more")))
                .isEqualTo(Answer.DONE);
        assertThat(ada.does(() -> wishes.agree(place))).isEqualTo(Answer.OWN_WISH);
        assertThat(ada.does(() -> environments.change(place, "Wished", false, 0)))
                .isEqualTo(Outcome.NEEDS_SECOND);

        assertThat(critical()).isTrue();
    }

    @Test
    void a_second_admin_agrees_once() {
        ada.does(() -> wishes.ask(place, "Nobody sells here any more"));

        assertThat(bob.does(() -> wishes.agree(place))).isEqualTo(Answer.DONE);

        assertThat(critical()).isFalse();
        assertThat(wishes.wish(place)).isEmpty();
        assertThat(bob.does(() -> wishes.agree(place))).isEqualTo(Answer.NOT_CRITICAL);
        assertThat(ada.does(() -> environments.change(place, "Wished", true, 1)))
                .isEqualTo(Outcome.DONE);
        assertThat(bob.does(() -> wishes.agree(place))).isEqualTo(Answer.NOTHING_ASKED);
        assertThat(critical()).isTrue();
    }

    @Test
    void what_was_declined_is_gone() {
        ada.does(() -> wishes.ask(place, "Nobody sells here any more"));

        assertThat(bob.does(() -> wishes.decline(place))).isEqualTo(Answer.DONE);

        assertThat(bob.does(() -> wishes.agree(place))).isEqualTo(Answer.NOTHING_ASKED);
        assertThat(critical()).isTrue();
    }

    @Test
    void a_wish_counts_while_whoever_has_it_is_an_admin() {
        var carol = Acting.as("wishing-carol-" + place, Role.ADMIN, sql);
        carol.does(() -> wishes.ask(place, "Nobody sells here any more"));
        sql.change("update account set role = 'developer' where login = ?", "wishing-carol-" + place);

        assertThat(bob.does(() -> wishes.agree(place))).isEqualTo(Answer.ASKER_WITHOUT_ROLE);
        assertThat(critical()).isTrue();
    }

    @Test
    void it_takes_a_reason_and_an_admin() {
        var architect = Acting.as("wishing-architect", Role.ARCHITECT, sql);

        assertThat(ada.does(() -> wishes.ask(place, " no "))).isEqualTo(Answer.REASON_MISSING);
        assertThatThrownBy(() -> architect.does(() -> wishes.ask(place, "Nobody sells here any more")))
                .isInstanceOf(ForbiddenException.class);
        ada.does(() -> wishes.ask(place, "Nobody sells here any more"));
        assertThatThrownBy(() -> architect.does(() -> wishes.agree(place))).isInstanceOf(ForbiddenException.class);
    }
}
