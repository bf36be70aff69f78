package dev.weir.review;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.review.Task.Outcome;
import dev.weir.testsupport.Acting;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Those who take part in reviews, an environment of each test's own, and what they do. */
abstract class Reviewing {

    /** Over all classes: they share a database. */
    static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Reviews reviews;

    @Inject
    Tasks tasks;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    Acting ada;
    Acting dora;
    Acting arch;
    Acting eve;
    EnvironmentKey place;

    @BeforeEach
    void people_and_an_environment() {
        ada = Acting.as("review-ada", Role.ADMIN, sql);
        dora = Acting.as("review-dora", Role.DEVELOPER, sql);
        arch = Acting.as("review-arch", Role.ARCHITECT, sql);
        eve = Acting.as("review-eve", Role.AUDITOR, sql);
        place = new EnvironmentKey("reviewed" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Reviewed", Kind.STAGING, false, Actor.SYSTEM));
        nothing_is_open();
    }

    /** So many cycles are open at once and no more: neither those of other tests count here, nor these there. */
    @AfterEach
    void nothing_is_open() {
        sql.change(
                "update review_cycle set closed_by = '', closed_by_name = '', closed_at = opened_at, closed_why = '',"
                        + " report = '', report_hash = '' where closed_at is null");
    }

    Decided<Cycle> opens(Acting who, Set<Matter> matters, Set<EnvironmentKey> places, String owner) {
        return who.does(() -> reviews.open(
                new Opening("First quarter", Optional.of(reviews.today().plusDays(7)), matters, places, owner)));
    }

    Cycle opened(Matter matter, Acting owner) {
        return done(opens(ada, Set.of(matter), Set.of(place), owner.subject()));
    }

    static <T> T done(Decided<T> became) {
        return became.match(thing -> thing, why -> {
            throw new AssertionError(why);
        });
    }

    static Optional<Why> why(Decided<?> became) {
        return became.match(thing -> Optional.empty(), Optional::of);
    }

    Task task(Cycle cycle, long number) {
        return ada.does(() -> tasks.find(cycle.number(), number)).orElseThrow();
    }

    Cycle now(Cycle cycle) {
        return ada.does(() -> reviews.find(cycle.number())).orElseThrow();
    }

    Decided<Task> signs(Acting who, Task task, Outcome outcome, String words) {
        return who.does(() -> tasks.sign(task.cycle(), task.number(), task.version(), Optional.of(outcome), words));
    }

    Task signed(Acting who, Task task) {
        return done(signs(who, task, Outcome.IN_ORDER, ""));
    }

    Decided<Task> confirms(Acting who, Task task) {
        var seen = task.signature().orElseThrow().hash();
        return who.does(() -> tasks.counterSign(task.cycle(), task.number(), seen));
    }

    Optional<Why> closes(Cycle cycle, String reason) {
        return why(ada.does(() -> reviews.close(cycle.number(), now(cycle).version(), reason)));
    }
}
