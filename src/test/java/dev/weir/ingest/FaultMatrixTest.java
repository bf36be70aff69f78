package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.FaultyPostgres;
import dev.weir.testsupport.Promises;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rows of docs/faults.md in which something is wrong with a real PostgreSQL, the clock or a policy. */
@QuarkusTest
@WithTestResource(FaultyPostgres.class)
class FaultMatrixTest extends FaultRows {

    private static final long PATIENCE_SECONDS = 60;
    private static final int LARGE = 200;

    /** What the pool holds at most, when nobody says otherwise. */
    private static final int CONNECTIONS = 50;

    @Override
    List<String> names() throws SQLException {
        try (var operator = FaultyPostgres.operator();
                var select = operator.prepareStatement("select name from event where environment = ?")) {
            select.setString(1, tenant.environment().value());
            var there = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
            return there;
        }
    }

    @Override
    List<String> telling() throws SQLException {
        try (var operator = FaultyPostgres.operator()) {
            return Promises.tablesThatTell(operator);
        }
    }

    @Test
    void the_database_is_read_only() throws SQLException, IOException {
        FaultyPostgres.change("alter role weir set default_transaction_read_only = on");

        var events = statuses(5);
        var others = others();
        FaultyPostgres.change("alter role weir reset default_transaction_read_only");

        seen(events, others);
        eventually("after");
    }

    @Test
    void the_database_has_no_connection_left() throws SQLException, IOException {
        FaultyPostgres.change("alter role weir connection limit 0");

        var events = statuses(2);
        var others = others();
        FaultyPostgres.change("alter role weir connection limit -1");

        seen(events, others);
        eventually("after");
    }

    /** Weir waits for what somebody else holds, for as long as that takes. */
    @Test
    void the_database_is_slow() throws Exception {
        var http = HttpClient.newHttpClient();
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        var refused = new CompletableFuture<HttpResponse<String>>();
        String others;
        try (var operator = FaultyPostgres.operator();
                var statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.execute("lock table tally in access exclusive mode");
            for (int i = 0; i < MANY; i++) {
                var answer = http.sendAsync(request("slow " + i), HttpResponse.BodyHandlers.ofString());
                answers.add(answer);
                var unused = answer.thenAccept(
                        known -> refused.complete(known)); // Only a refusal can come while the table is held.
            }
            assertThat(refused.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode())
                    .isEqualTo(503);
            others = others();
            operator.rollback();
        }
        var events = new ArrayList<String>();
        for (int i = 0; i < MANY; i++) {
            var answer = answers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer.statusCode() == 200) {
                acknowledged.add("slow " + i);
            }
            events.add(status(
                    answer.statusCode(),
                    answer.headers().firstValue("Retry-After").isPresent()));
        }

