package dev.weir.ingest;

import static dev.weir.ingest.Sender.batch;
import static dev.weir.ingest.Sender.collect;
import static dev.weir.ingest.Sender.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that came in is to be found in a log, in an answer or in a metric. */
@QuarkusTest
class QuietTest {

    private static final String SECRET = "canary-7f3a9";

    /** Remembers everything that is logged, finest levels of our own included. */
    private static final class Ear extends Handler {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            var thrown = record.getThrown();
            var parameters = record.getParameters();
            heard.add(record.getMessage()
                    + (parameters == null ? "" : List.of(parameters))
                    + (thrown == null ? "" : thrown + String.valueOf(thrown.getCause())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void no_log_no_answer_and_no_metric_repeats_what_was_sent() {
        var tenant = Tenant.production();
        Renewal.now();
        var root = Logger.getLogger("");
        var ours = Logger.getLogger("dev.weir");
        var ear = new Ear();
        ear.setLevel(Level.ALL);
        root.addHandler(ear);
        ours.setLevel(Level.ALL);

        var answers = new ArrayList<String>();
        try {
            answers.addAll(everythingThatCanGoWrong(tenant));
            ours.info("the ear hears");
        } finally {
            root.removeHandler(ear);
            ours.setLevel(null);
        }

        assertThat(ear.heard.toString()).contains("the ear hears").doesNotContain(SECRET);
        assertThat(answers.toString()).doesNotContain(SECRET);
        assertThat(request().get("/q/metrics").body().asString()).doesNotContain(SECRET);
        assertThat(tenant.stored().toString()).doesNotContain(SECRET);
    }

    private static List<String> everythingThatCanGoWrong(Tenant tenant) {
        var mail = SECRET + "@shop.example";
        var app = "{\"app_id\":\"" + tenant.app() + "\",";
        var answers = new ArrayList<String>();
        for (String body : List.of(
                SECRET,
                "{\"" + SECRET + "\":",
                "{\"app_id\":\"" + SECRET + "\"}",
                app + "\"event\":{\"" + SECRET + "\":1},\"identity\":\"a\"}",
                app + "\"event\":\"" + mail + "\",\"identity\":\"" + mail + "\",\"properties\":{\"" + mail + "\":\""
                        + mail + "\"}}",
                app + "\"event\":\"x\",\"identity\":\"a\",\"timestamp\":\"" + SECRET + "\"}",
                app + "\"event\":\"x\",\"identity\":\"a\",\"session_id\":\"" + SECRET + "\",\"idempotency_key\":\""
                        + SECRET + "\"}",
                app + "\"events\":[\"" + SECRET + "\",{\"event\":\"" + mail + "\"}]}",
                app + "\"users\":[{\"identity\":\"" + mail + "\",\"properties\":{\"a\":1}}]}")) {
            for (Endpoint endpoint : Endpoint.values()) {
                var path = endpoint.path().replace(":app", tenant.app());
                answers.add(request()
                        .header("Origin", "https://" + SECRET + ".example")
                        .header("Authorization", "Bearer " + SECRET)
                        .header("Weir-Explain", "1")
                        .body(body)
                        .post(path)
                        .asString());
            }
        }
        answers.add(collect(
                        tenant,
                        Tenant.ORIGIN,
                        batch("{\"id\":\"" + SECRET + "\",\"at\":1,\"type\":\"click\",\"text\":\"" + mail
                                + "\",\"href\":\"https://shop.example/?token=" + SECRET + "\"},{\"type\":\"" + SECRET
                                + "\"}"))
                .asString());
        answers.add(request().body("{}").post("/api/collect/" + SECRET).asString());
        answers.add(request().body("{}").post("/api/track?" + SECRET).asString());
        answers.add(request().get("/js/heap-" + SECRET + ".js").asString());
        answers.add(request().get("/config/" + SECRET + "/heap_config.js").asString());
        answers.add(request().get("/api/policy/" + SECRET).asString());
        answers.add(request()
                .header("Content-Encoding", SECRET)
                .body("{}")
                .post("/api/track")
                .asString());
        return answers;
    }

    @Test
    void what_was_received_is_what_the_metrics_add_up_to() {
        var tenant = Tenant.production();
        Renewal.now();

        Sender.track(
                tenant, "\"events\":[{\"event\":\"a\",\"identity\":\"u\"},{\"event\":\"b\",\"identity\":\"null\"},5]");

        var metrics = request().get("/q/metrics").body().asString();
        assertThat(count(metrics, "weir_events_received_total", tenant, "")).isEqualTo(3);
        assertThat(count(metrics, "weir_events_total", tenant, "accepted")).isEqualTo(1);
        assertThat(count(metrics, "weir_events_total", tenant, "quarantined")).isEqualTo(1);
        assertThat(count(metrics, "weir_events_total", tenant, "dropped")).isEqualTo(1);
        assertThat(metrics).contains("reason=\"IDENTITY_REFUSED\"").contains("reason=\"INVALID_EVENT\"");
    }

    private static double count(String metrics, String name, Tenant tenant, String outcome) {
        var line = Pattern.compile(name + "\\{.*environment=\"" + tenant.environment() + "\""
                + (outcome.isEmpty() ? "" : ".*outcome=\"" + outcome + "\"") + ".*} ([0-9.]+)");
        return line.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    @Test
    void health_tells_of_the_policies() {
        request().get("/q/health/live").then().statusCode(200);
        var ready = request().get("/q/health/ready");
        ready.then().statusCode(200);
        assertThat(ready.body().asString()).contains("\"policies\"").contains("Database connections health check");
    }
}
