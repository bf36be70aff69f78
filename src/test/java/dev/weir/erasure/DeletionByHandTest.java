package dev.weir.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.jobs.Job;
import dev.weir.jobs.JobsAtWork;
import dev.weir.store.Erasing.Name;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Alone;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who asks for a deletion, who releases it, and what becomes of it otherwise. */
@QuarkusTest
@TestProfile(Alone.class)
class DeletionByHandTest extends Deletions {

    @Test
    void an_architect_asks_and_an_admin_releases_and_nobody_asks_for_more_than_so_many() {
        var shop = tenant();
        track(shop, otter, "Bought");
        var architect = Acting.as("erasure-architect", Role.ARCHITECT, sql);
        var developer = Acting.as("erasure-developer", Role.DEVELOPER, sql);
        var many = IntStream.rangeClosed(0, Requests.MOST)
                .mapToObj(i -> new Name(true, otter + i))
                .collect(Collectors.toSet());
        var one = Set.of(new Name(true, otter));

        assertThatThrownBy(() -> developer.does(() -> requests.ask(one, WHY))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin().does(() -> requests.ask(many, WHY)))
                .isInstanceOf(IllegalArgumentException.class);
        var count = architect.does(() -> requests.ask(one, WHY).orElseThrow());
        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
        JobsAtWork.all();
        assertThatThrownBy(() -> architect.does(() -> requests.release(count.id())))
                .isInstanceOf(ForbiddenException.class);

        assertThat(everything(shop)).anyMatch(row -> row.contains(otter));
        assertThat(jobs.of(count.id()).orElseThrow().counts())
                .containsEntry("users", 1L)
                .containsEntry("events", 1L);
        assertThat(sql.number("select count(*) from suppressed where environment = ?", key(shop)))
                .isZero();
        released(count);
        JobsAtWork.all();
        assertThat(everything(shop)).noneMatch(row -> row.contains(otter));
        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
    }

