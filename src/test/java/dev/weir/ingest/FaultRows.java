package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Load;
import dev.weir.testsupport.Tenant;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What callers see and what is kept while something is wrong. Each test is a row of docs/faults.md and finds there what it has to see.
 * Whatever happens, nothing is stored as it was sent, and what was acknowledged is there once; that the counts add up is looked at after
 * every test anyway. Here are the rows that any database has.
 */
abstract class FaultRows {

    static final int MANY = 60;

    Tenant tenant;
    private String row;
    final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void tenant(TestInfo test) {
        tenant = Tenant.production();
        Renewal.now();
        row = test.getTestMethod().orElseThrow().getName();
        send("before");
    }

    @AfterEach
    void what_was_acknowledged_is_there_once_and_nothing_else_and_nothing_raw() throws SQLException {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(telling()).isEmpty();
    }

    /** Of the tenant's events. */
    abstract List<String> names() throws SQLException;

    /** Where something is stored as it was sent. */
    abstract List<String> telling() throws SQLException;

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

        again("jumped", "duplicate");
        seen(List.of(status(first)), others());
    }

    /** What was sent by the later clock is known by its key for as long as that clock said, and so is what was sent before. */
    @Test
    void the_clock_is_set_right_after_a_jump_forward() {
        var clock = HeldClock.atThisMoment();
        clock.pass(Duration.ofDays(400));
        send("jumped");
        clock.pass(Duration.ofDays(-400));

        var right = send("right again");

        again("jumped", "duplicate");
        again("before", "duplicate");
        again("right again", "duplicate");
        seen(List.of(status(right)), others());
    }

    /** What was sent by the earlier clock has come 400 days ago. */
    @Test
    void the_clock_is_set_right_after_a_jump_back() {
        var clock = HeldClock.atThisMoment();
        clock.pass(Duration.ofDays(-400));
        send("jumped");
        clock.pass(Duration.ofDays(400));

        var right = send("right again");

        again("jumped", "accepted");
        acknowledged.add("jumped");
        again("before", "duplicate");
        again("right again", "duplicate");
        seen(List.of(status(right)), others());
    }

    private void again(String event, String outcome) {
        assertThat(counts(Sender.post("/api/track", body(event)), 1)).containsEntry(outcome, 1);
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
    static final int TEST = 5;

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

    final void seen(List<String> events, String others) {
        var tried = "`" + getClass().getSimpleName() + "." + row + "`";
        var cells = table().stream()
                .filter(line -> List.of(line.get(TEST).split(", ", -1)).contains(tried))
                .toList();
        assertThat(cells).as("rows of " + row).hasSize(1);
        assertThat(events.stream().distinct().sorted().collect(Collectors.joining(", ")) + " | " + others)
                .isEqualTo(cells.get(0).get(EVENTS) + " | " + cells.get(0).get(SCRIPT) + " | "
                        + cells.get(0).get(READY));
        assertThat(cells.get(0).get(KEPT)).isNotBlank();
    }

    // ── what is asked
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    final List<String> statuses(int number) {
        var statuses = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            statuses.add(status(Sender.post("/api/track", body("refused"))));
        }
        return statuses;
    }

    static String status(Response answer) {
        return status(answer.statusCode(), answer.header("Retry-After") != null);
    }

    static String status(int status, boolean retryAfter) {
        return status + (retryAfter ? " with `Retry-After`" : "");
    }

    final String others() {
        return Sender.request().get("/js/heap-" + tenant.app() + ".js").statusCode() + " | "
                + Sender.request().get("/q/health/ready").statusCode();
    }

    final Response send(String event) {
        var answer = Sender.post("/api/track", body(event));
        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("redacted", 1);
        acknowledged.add(event);
        return answer;
    }

    /** Weir finds out at a request that a connection is gone; there are at most so many of them. */
    final void eventually(String event) {
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

    final String body(String event) {
        return "{\"app_id\":\"" + tenant.app() + "\"," + members(event, "") + "}";
    }

    static String members(String event, String filling) {
        return "\"event\":\"" + event + "\",\"identity\":\"user of " + event + "\",\"idempotency_key\":\"" + event
                + "\",\"properties\":{"
                + "\"trace\":\"" + Load.TRACE + "\",\"filling\":\"" + filling + "\","
                + "\"note\":\"write to ann@" + Load.SECRET + ".example\"}";
    }
}
