package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.database.Sql;
import dev.weir.environment.UncriticalWishes.Answer;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
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

    private long version() {
        return environments.find(place).orElseThrow().version();
    }

    @Test
    void nobody_agrees_to_a_reason_they_have_not_read() {
        ada.does(() -> wishes.ask(place, "Nobody sells here any more", version()));
        long read = version();
        ada.does(() -> wishes.ask(place, "I am in a hurry", read));

        assertThat(bob.does(() -> wishes.agree(place, read))).isEqualTo(Answer.OUTDATED);
        assertThat(bob.does(() -> wishes.decline(place, read))).isEqualTo(Answer.OUTDATED);
        assertThat(bob.does(() -> wishes.ask(place, "Nobody sells here", read))).isEqualTo(Answer.OUTDATED);

        assertThat(critical()).isTrue();
        assertThat(wishes.wish(place).orElseThrow().reason()).isEqualTo("I am in a hurry");
    }

    @Test
    void one_admin_alone_unmarks_nothing() {
        assertThat(ada.does(() -> environments.change(place, "Wished", false, version())))
                .isEqualTo(Outcome.NEEDS_SECOND);
        assertThat(ada.does(() -> wishes.ask(place, "Nobody sells here any more", version())))
                .isEqualTo(Answer.DONE);
        assertThat(ada.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.OWN_WISH);
        assertThat(ada.does(() -> environments.change(place, "Wished", false, version())))
                .isEqualTo(Outcome.NEEDS_SECOND);

        assertThat(critical()).isTrue();
    }

    @Test
    void a_second_admin_agrees_once() {
        ada.does(() -> wishes.ask(place, "Nobody sells here any more", version()));

        assertThat(bob.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.DONE);

        assertThat(critical()).isFalse();
        assertThat(wishes.wish(place)).isEmpty();
        assertThat(bob.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.NOT_CRITICAL);
        assertThat(ada.does(() -> environments.change(place, "Wished", true, version())))
                .isEqualTo(Outcome.DONE);
        assertThat(bob.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.NOTHING_ASKED);
        assertThat(critical()).isTrue();
    }

    @Test
    void whom_the_asker_made_an_admin_does_not_agree_for_a_week() {
        var login = "wishing-dave-" + place;
        var dave = Acting.as(login, Role.DEVELOPER, sql);
        var id = dave.subject().substring("local:".length());
        SignedIn.signIn("wishing-ada", SignedIn.PASSWORD)
                .request()
                .formParam("version", 0)
                .formParam("role", Role.ADMIN)
                .post("/console/people/" + id + "/role")
                .then()
                .statusCode(303);
        var admin = new Acting(dave.subject(), Role.ADMIN);
        ada.does(() -> wishes.ask(place, "Nobody sells here any more", version()));

        assertThat(admin.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.NO_SECOND_PERSON);
        assertThat(critical()).isTrue();
        HeldClock.atThisMoment().pass(SecondPerson.APART.plusSeconds(1));
        assertThat(admin.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.DONE);
    }

    @Test
    void what_was_declined_is_gone() {
        ada.does(() -> wishes.ask(place, "Nobody sells here any more", version()));

        assertThat(bob.does(() -> wishes.decline(place, version()))).isEqualTo(Answer.DONE);

        assertThat(bob.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.NOTHING_ASKED);
        assertThat(critical()).isTrue();
    }

    @Test
    void a_wish_counts_while_whoever_has_it_is_an_admin() {
        var carol = Acting.as("wishing-carol-" + place, Role.ADMIN, sql);
        carol.does(() -> wishes.ask(place, "Nobody sells here any more", version()));
        sql.change("update account set role = 'developer' where login = ?", "wishing-carol-" + place);

        assertThat(bob.does(() -> wishes.agree(place, version()))).isEqualTo(Answer.ASKER_WITHOUT_ROLE);
        assertThat(critical()).isTrue();
    }

    @Test
    void it_takes_a_reason_and_an_admin() {
        var architect = Acting.as("wishing-architect", Role.ARCHITECT, sql);

        assertThat(ada.does(() -> wishes.ask(place, " no ", version()))).isEqualTo(Answer.REASON_MISSING);
        assertThatThrownBy(() -> architect.does(() -> wishes.ask(place, "Nobody sells here any more", version())))
                .isInstanceOf(ForbiddenException.class);
        ada.does(() -> wishes.ask(place, "Nobody sells here any more", version()));
        assertThatThrownBy(() -> architect.does(() -> wishes.agree(place, version())))
                .isInstanceOf(ForbiddenException.class);
    }
}
