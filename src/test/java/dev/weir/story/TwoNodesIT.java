package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Postgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of the packaged program on one PostgreSQL: what is published at one is served and enforced by the other, after two looks at
 * the latest. A node looks every second and at least every five ({@code RefusedStartIT}, {@code SettingsTest}).
 */
class TwoNodesIT {

    /** However busy the machine is: what is promised is a number of looks, and how often a node looks is its setting. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern LOOKS = Pattern.compile("(?m)^weir_policies_looks_total\\S* ([0-9.E]+)$");

    @TempDir
    Path folder;

    @Test
    void a_policy_published_at_one_node_is_served_and_enforced_by_another_that_was_running_all_along()
            throws IOException, InterruptedException, SQLException {
        var database = Map.of(
                "weir.database.url", Postgres.freshDatabase(),
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
        try (var one = Node.start(folder.resolve("one"), database)) {
            var admin = Person.settingUp(one);
            var app = admin.app("development");
            try (var other = Node.start(folder.resolve("other"), database)) {
                var there = new DataPlane(other.address());
                var address = other.address() + "/sample/?voucher=V-4711";
                there.knowing(app);
                var policyBefore = there.policy(app);
                var scriptBefore = there.script(app);
                assertThat(DataPlane.json(there.pageview(app, "before", address))
                                .path("redacted")
                                .asInt())
                        .isZero();

                admin.publishBlocking("voucher", "development");
                long published = looks(there);
                // One may have been under way; the one after it began when everything was published.
                DataPlane.until(looks -> looks >= published + 2, PATIENCE, "two looks", () -> looks(there));
                var policy = there.get("/api/policy/" + app, "If-None-Match", tag(policyBefore));
                var script = there.script(app);
                var enforced = there.pageview(app, "after", address);

                assertThat(policy.statusCode()).isEqualTo(200);
                assertThat(policyBefore.body()).doesNotContain("\"voucher\"");
                assertThat(policy.body()).contains("\"voucher\"");
                assertThat(tag(script)).isNotEqualTo(tag(scriptBefore)).contains(hash(policy));
                assertThat(script.body()).contains(policy.body());
                assertThat(DataPlane.json(enforced).path("accepted").asInt()).isEqualTo(1);
                assertThat(DataPlane.json(enforced).path("redacted").asInt()).isEqualTo(1);
                assertThat(admin.get("/console/development/live").body()).contains("urls.parameters.voucher");
                assertThat(bodies(database)).hasSize(2).last().asString().doesNotContain("V-4711");
            }
        }
    }

    private static long looks(DataPlane node) throws IOException, InterruptedException {
        var found = LOOKS.matcher(node.get("/q/metrics").body());
        assertThat(found.find()).isTrue();
        return (long) Double.parseDouble(found.group(1));
    }

    private static List<String> bodies(Map<String, String> database) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        database.get("weir.database.url"),
                        database.get("weir.database.username"),
                        database.get("weir.database.password"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select body from event order by sequence")) {
            var bodies = new ArrayList<String>();
            while (rows.next()) {
                bodies.add(rows.getString(1));
            }
            return bodies;
        }
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    private static String hash(HttpResponse<String> policy) {
        return tag(policy).replace("\"", "");
    }
}
