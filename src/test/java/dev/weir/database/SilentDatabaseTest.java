package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Renewal;
import dev.weir.testsupport.SilentPostgres;
import dev.weir.testsupport.SilentProxy;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that accepts what it is asked and never answers: nobody waits for ever, and what was acknowledged is there, once. */
@QuarkusTest
@WithTestResource(SilentPostgres.class)
class SilentDatabaseTest {

    private static final long PATIENCE_SECONDS = 120;
    private static final int MANY = 40;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> acknowledged = new ArrayList<>();
    private Tenant tenant;

    @BeforeEach
    void tenant() throws Exception {
        tenant = Tenant.production();
        Renewal.now();
        stored("before");
    }

    @AfterEach
    void what_was_acknowledged_is_there_once_and_nothing_else() throws IOException, SQLException {
        SilentProxy.speak(SilentPostgres.orders());
        assertThat(there()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void the_database_accepts_and_never_answers() throws Exception {
        SilentProxy.silence(SilentPostgres.orders());

        var answers = IntStream.range(0, 20).mapToObj(i -> send("silent " + i)).toList();
        var ready = get("/q/health/ready");
        var script = get("/js/heap-" + tenant.app() + ".js");
        for (var answer : answers) {
            assertThat(known(answer).statusCode()).isEqualTo(503);
            assertThat(known(answer).headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(known(ready).statusCode()).isEqualTo(503);
        assertThat(known(script).statusCode()).isEqualTo(200);
        SilentProxy.speak(SilentPostgres.orders());

        stored("silent 3");
        eventuallyReady();
    }

    /** Whoever waits for the answer to a commit can't know; a retry is told that it is there. */
    @Test
    void a_commit_that_nobody_heard_of_is_there_once() throws Exception {
        operator("""
                create function late() returns trigger language plpgsql as
                $$ begin if new.name = 'unheard' then perform pg_sleep(6); end if; return null; end $$;
                create constraint trigger late after insert on event deferrable initially deferred
                for each row execute function late()
                """);

        var answer = known(send("unheard"));
        var again = stored("unheard");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(again).contains("\"duplicate\":1", "\"accepted\":0");
        operator("drop function late cascade");
    }

    /** The way to the database was cut in the middle of a transaction: there it is still open, and holds the keys of its events. */
    @Test
    void a_transaction_whose_writer_the_database_has_lost_ends_by_itself() throws Exception {
        SilentProxy.silenceAt(SilentPostgres.orders(), "/cut-off");

        var answer = known(browse("cut-off"));
        assertThat(known(get("/q/health/ready")).statusCode()).isEqualTo(503);
        assertThat(known(get("/js/heap-" + tenant.app() + ".js")).statusCode()).isEqualTo(200);
        SilentProxy.forget(SilentPostgres.orders());
        String body = "";
        for (int i = 0; i < MANY && body.isEmpty(); i++) {
            var again = known(browse("cut-off"));
            body = again.statusCode() == 200 ? again.body() : "";
        }

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(body).contains("\"accepted\":1");
        acknowledged.add("null");
    }

    // ── what is asked
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    private void eventuallyReady() throws Exception {
        for (int i = 0; i < MANY; i++) {
            if (known(get("/q/health/ready")).statusCode() == 200) {
                return;
            }
        }
        throw new AssertionError("never ready again");
    }

    /** Sends until it is stored: Weir finds out at a request that a connection is of no use. Answers what was said then. */
    private String stored(String event) throws Exception {
        for (int i = 0; i < MANY; i++) {
            var answer = known(send(event));
            if (answer.statusCode() == 200) {
                acknowledged.add(event);
                return answer.body();
            }
            assertThat(answer.statusCode()).isEqualTo(503);
        }
        throw new AssertionError("never stored again");
    }

    private CompletableFuture<HttpResponse<String>> send(String event) {
        return post(
                "/api/track",
                "{\"app_id\":\"" + tenant.app() + "\",\"event\":\"" + event
                        + "\",\"identity\":\"otter\",\"idempotency_key\":\"" + event + "\"}");
    }

    private CompletableFuture<HttpResponse<String>> browse(String page) {
        return post(
                "/api/collect/" + tenant.app(),
                "{\"v\":1,\"user\":\"4711\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example/" + page
                        + "\"},\"events\":[{\"id\":\"" + page + "\",\"at\":1764000000000,\"type\":\"pageview\"}]}");
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        var request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .header("Origin", Tenant.ORIGIN)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return http.sendAsync(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    private static HttpResponse<String> known(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private List<String> there() throws SQLException {
        try (var operator = DriverManager.getConnection(SilentPostgres.url(), "postgres", "postgres");
                var select = operator.prepareStatement("select name from event where environment = ?")) {
            select.setString(1, tenant.environment().value());
            var there = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    there.add(String.valueOf(rows.getString(1)));
                }
            }
            return there;
        }
    }

    private static void operator(String sql) throws SQLException {
        try (var operator = DriverManager.getConnection(SilentPostgres.url(), "postgres", "postgres");
                var statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }
}