    @Test
    void what_deletes_more_than_the_limit_is_released_by_an_admin_who_did_not_ask() {
        var other = Acting.as("erasure-other", Role.ADMIN, sql);
        var count = admin().does(
                        () -> requests.ask(Set.of(new Name(true, otter)), WHY).orElseThrow());
        JobsAtWork.all();
        sql.change("update job set counts = '{\"events\":600,\"quarantined\":401}' where id = ?", count.id());

        assertThat(admin().does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        assertThat(other.does(() -> requests.release(count.id())).why()).isEqualTo(Requests.Why.DONE);
    }

    /** However often: else many small deletions are a way around the limit. */
    @Test
    void within_a_day_one_person_deletes_so_many_and_somebody_whom_they_let_in_does_not_help() {
        var clock = HeldClock.atThisMoment();
        var ada = Acting.as("day-ada", Role.ADMIN, sql);
        var bob = Acting.as("day-bob", Role.ADMIN, sql);
        var carol = Acting.as("day-carol", Role.ADMIN, sql);
        ada.letsIn(bob, clock.instant().minus(Duration.ofHours(1)), sql);

        assertThat(ada.does(() -> requests.release(counted(ada, 600).id())).why())
                .isEqualTo(Requests.Why.DONE);
        var second = counted(ada, 401);
        assertThat(ada.does(() -> requests.objection(second))).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        assertThat(ada.does(() -> requests.release(second.id())).why()).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        assertThat(bob.does(() -> requests.release(second.id())).why()).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        assertThat(ada.does(() -> requests.release(counted(ada, 400).id())).why())
                .isEqualTo(Requests.Why.DONE);
        assertThat(carol.does(() -> requests.release(second.id())).why()).isEqualTo(Requests.Why.DONE);
        var third = counted(ada, 1000);
        assertThat(ada.does(() -> requests.release(third.id())).why()).isEqualTo(Requests.Why.NEEDS_ANOTHER);
        clock.pass(Duration.ofDays(1).plusSeconds(1));
        assertThat(ada.does(() -> requests.release(third.id())).why()).isEqualTo(Requests.Why.DONE);
        JobsAtWork.all();
    }

    private Job counted(Acting who, long events) {
        var count =
                who.does(() -> requests.ask(Set.of(new Name(true, otter)), WHY).orElseThrow());
        JobsAtWork.all();
        sql.change("update job set counts = ? where id = ?", "{\"events\":" + events + "}", count.id());
        return who.does(() -> jobs.of(count.id())).orElseThrow();
    }

    @Test
    void what_is_declined_called_off_or_waits_too_long_is_forgotten() {
        var architect = Acting.as("erasure-architect", Role.ARCHITECT, sql);
        var name = Set.of(new Name(true, otter));
        var declined = admin().does(() -> requests.ask(name, WHY).orElseThrow());
        var off = architect.does(() -> requests.ask(name, WHY).orElseThrow());
        architect.does(() -> jobs.cancel(off.id()));
        JobsAtWork.all();
        assertThat(architect.does(() -> requests.decline(declined.id()))).isEqualTo(Requests.Why.NOT_YOURS);
        assertThat(admin().does(() -> requests.decline(declined.id()))).isEqualTo(Requests.Why.DONE);
        var own = architect.does(() -> requests.ask(name, WHY).orElseThrow());
        JobsAtWork.all();
        assertThat(architect.does(() -> requests.decline(own.id()))).isEqualTo(Requests.Why.DONE);
        assertThat(sql.number("select count(*) from erasure_target")).isZero();

        var clock = HeldClock.atThisMoment();
        var waits = admin().does(() -> requests.ask(name, WHY).orElseThrow());
        JobsAtWork.all();
        clock.pass(Duration.ofDays(13));
        requests.forget();
        assertThat(sql.number("select count(*) from erasure_target where job = ?", waits.id()))
                .isEqualTo(1);
        clock.pass(Duration.ofDays(2));
        requests.forget();
        assertThat(sql.number("select count(*) from erasure_target")).isZero();
        assertThat(admin().does(() -> requests.release(waits.id())).why()).isEqualTo(Requests.Why.NOT_WAITING);
        assertThat(sql.number(
                        "select count(*) from changelog where object_id = ? and action = 'expired' and actor = 'system'",
                        waits.id()))
                .isEqualTo(1);
        assertThat(sql.number(
                        "select count(*) from changelog where object_id = ? and action = 'expired'", declined.id()))
                .isZero();
    }

    @Test
    void an_open_request_is_listed_however_many_came_after_it_and_so_many_may_be_open() {
        var name = new Name(true, otter);
        var waits = admin().does(() -> requests.ask(Set.of(name), WHY).orElseThrow());
        JobsAtWork.all();
        for (int i = 0; i < Requests.OPEN - 1; i++) {
            sql.change(
                    "insert into job (id, kind, input, state, place, counts, asked_by, asked_by_name, asked_at, due_at, ended_at)"
                            + " select ?, kind, input, state, place, counts, asked_by, asked_by_name, asked_at, due_at, ended_at"
                            + " from job where id = ?",
                    otter + i,
                    waits.id());
            if (i < 60) {
                continue;
            }
            sql.change(
                    "insert into erasure_target (job, environment, kind, name) values (?, '', 'user', 'x')", otter + i);
        }
        assertThat(admin().does(() -> requests.waiting()))
                .extracting(Job::id)
                .contains(waits.id())
                .hasSize(Requests.OPEN - 60);

        for (int i = 0; i < 60; i++) {
            sql.change(
                    "insert into erasure_target (job, environment, kind, name) values (?, '', 'user', 'x')", otter + i);
        }
        assertThat(admin().does(() -> requests.ask(Set.of(name), WHY))).isEmpty();
        sql.change("delete from erasure_target where job <> ?", waits.id());
        sql.change("delete from job where id like ?", otter + "%");
        assertThat(admin().does(() -> requests.ask(Set.of(name), WHY))).isPresent();
        JobsAtWork.all();
        sql.change("delete from erasure_target");
    }

    /** Between looking and handing over, as far as the database knows. */
    @Test
    void a_deletion_of_nobody_is_not_begun() {
        var waits = admin().does(
                        () -> requests.ask(Set.of(new Name(true, otter)), WHY).orElseThrow());
        JobsAtWork.all();
        sql.change("update erasure_target set environment = 'elsewhere' where job = ?", waits.id());

        var released = admin().does(() -> requests.release(waits.id()));

        assertThat(released).isEqualTo(new Requests.Released(Requests.Why.NOT_WAITING, Optional.empty()));
        assertThat(sql.number("select count(*) from job where input = ?", waits.id()))
                .isZero();
        sql.change("delete from erasure_target where job = ?", waits.id());
    }

    @Test
    void a_program_is_told_what_is_wrong_with_a_request_and_that_there_is_none() {
        SignedIn.account("erasure-program", "Erasure Program", Role.ADMIN);
        var person = SignedIn.signIn("erasure-program", SignedIn.PASSWORD);
        var token = person.token("Erasure", "all");

        for (var users : List.of("[null]", "[{}]", "[{\"user\":\"a\\u0000b\"}]")) {
            send(token, "/api/v1/erasure", "{\"users\":" + users + ",\"why\":\"They asked\"}", 422);
        }
        send(token, "/api/v1/erasure/nothing-here/release", "", 404);
        send(token, "/api/v1/erasure/nothing-here/decline", "", 404);
        person.request()
                .post("/console/erasure/requests/nothing-here/release")
                .then()
                .statusCode(404);
        person.request()
                .post("/console/erasure/requests/nothing-here/decline")
                .then()
                .statusCode(404);
    }

    private static void send(String token, String path, String body, int status) {
        SignedIn.anonymous()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(status);
    }
}
