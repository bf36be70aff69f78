package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.FaultyPostgres;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Load;
import dev.weir.testsupport.Promises;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What callers see and what is kept while something is wrong with a real PostgreSQL, the clock or a policy. Each test is a row of
 * docs/faults.md and finds there what it has to see. Whatever happens, nothing is stored as it was sent, and what was acknowledged is
 * there once; that the counts add up is looked at after every test anyway.
 */
@QuarkusTest
@WithTestResource(FaultyPostgres.class)
class FaultMatrixTest {

    private static final int MANY = 60;
    private static final long PATIENCE_SECONDS = 60;

    private Tenant tenant;
    private String row;
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void tenant(TestInfo test) {
        tenant = Tenant.production();
        Renewal.now();
        row = test.getTestMethod().orElseThrow().getName();
        send("before");
    }

    @AfterEach
    void what_was_acknowledged_is_there_once_and_nothing_else_and_nothing_raw() throws SQLException {
        try (var operator = FaultyPostgres.operator();
                var select = operator.prepareStatement("select name from event where environment = ?")) {
            select.setString(1, tenant.environment().value());
            var there = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
            assertThat(there).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(Promises.tablesThatTell(operator)).isEmpty();
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
        var middle = "cut " + LARGE / 2;
        operator("""
                create function cut() returns trigger language plpgsql as $$ begin
                    if new.name = '%s' and current_query() like 'copy event%%' then
                        perform pg_terminate_backend(pg_backend_pid());
                    end if;
                    return new;
                end $$;
                create trigger cut before insert on event for each row execute function cut()
                """.formatted(middle));

        var events = List.of(status(Sender.post("/api/track", large("cut"))));
        var others = others();
        operator("drop function cut cascade");

        seen(events, others);
        var again = Sender.post("/api/track", large("cut"));
        assertThat(counts(again, LARGE)).containsEntry("accepted", LARGE);
        IntStream.range(0, LARGE).forEach(n -> acknowledged.add("cut " + n));
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
    void the_clock_jumps_forward() {
        var clock = HeldClock.atThisMoment();
        clock.pass(Duration.ofDays(400));

        jumped();
    }

    @Test
    void the_clock_jumps_back() {
        var clock = HeldClock.atThisMoment();
        clock.pass(Duration.ofDays(-400));

        jumped();
    }

    private void jumped() {
        var first = send("jumped");
        var again = Sender.post("/api/track", body("jumped"));

        assertThat(counts(again, 1)).containsEntry("duplicate", 1);
        seen(List.of(status(first)), others());
    }

    @Test
    void a_policy_cannot_be_read() {
        tenant.publish("{\"version\":1,\"future\":true}", "0".repeat(64));
        Renewal.now();

        var events = statuses(2);
        var others = others();
        tenant.publish(PolicyDocument.balanced());
        Renewal.now();

        seen(events, others);
        send("after");
    }

    /** Another that can be read stays in force. */
    @Test
    void no_policy_can_be_read() throws SQLException {
        tenant.change("alter table governing_epoch rename to governing_epoch_away");
        Renewal.now();

        var events = List.of(status(send("meanwhile")));
        var others = others();
        tenant.change("alter table governing_epoch_away rename to governing_epoch");
        Renewal.now();

        seen(events, others);
    }

    // ── the table
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    private static final int EVENTS = 1;
    private static final int SCRIPT = 2;
    private static final int READY = 3;
    private static final int KEPT = 4;
    private static final int TEST = 5;

    static List<List<String>> table() {
        try {
            return Files.readAllLines(Path.of("docs/faults.md")).stream()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| Fault "))
                    .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("the table can't be read", e);
        }
    }

    private void seen(List<String> events, String others) {
        var cells = table().stream()
                .filter(line -> line.get(TEST).equals("`FaultMatrixTest." + row + "`"))
                .toList();
        assertThat(cells).as("rows of " + row).hasSize(1);
        assertThat(events.stream().distinct().sorted().collect(Collectors.joining(", ")) + " | " + others)
                .isEqualTo(cells.get(0).get(EVENTS) + " | " + cells.get(0).get(SCRIPT) + " | "
                        + cells.get(0).get(READY));
        assertThat(cells.get(0).get(KEPT)).isNotBlank();
    }

    @Test
    void every_row_of_the_table_is_tried() throws IOException {
        for (var line : table()) {
            assertThat(line).as("%s", line).hasSize(6);
            for (var test : line.get(TEST).replace("`", "").split(", ", -1)) {
                var tried = test.split("\\.", -1);
                try (var sources = Files.walk(Path.of("src/test/java"))) {
                    var source = sources.filter(file -> file.endsWith(tried[0] + ".java"))
                            .toList();
                    assertThat(source).as(tried[0]).hasSize(1);
                    assertThat(Files.readString(source.get(0))).contains("void " + tried[1] + "(");
                }
            }
        }
    }

    // ── what is asked
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    private List<String> statuses(int number) {
        var statuses = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            statuses.add(status(Sender.post("/api/track", body("refused"))));
        }
        return statuses;
    }

    private static String status(Response answer) {
        return status(answer.statusCode(), answer.header("Retry-After") != null);
    }

    private static String status(int status, boolean retryAfter) {
        return status + (retryAfter ? " with `Retry-After`" : "");
    }

    private String others() {
        return Sender.request().get("/js/heap-" + tenant.app() + ".js").statusCode() + " | "
                + Sender.request().get("/q/health/ready").statusCode();
    }

    private Response send(String event) {
        var answer = Sender.post("/api/track", body(event));
        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("redacted", 1);
        acknowledged.add(event);
        return answer;
    }

    /** Weir finds out at a request that a connection is gone; there are at most so many of them. */
    private void eventually(String event) {
        for (int i = 0; i < MANY; i++) {
            var answer = Sender.post("/api/track", body(event));
            if (answer.statusCode() == 200) {
                assertThat(counts(answer, 1)).containsEntry("accepted", 1);
                acknowledged.add(event);
                return;
            }
            assertThat(status(answer)).isEqualTo("503 with `Retry-After`");
        }
        throw new AssertionError("never stored again");
    }

    private HttpRequest request(String event) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/track"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(event)))
                .build();
    }

    private String body(String event) {
        return "{\"app_id\":\"" + tenant.app() + "\"," + members(event, "") + "}";
    }

    private static final int LARGE = 200;

    private String large(String event) {
        return "{\"app_id\":\"" + tenant.app() + "\",\"events\":["
                + IntStream.range(0, LARGE)
                        .mapToObj(n -> "{" + members(event + " " + n, "lorem ipsum ".repeat(70)) + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String members(String event, String filling) {
        return "\"event\":\"" + event + "\",\"identity\":\"user of " + event + "\",\"idempotency_key\":\"" + event
                + "\",\"properties\":{"
                + "\"trace\":\"" + Load.TRACE + "\",\"filling\":\"" + filling + "\","
                + "\"note\":\"write to ann@" + Load.SECRET + ".example\"}";
    }
}