        seen(events, others);
        eventually("after");
    }

    /** With a disk that really is full where the machine lets us have one; everywhere with the state that PostgreSQL then has. */
    @Test
    void the_disk_of_the_database_is_full() throws SQLException, IOException {
        var disk = FaultyPostgres.disk();
        if (disk == null) {
            System.out.println("no disk of our own here: a trigger alone says disk_full");
        } else {
            disk.fill();
            var refused = List.of(firstRefused());
            var others = others();
            disk.makeRoom();
            seen(refused, others);
            eventually("room");
        }
        FaultyPostgres.change("""
                create function full_disk() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
                create trigger full_disk before insert on event for each statement execute function full_disk()
                """);

        var events = statuses(2);
        var others = others();
        FaultyPostgres.change("drop function full_disk cascade");

        seen(events, others);
        eventually("after");
    }

    /** There may be room left in what the tables have already. */
    private String firstRefused() {
        for (int i = 0; i < 200; i++) {
            var name = "large " + i;
            var answer = Sender.post("/api/track", large(name));
            if (answer.statusCode() != 200) {
                return status(answer);
            }
            assertThat(counts(answer, LARGE)).containsEntry("accepted", LARGE);
            IntStream.range(0, LARGE).forEach(n -> acknowledged.add(name + " " + n));
        }
        throw new AssertionError("nothing fills that disk");
    }

    /** PostgreSQL ends the connection while it reads the rows that come: half of them it has. */
    @Test
    void the_connection_is_lost_in_the_middle_of_a_copy() throws SQLException, IOException {
        cut("cut");

        var events = List.of(status(Sender.post("/api/track", large("cut"))));
        var others = others();
        operator("drop function cut cascade");

        seen(events, others);
        var again = Sender.post("/api/track", large("cut"));
        assertThat(counts(again, LARGE)).containsEntry("accepted", LARGE);
        IntStream.range(0, LARGE).forEach(n -> acknowledged.add("cut " + n));
    }

    /** More often than there are connections: each makes way for another one. */
    @Test
    void connections_that_were_lost_while_writing_are_not_lost_to_the_pool() throws SQLException, IOException {
        cut("lost");

        for (int i = 0; i < CONNECTIONS + 10; i++) {
            assertThat(Sender.post("/api/track", large("lost")).statusCode()).isEqualTo(503);
        }
        operator("drop function cut cascade");

        var again = Sender.post("/api/track", large("lost"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(counts(again, LARGE)).containsEntry("accepted", LARGE);
        IntStream.range(0, LARGE).forEach(n -> acknowledged.add("lost " + n));
    }

    /** The connection ends at the event in the middle. */
    private static void cut(String name) throws SQLException {
        operator("""
                create function cut() returns trigger language plpgsql as $$ begin
                    if new.name = '%s' and current_query() like 'copy event%%' then
                        perform pg_terminate_backend(pg_backend_pid());
                    end if;
                    return new;
                end $$;
                create trigger cut before insert on event for each row execute function cut()
                """.formatted(name + " " + LARGE / 2));
    }

    private static void operator(String sql) throws SQLException {
        try (var operator = FaultyPostgres.operator();
                var statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A trigger writes down how each event is committed. */
    @Test
    void the_database_was_told_not_to_wait_for_its_disk() throws SQLException {
        FaultyPostgres.change("""
                alter role weir set synchronous_commit = off;
                create table committed (how text);
                create function see_how() returns trigger language plpgsql security definer as
                $$ begin insert into committed values (current_setting('synchronous_commit')); return null; end $$;
                create trigger see_how after insert on event for each row execute function see_how()
                """);

        var events = List.of(status(send("meanwhile")));
        var others = others();

        assertThat(tenant.rows("show synchronous_commit")).containsExactly("off");
        try (var operator = FaultyPostgres.operator();
                var statement = operator.createStatement();
                var how = statement.executeQuery("select string_agg(how, ', ') from committed")) {
            how.next();
            assertThat(how.getString(1)).isEqualTo("on");
        }
        FaultyPostgres.change("""
                alter role weir reset synchronous_commit;
                drop function see_how cascade;
                drop table committed
                """);
        seen(events, others);
    }

    @Test
    void every_row_of_the_table_is_tried() throws IOException {
        for (var line : table()) {
            assertThat(line).as("%s", line).hasSize(6);
            for (var test : line.get(TEST).replace("`", "").split(", ", -1)) {
                var tried = test.split("\\.", -1);
                var source = source(tried[0]);
                var all = source.contains(" extends FaultRows ") ? source + source("FaultRows") : source;
                assertThat(all).as(test).contains("void " + tried[1] + "(");
            }
        }
    }

    private static String source(String name) throws IOException {
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            var source = sources.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(source).as(name).hasSize(1);
            return Files.readString(source.get(0));
        }
    }

    private HttpRequest request(String event) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/track"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(event)))
                .build();
    }

    private String large(String event) {
        return "{\"app_id\":\"" + tenant.app() + "\",\"events\":["
                + IntStream.range(0, LARGE)
                        .mapToObj(n -> "{" + members(event + " " + n, "lorem ipsum ".repeat(70)) + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }
}
